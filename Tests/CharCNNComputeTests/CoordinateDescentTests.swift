import Foundation
import Testing

@testable import CharCNNCompute

/// Rows, labels and optima that `Fixtures/make_linear_fixtures.py` wrote.
private struct LinearFixture: Decodable {
  struct Model: Decodable {
    let `class`: Int
    let cost: Float
    let weighted: Bool?
    let scaled: Bool?
    let balance: [Float]?
    let value: Double
    let margins: [Float]
  }

  let features: Int
  let offsets: [Int]
  let indices: [UInt32]
  let values: [Float]
  let labels: [Int]
  let weights: [Float]
  let factors: [Float]
  let models: [Model]
  let targets: [Float]
  let ridgeCost: Float
  let ridgeMargins: [Float]

  static let shared: LinearFixture = {
    let file = Bundle.module.url(forResource: "linear", withExtension: "json", subdirectory: "Fixtures")!
    return try! JSONDecoder().decode(LinearFixture.self, from: Data(contentsOf: file))
  }()

  var rows: SparseRows {
    var rows = SparseRows(featureCount: features)
    rows.offsets = offsets
    rows.features = indices
    rows.values = values
    return rows
  }

  func column(_ model: Model) -> LinearColumn {
    let labels = labels
    let positive = model.class
    var column = LinearColumn(cost: model.cost) { labels[$0] == positive ? 1 : -1 }
    if model.scaled == true { column.squaredFactors = factors.map { $0 * $0 } }
    if let balance = model.balance {
      column.positiveCost *= balance[0]
      column.negativeCost *= balance[1]
    }
    return column
  }

  /// The models of one class against the rest, with every cost.
  var plainColumns: [LinearColumn] {
    models.filter { $0.weighted == nil && $0.scaled == nil && $0.balance == nil }.map(column)
  }
}

/// Answers that `Fixtures/make_linear_fixtures.py` wrote, of rows that both make from the same random numbers.
private struct ManyRows: Decodable {
  let cost: Float
  let values: [Double]
  let answers: String

  static let shared: ManyRows = {
    let file = Bundle.module.url(forResource: "linear-answers", withExtension: "json", subdirectory: "Fixtures")!
    return try! JSONDecoder().decode(ManyRows.self, from: Data(contentsOf: file))
  }()

  /// The rows, and the class of each.
  func rows() -> (SparseRows, labels: [Int]) {
    let (features, classes) = (1_000, values.count)
    var state: UInt64 = 12
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var rows = SparseRows(featureCount: features)
    var labels: [Int] = []
    for _ in 0..<answers.utf8.count {
      let kind = below(classes)
      var entries: [Int: Float] = [:]
      for _ in 0..<14 {
        let likes = below(10) < 3
        let feature = likes ? kind * 40 + below(40) : classes * 40 + below(features - classes * 40)
        entries[feature] = Float(1 + below(4)) / 4
      }
      for (feature, value) in entries.sorted(by: { $0.key < $1.key }) {
        rows.features.append(UInt32(feature))
        rows.values.append(value)
      }
      rows.endRow()
      labels.append(below(8) == 0 ? below(classes) : kind)
    }
    return (rows, labels)
  }
}

/// What a search found: the weights of all features and the bias of each model, its margins, its values.
private struct Found: Equatable {
  var weights: [[Float]]
  var margins: [[Float]]
  var primal: [Double]
  var dual: [Double]
  var isOptimal: Bool

  init(_ descent: CoordinateDescent, _ columns: [LinearColumn], device: CPUDevice = CPUDevice(threads: 2)) {
    let empty = [Float]()
    let found = Guarded(
      (
        weights: Array(repeating: empty, count: columns.count), margins: Array(repeating: empty, count: columns.count),
        primal: Array(repeating: 0.0, count: columns.count), dual: Array(repeating: 0.0, count: columns.count),
        isOptimal: true
      ))
    try! descent.solve(columns, device: device) { block in
      found.withLock { found in
        let (weights, biases, models) = (block.weights, block.biases, block.columns.count)
        for (place, column) in block.columns.enumerated() {
          found.weights[column] =
            (0..<descent.x.featureCount).map { weights[$0 * models + place] } + [biases[place]]
          found.primal[column] = block.values[place].primal
          found.dual[column] = block.values[place].dual
        }
        found.isOptimal = found.isOptimal && block.isOptimal
        block.forEachMargin(of: 0..<descent.x.count) { _, column, margin in found.margins[column].append(margin) }
      }
    }
    (weights, margins, primal, dual, isOptimal) = found.withLock {
      ($0.weights, $0.margins, $0.primal, $0.dual, $0.isOptimal)
    }
  }
}

@Suite("Linear models by coordinate descent")
struct CoordinateDescentTests {
  private let fixture = LinearFixture.shared

  @Test("Every model reaches the value that LIBLINEAR finds, and says the same of the rows")
  func optimum() {
    for (number, model) in fixture.models.enumerated() {
      var descent = CoordinateDescent(fixture.rows)
      if model.weighted == true { descent.weights = fixture.weights }
      let found = Found(descent, [fixture.column(model)])
      #expect(found.isOptimal)
      #expect(found.primal[0] <= model.value * 1.001 && found.primal[0] >= model.value * (1 - 1e-5), "model \(number)")
      #expect(found.dual[0] <= model.value * (1 + 1e-5) && found.dual[0] >= model.value * 0.999, "model \(number)")
      let agreed = zip(found.margins[0], model.margins).count { ($0 > 0) == ($1 > 0) || abs($1) < 0.03 }
      #expect(agreed == model.margins.count, "model \(number)")
    }
  }

  @Test("Of thousands of rows nearly all get the class that LIBLINEAR gives them")
  func answers() throws {
    let fixture = ManyRows.shared
    let (rows, labels) = fixture.rows()
    let columns = fixture.values.indices.map { positive in
      LinearColumn(cost: fixture.cost) { labels[$0] == positive ? 1 : -1 }
    }
    let found = Found(CoordinateDescent(rows), columns)
    for (ours, theirs) in zip(found.primal, fixture.values) { #expect(abs(ours - theirs) <= 1e-3 * theirs) }
    let expected = fixture.answers.utf8.map { Int($0) - 48 }
    try #require(expected.count == rows.count && rows.count >= 5_000)
    let equal = expected.indices.count { row in
      columns.indices.max { found.margins[$0][row] < found.margins[$1][row] } == expected[row]
    }
    #expect(Double(equal) >= 0.999 * Double(expected.count), "\(equal) of \(expected.count)")
    // Most rows, and not all, have the class of their label, so that the answers say something.
    let learned = zip(expected, labels).count { $0 == $1 }
    #expect((3_000..<4_900).contains(learned))
  }

  @Test("A sharper precision brings the margins closer")
  func precision() {
    var descent = CoordinateDescent(fixture.rows)
    descent.precision = 1e-7
    for model in fixture.models where model.weighted == nil {
      let found = Found(descent, [fixture.column(model)])
      #expect(found.isOptimal)
      for (ours, theirs) in zip(found.margins[0], model.margins) { #expect(abs(ours - theirs) < 2e-3) }
    }
  }

  @Test("The squared error gives ridge regression")
  func ridge() {
    var descent = CoordinateDescent(fixture.rows)
    descent.loss = .squaredError
    descent.precision = 1e-7
    let targets = fixture.targets
    let found = Found(descent, [LinearColumn(cost: fixture.ridgeCost) { targets[$0] }])
    for (ours, theirs) in zip(found.margins[0], fixture.ridgeMargins) { #expect(abs(ours - theirs) < 1e-3) }
  }

  @Test("The bits depend on neither the threads nor the models beside a model", arguments: [1, 2, 3, 5])
  func sameBits(threads: Int) {
    let descent = CoordinateDescent(fixture.rows)
    let columns = (0..<3).flatMap { _ in fixture.plainColumns }
    let alone = columns.prefix(12).map { Found(descent, [$0], device: CPUDevice(threads: 1)) }
    let together = Found(descent, columns, device: CPUDevice(threads: threads))
    for column in columns.indices {
      #expect(together.weights[column] == alone[column % 12].weights[0])
      #expect(together.margins[column] == alone[column % 12].margins[0])
      #expect(together.primal[column] == alone[column % 12].primal[0])
    }
  }

  @Test("The bits are those of plain C", arguments: InstructionSet.allCases.filter(\.isAvailable))
  func sameBits(instructions: InstructionSet) {
    var descent = CoordinateDescent(fixture.rows)
    descent.weights = fixture.weights
    let columns = fixture.models.map(fixture.column)
    let plain = Found(descent, columns, device: CPUDevice(threads: 1, instructions: .scalar))
    #expect(Found(descent, columns, device: CPUDevice(threads: 1, instructions: instructions)) == plain)
  }

  @Test("A model sees nothing of the group that is held out from it")
  func heldOut() {
    let labels = fixture.labels
    var descent = CoordinateDescent(fixture.rows)
    descent.groups = (0..<descent.count).map { UInt8($0 % 5) }
    let columns = (0..<5).map { fold in
      LinearColumn(cost: 1, held: UInt8(fold)) { labels[$0] == 0 ? 1 : -1 }
    }
    let turned = (0..<5).map { fold in
      LinearColumn(cost: 1, held: UInt8(fold)) { ($0 % 5 == fold) != (labels[$0] == 0) ? 1 : -1 }
    }
    let found = Found(descent, columns)
    #expect(found.weights == Found(descent, turned).weights)
    #expect(Set(found.weights).count == 5)
    // As a search without those examples.
    var without = CoordinateDescent(fixture.rows)
    without.rows = (0..<descent.count).filter { $0 % 5 != 2 }.map(UInt32.init)
    let rest = without.rows!
    let expected = Found(without, [LinearColumn(cost: 1) { labels[Int(rest[$0])] == 0 ? 1 : -1 }])
    #expect(abs(found.primal[2] - expected.primal[0]) < 1e-3 * expected.primal[0])
  }

  @Test("An example that counts twice is two examples")
  func weights() {
    let labels = fixture.labels
    var weighted = CoordinateDescent(fixture.rows)
    weighted.weights = (0..<weighted.count).map { $0 % 3 == 0 ? 2 : 1 }
    var repeated = CoordinateDescent(fixture.rows)
    repeated.rows = (0..<weighted.count).flatMap { Array(repeating: UInt32($0), count: $0 % 3 == 0 ? 2 : 1) }
    let rows = repeated.rows!
    let one = Found(weighted, [LinearColumn(cost: 1) { labels[$0] == 1 ? 1 : -1 }])
    let two = Found(repeated, [LinearColumn(cost: 1) { labels[Int(rows[$0])] == 1 ? 1 : -1 }])
    #expect(abs(one.primal[0] - two.primal[0]) < 1e-3 * one.primal[0])
  }

  @Test("Rows without features, and models without examples of a side, are no trouble")
  func degenerate() throws {
    var rows = SparseRows(featureCount: 3)
    for row in 0..<5 {
      if row % 2 == 0 {
        rows.features.append(1)
        rows.values.append(1)
      }
      rows.endRow()
    }
    let found = Found(
      CoordinateDescent(rows), [LinearColumn(cost: 1) { _ in -1 }, LinearColumn(cost: 1e6) { $0 % 2 == 0 ? 1 : -1 }])
    #expect(found.isOptimal)
    #expect(found.margins[0].allSatisfy { $0 < 0 })
    #expect(found.margins[1].enumerated().allSatisfy { ($0.offset % 2 == 0) == ($0.element > 0) })
    var called = false
    try CoordinateDescent(SparseRows(featureCount: 0)).solve([], device: CPUDevice(threads: 2)) { _ in called = true }
    #expect(!called)
  }

  @Test("A search that is cut short says so")
  func unfinished() {
    var descent = CoordinateDescent(fixture.rows)
    descent.mostPasses = 1
    descent.precision = 1e-12
    #expect(!Found(descent, fixture.plainColumns).isOptimal)
  }

  @Test("Where one thread is told to stop, all stop")
  func stopped() {
    struct Enough: Error {}
    var descent = CoordinateDescent(fixture.rows)
    descent.precision = -1
    descent.mostPasses = 1_000_000
    let calls = Guarded(0)
    let columns = (0..<8).flatMap { _ in fixture.plainColumns }
    #expect(throws: Enough.self) {
      let watch = SearchWatch(check: {
        try calls.withLock {
          $0 += 1
          if $0 == 10 { throw Enough() }
        }
      })
      try descent.solve(columns, device: CPUDevice(threads: 4), watch: watch) { _ in }
    }
    // The others go on until the thread that was told comes to tell them, which the system may put off; all passes would be millions.
    #expect(calls.withLock { $0 } < 100_000)
  }
}
