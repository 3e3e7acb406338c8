import CharCNNCompute
import CharCNNNetworks
import TestSupport
import Testing

@Suite struct ParameterStoreTests {
  static let device = CPUDevice(threads: 1)
  static func layout() throws -> ParameterLayout {
    try GatedNetwork(small("widths=2,3 filters=8 normalization=batch hidden=5")).parameters
  }

  @Test func `a seed always gives the same values, another seed others`() throws {
    let layout = try Self.layout()
    func values(_ seed: UInt64) -> [Float] {
      let store = ParameterStore(layout: layout, seed: seed, device: Self.device)
      return withExtendedLifetime(store) { Self.device.read(store.values.all) }
    }
    #expect(values(1) == values(1))
    #expect(values(1) != values(2))
  }

  @Test func `initial values follow their rule`() throws {
    let layout = try Self.layout()
    let store = ParameterStore(layout: layout, seed: 5, device: Self.device)
    for parameter in layout.all {
      let values = store.read(parameter, device: Self.device)
      switch parameter.initialization {
      case .zeros: #expect(values.allSatisfy { $0 == 0 })
      case .ones: #expect(values.allSatisfy { $0 == 1 })
      case .uniform(let bound): #expect(values.allSatisfy { abs($0) <= bound } && Set(values).count > 1)
      case .normal(let deviation): #expect(values.allSatisfy { abs($0) < 6 * deviation } && Set(values).count > 1)
      }
    }
  }

  @Test func `values go to the file's layout and back`() throws {
    let layout = try Self.layout()
    let store = ParameterStore(layout: layout)
    for parameter in layout.all {
      let values = (0..<parameter.count).map(Float.init)
      store.write(values, to: parameter, device: Self.device)
      #expect(store.read(parameter, device: Self.device) == values)
    }
  }

  @Test func `a convolution's weight is [outputs, inputs, width] in files and [width, inputs, outputs] in memory`()
    throws
  {
    let layout = try Self.layout()
    let weight = try #require(layout.trained.first { $0.name == "blocks.0.convolutions.1.weight" })
    #expect(weight.shape == [4, 3, 3])
    let store = ParameterStore(layout: layout)
    store.write((0..<weight.count).map(Float.init), to: weight, device: Self.device)
    let memory = store.tensor(weight)
    #expect((memory.rows, memory.columns) == (9, 4))
    let values = withExtendedLifetime(store) { Self.device.read(memory) }
    // Output 2, input 1, tap 0.
    #expect(values[(0 * 3 + 1) * 4 + 2] == Float((2 * 3 + 1) * 3 + 0))
  }

  @Test func `a copy is another store with the same values`() throws {
    let layout = try Self.layout()
    let store = ParameterStore(layout: layout, seed: 1, device: Self.device)
    let copy = store.copy(device: Self.device)
    Self.device.fill(store.values.all, with: 0)
    let original = ParameterStore(layout: layout, seed: 1, device: Self.device)
    withExtendedLifetime((copy, original)) {
      #expect(Self.device.read(copy.values.all) == Self.device.read(original.values.all))
      #expect(Self.device.read(copy.state.all) == Self.device.read(original.state.all))
    }
  }

  @Test func `only weights decay`() throws {
    for parameter in try Self.layout().trained {
      let isWeight = parameter.layout != .plain
      #expect(parameter.decays == isWeight, "\(parameter.name)")
    }
  }
}
