import CharCNNNetworks
import Testing

/// Formulas and what the papers print.
@Suite struct PublishedParameterCountTests {
  private func network(_ preset: String, alphabet: Int, classes: Int, _ changes: [(String, String)] = []) throws
    -> any TextNetwork
  {
    var architecture = try Architecture(named: preset)
    architecture.setSizes(alphabetSize: alphabet, classes: classes)
    for (name, value) in changes { try architecture.set(name, to: value) }
    return try architecture.makeNetwork()
  }

  @Test func `kim has 100 maps of widths 3, 4 and 5`() throws {
    let network = try network("kim", alphabet: 70, classes: 6)
    let convolutions = 100 * 64 * (3 + 4 + 5) + 300
    #expect(network.parameters.trainedCount == 70 * 64 + convolutions + 300 * 6 + 6)
    let still = try self.network("kim", alphabet: 70, classes: 6, [("variant", "static")])
    #expect(still.parameters.trainedCount == convolutions + 300 * 6 + 6)
    #expect(still.parameters.stateCount == 70 * 64)
    let both = try self.network("kim", alphabet: 70, classes: 6, [("variant", "multichannel")])
    #expect(both.parameters.trainedCount == network.parameters.trainedCount)
    #expect(both.parameters.state.map(\.name) == ["static_embedding.weight"])
  }

  @Test(arguments: [("zhang-small", 256, 1_024), ("zhang-large", 1_024, 2_048)])
  func `zhang has the sizes of the paper's tables`(preset: String, maps: Int, units: Int) throws {
    let network = try network(preset, alphabet: 70, classes: 4)
    let layers = network.layers
    // Table 1 of the paper, with its frames l6 = (1014 - 96) / 27 = 34.
    #expect(layers.filter { $0.kind.hasPrefix("convolution") }.map(\.channels) == Array(repeating: maps, count: 6))
    #expect(
      layers.filter { !$0.isPerText }.map(\.rows)
        == ["1008", "336", "330", "110", "108", "106", "104", "102", "34"])
    // Table 2.
    #expect(layers.filter(\.isPerText).map(\.channels) == [units, units, 4])
    let convolutions = (70 * 7 + 1) * maps + (maps * 7 + 1) * maps + 4 * (maps * 3 + 1) * maps
    let connected = (34 * maps + 1) * units + (units + 1) * units + (units + 1) * 4
    #expect(network.parameters.trainedCount == convolutions + connected)
    #expect(try self.network(preset, alphabet: 70, classes: 4, [("length", "none")]).layers[8].rows == "(L-96)/27")
  }

  @Test(arguments: [(9, 2.2), (17, 4.3), (29, 4.6), (49, 7.8)])
  func `vdcnn has as many convolutions as its name says`(depth: Int, millions: Double) throws {
    let network = try network("vdcnn-\(depth)", alphabet: 70, classes: 4)
    let weights = network.parameters.trained.filter { $0.shape.count == 3 }
    #expect(weights.count == depth)
    let perLevel = try #require(VDCNNConfiguration.depths[depth])
    var convolutions = 3 * 16 * 64
    var inputs = 64
    for (maps, count) in zip([64, 128, 256, 512], perLevel) {
      convolutions += 3 * inputs * maps + 3 * (count - 1) * maps * maps
      inputs = maps
    }
    #expect(weights.reduce(0) { $0 + $1.count } == convolutions)
    // Table 2 prints more without saying what it counts, by nearly the same number at every depth.
    let missing = millions - Double(convolutions) / 1e6
    #expect(missing > 0.5 && missing < 0.7, "\(missing)")
    let norms = 2 * zip([64, 128, 256, 512], perLevel).reduce(0) { $0 + $1.0 * $1.1 }
    let connected = (8 * 512 + 1) * 2_048 + 2_049 * 2_048 + 2_049 * 4
    #expect(network.parameters.trainedCount == 70 * 16 + convolutions + 64 + norms + connected)
    #expect(network.parameters.stateCount == norms)
  }

  @Test func `a shortcut adds three projections`() throws {
    let plain = try network("vdcnn-9", alphabet: 70, classes: 4)
    let shortcut = try network("vdcnn-9", alphabet: 70, classes: 4, [("shortcut", "true")])
    #expect(
      shortcut.parameters.trainedCount - plain.parameters.trainedCount == 64 * 128 + 128 * 256 + 256 * 512)
  }

  @Test func `multikernel has one convolution a width and one a round`() throws {
    let network = try network("gated-multikernel", alphabet: 70, classes: 3, [("rounds", "3")])
    let branches = (2 + 3 + 4 + 5 + 6 + 7) * 64 * 64 + 6 * 64
    let rounds = 2 * (3 * 32 * 64 + 64)
    #expect(network.parameters.trainedCount == 70 * 64 + branches + rounds + 6 * 32 * 3 + 3)
  }

  @Test(arguments: Architecture.presets.map(\.name))
  func `the table of layers counts every parameter once`(preset: String) throws {
    let network = try network(preset, alphabet: 70, classes: 4)
    #expect(network.layers.reduce(0) { $0 + $1.parameters } == network.parameters.trainedCount)
    #expect(Set(network.layers.map(\.name)).count == network.layers.count)
    #expect(network.layers.last?.channels == 4)
    #expect(network.layers.allSatisfy { $0.operations >= 0 && !$0.rows.isEmpty })
  }
}
