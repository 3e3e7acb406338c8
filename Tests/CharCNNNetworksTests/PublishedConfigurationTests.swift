import CharCNNCompute
import CharCNNNetworks
import Testing

@Suite struct PublishedConfigurationTests {
  @Test(
    arguments: [
      ("kim", "length", "2"), ("kim", "widths", "none"), ("kim", "widths", "65"), ("kim", "maps", "0"),
      ("kim", "dropout", "1"), ("kim", "maximumNorm", "-1"), ("kim", "embedding", "0"), ("zhang-small", "length", "11"),
      ("zhang-small", "poolings", "2"), ("zhang-small", "poolings", "2,0"), ("zhang-small", "widths", "0,2"),
      ("zhang-small", "hidden", "0"), ("zhang-small", "deviation", "0"), ("zhang-small", "maps", "0"),
      ("vdcnn-9", "kMax", "0"), ("vdcnn-9", "kMax", "3"), ("vdcnn-9", "convolutions", "2"),
      ("vdcnn-9", "convolutions", "2,3"), ("vdcnn-9", "maps", "none"), ("vdcnn-9", "length", "0"),
      ("gated-multikernel", "embedding", "5"), ("gated-multikernel", "rounds", "0"),
      ("gated-multikernel", "widths", "none"), ("gated-multikernel", "hidden", "1,2,3"),
      ("gated-multikernel", "roundWidth", "0"), ("gated-multikernel", "length", "2"), ("kim", "classes", "0"),
      ("vdcnn-9", "alphabetSize", "0"),
    ])
  func `validation names the setting that is out of range`(preset: String, name: String, value: String) throws {
    // Of this zhang a text of 11 characters leaves no frame; three rows are more than half of this vdcnn's text.
    let changes = ["zhang-small": "widths=3,4", "vdcnn-9": "length=4"][preset] ?? ""
    var architecture = smallPublished(preset, changes)
    try architecture.configuration.validate()
    try architecture.set(name, to: value)
    let error = #expect(throws: ConfigurationError.self) { _ = try architecture.makeNetwork() }
    #expect(error?.setting == name)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func `the paper's variants of kim are settings by their names`() throws {
    var configuration = KimConfiguration()
    #expect(!configuration.requiresVectors)
    try configuration.set("variant", to: "non-static")
    #expect(configuration.variant == .nonStatic && configuration.requiresVectors)
    #expect(configuration.value(of: "variant") == "non-static")
    try configuration.set("variant", to: "multichannel")
    #expect(configuration.requiresVectors)
    #expect(throws: ConfigurationError.self) { try configuration.set("variant", to: "dynamic") }
  }

  @Test func `the output layer of kim is bound to norm 3 and nothing else is`() throws {
    let network = try Architecture.kim(sized(KimConfiguration())).makeNetwork()
    for parameter in network.parameters.trained {
      #expect(parameter.constraint == (parameter.name == "output.weight" ? .rowNorm(3) : nil))
    }
    var free = sized(KimConfiguration())
    free.maximumNorm = 0
    #expect(try KimNetwork(free).parameters.trained.allSatisfy { $0.constraint == nil })
  }

  @Test func `only zhang prescribes its characters`() throws {
    let paper = ZhangConfiguration()
    let units = try #require(paper.fixedAlphabet)
    #expect(
      units.count == 69 && Set(units).count == 69 && units.contains("\n") && units.filter { $0 == "-" }.count == 1)
    #expect(units.allSatisfy { $0.unicodeScalars.count == 1 } && paper.foldsCase == true)
    var full = paper
    full.alphabet = .full
    #expect(full.fixedAlphabet?.count == 95 && full.foldsCase == false)
    #expect(Set(full.fixedAlphabet ?? []).isSuperset(of: units))
    var data = paper
    data.alphabet = .data
    #expect(data.fixedAlphabet == nil && data.foldsCase == nil)
    for name in ["gated", "kim", "vdcnn-9", "gated-multikernel"] {
      let configuration = try Architecture(named: name).configuration
      #expect(configuration.fixedAlphabet == nil && configuration.foldsCase == nil)
    }
  }

  @Test func `zhang cannot tell the unknown character from padding`() throws {
    let device = CPUDevice(threads: 1)
    for changes in ["", "length=none"] {
      let network = try smallPublished("zhang-small", changes).makeNetwork()
      let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
      let step = NetworkStep(network, store: store, device: device)
      #expect(step.prediction([[1, 2, 0, 3]]) == step.prediction([[1, 2, -1, 3]]))
      #expect(step.prediction([[1, 2, 0, 3]]) != step.prediction([[1, 2, 4, 3]]))
    }
  }

  @Test func `zhang reads a text from its end`() throws {
    let device = CPUDevice(threads: 1)
    func scores(_ text: [Int32], reversed: Bool) throws -> [Float] {
      let network = try smallPublished("zhang-small", "reversed=\(reversed)").makeNetwork()
      let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
      return NetworkStep(network, store: store, device: device).prediction([text[...]])
    }
    #expect(try scores([1, 2, 3, 4], reversed: true) == scores([4, 3, 2, 1], reversed: false))
    #expect(try scores([1, 2, 3, 4], reversed: true) != scores([1, 2, 3, 4], reversed: false))
  }

  @Test func `batches are padded to a shortest length and turned round`() {
    let workspace = Workspace()
    let batch = CharacterBatch([[], [4], [1, 2, 3], [5, -1, 6, -1]], length: nil, workspace: workspace)
    let padded = batch.padded(toAtLeast: 2, workspace: workspace)
    #expect(Array(padded.characters.host) == [-1, -1, 4, -1, 1, 2, 3, 5, -1, 6, -1])
    #expect(Array(padded.sequences.offsets.host) == [0, 2, 4, 7, 11])
    #expect(Array(padded.reversed(workspace: workspace).characters.host) == [-1, -1, 4, -1, 3, 2, 1, 6, -1, 5, -1])
    let same = batch.padded(toAtLeast: 1, workspace: workspace)
    #expect(Array(same.sequences.offsets.host) == Array(batch.sequences.offsets.host))
  }

  @Test func `random values of a frozen table are kept by training passes`() throws {
    let device = CPUDevice(threads: 1)
    let network = try smallPublished("kim", "variant=multichannel").makeNetwork()
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    let before = device.read(store.state.all)
    let step = NetworkStep(network, store: store, device: device)
    step.backward(awkwardTexts, from: normalValues(count: awkwardTexts.count * 2))
    #expect(device.read(store.state.all) == before && before.contains { $0 != 0 })
  }

  private func normalValues(count: Int) -> [Float] { (0..<count).map { Float($0 % 3) - 1 } }

  private func sized<Configuration: NetworkConfiguration>(_ configuration: Configuration) -> Configuration {
    var configuration = configuration
    configuration.alphabetSize = 20
    configuration.classes = 3
    return configuration
  }
}
