import CKernels
import Testing

/// Inputs at the ends of what a float can hold.
@Suite("Extreme inputs")
struct ExtremeTests {
  static let sets = fastSets + [CK_SCALAR]

  private func kernels(_ set: ck_instructions) throws -> ck_kernels { try #require(ck_kernels_for(set)).pointee }

  @Test("A gate saturates without overflow", arguments: sets)
  func gate(set: ck_instructions) throws {
    let k = try kernels(set)
    let b: [Float] = [-1e30, -100, -88, 0, 88, 100, 1e30]
    let x = [Float](repeating: 1, count: 7) + b
    var y = [Float](repeating: gap, count: 14)
    k.gate(x, 14, 7, true, &y, 14, 0, 1)
    for (i, b) in b.enumerated() {
      let open: Float = b < -50 ? 0 : b > 50 ? 1 : 0.5
      #expect(abs(y[i] - open) < max(1e-6 * open, 1e-30))
      #expect(abs(y[7 + i] - (1 - open)) < max(1e-6 * (1 - open), 1e-30))
    }
    var dx = [Float](repeating: gap, count: 14)
    k.gate_gradient(x, 14, 7, true, y, 14, &dx, 14, 0, 1)
    #expect(dx.allSatisfy { $0.isFinite })
  }

  @Test("GELU is the identity far right and zero far left", arguments: sets)
  func gelu(set: ck_instructions) throws {
    let k = try kernels(set)
    let x: [Float] = [-1e30, -1000, -20, 0, 20, 1000, 1e30]
    var y = [Float](repeating: gap, count: 7)
    k.activate(CK_GELU, x, 7, 7, &y, 7, 0, 1)
    var dx = [Float](repeating: gap, count: 7)
    k.activate_gradient(CK_GELU, x, 7, 7, [Float](repeating: 1, count: 7), 7, &dx, 7, 0, 1)
    for i in 0..<7 {
      #expect(abs(y[i] - max(x[i], 0)) < 1e-30)
      #expect(abs(dx[i] - (x[i] > 0 ? 1 : x[i] < 0 ? 0 : 0.5)) < 1e-6)
    }
  }

  @Test("Huge logits give a proper softmax and a finite loss", arguments: sets)
  func logits(set: ck_instructions) throws {
    let k = try kernels(set)
    let x: [Float] = [1e4, -1e4, 0, 1e4, -1e30]
    var y = [Float](repeating: gap, count: 5)
    k.softmax(x, 5, 5, &y, 5, 0, 1)
    #expect(zip(y, [0.5, 0, 0, 0.5, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
    var loss: [Float] = [gap]
    k.cross_entropy(x, 5, 5, [1], 0, 1, &loss, &y, 5, 0, 1)
    #expect(abs(loss[0] - 20_000.693) < 0.01)
    #expect(zip(y, [0.5, -1, 0, 0.5, 0]).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test("NaN goes through activations, gates and softmax", arguments: sets)
  func nan(set: ck_instructions) throws {
    let k = try kernels(set)
    var x = [Float](repeating: 0.5, count: 40)
    x[3] = .nan
    x[20 + 18] = .nan
    var y = [Float](repeating: gap, count: 40)
    for kind in [CK_RELU, CK_GELU] {
      k.activate(kind, x, 40, 40, &y, 40, 0, 1)
      #expect(y.indices.filter { y[$0].isNaN } == [3, 38])
    }
    k.gate(x, 40, 20, false, &y, 40, 0, 1)
    #expect((0..<20).filter { y[$0].isNaN } == [3, 18])
    k.softmax(x, 40, 40, &y, 40, 0, 1)
    #expect(y[3].isNaN)
  }

  @Test("Numbers that are not finite are found anywhere", arguments: sets)
  func nonFinite(set: ck_instructions) throws {
    let k = try kernels(set)
    for count in [1, 5, 16, 100, 2100] {
      var source = Source("finite \(count)")
      var x = source.floats(count, -1e38...1e38)
      #expect(!k.has_non_finite(x, count))
      for position in Set([0, count / 2, count - 1]) {
        for bad in [Float.nan, .infinity, -.infinity] {
          let good = x[position]
          x[position] = bad
          #expect(k.has_non_finite(x, count))
          x[position] = good
        }
      }
    }
    #expect(!k.has_non_finite([], 0))
  }

  @Test("Squares are summed in double", arguments: sets)
  func squares(set: ck_instructions) throws {
    let k = try kernels(set)
    for count in [0, 1, 9, 64, 1003, 70_001] {
      var source = Source("squares \(count)")
      let x = source.floats(count, -1e25...1e25)
      let expected = x.reduce(0) { $0 + Double($1) * Double($1) }
      #expect(abs(k.sum_of_squares(x, count) - expected) <= 1e-12 * expected)
    }
  }

  @Test("A rate of one drops everything", arguments: sets)
  func dropEverything(set: ck_instructions) throws {
    let k = try kernels(set)
    var y = [Float](repeating: gap, count: 50)
    k.dropout(1, 5, [Float](repeating: 3, count: 50), 10, 10, &y, 10, 0, 5)
    #expect(y.allSatisfy { $0 == 0 })
  }
}
