import CharCNNNetworks
import Foundation
import Testing

@Suite struct ConfigurationTests {
  @Test func `settings of every kind can be set by name`() throws {
    var configuration = GatedConfiguration()
    let initial = configuration
    try configuration.set("filters", to: "128")
    #expect(configuration.filters == 128)
    try configuration.set("widths", to: "2,3,4")
    #expect(configuration.widths == [2, 3, 4])
    try configuration.set("widths", to: "5")
    #expect(configuration.widths == [5])
    try configuration.set("hidden", to: "64,32")
    #expect(configuration.hidden == [64, 32])
    try configuration.set("hidden", to: "none")
    #expect(configuration.hidden == [])
    try configuration.set("residual", to: "false")
    #expect(!configuration.residual)
    try configuration.set("nonlinearity", to: "gelu")
    #expect(configuration.nonlinearity == .gelu)
    try configuration.set("normalization", to: "layer")
    #expect(configuration.normalization == .layer)
    try configuration.set("normalization", to: "none")
    #expect(configuration.normalization == .none)
    try configuration.set("pooling", to: "none")
    #expect(configuration.pooling == .none)
    try configuration.set("globalPooling", to: "maxAverage")
    #expect(configuration.globalPooling == .maxAverage)
    try configuration.set("dropout", to: "0.25")
    #expect(configuration.dropout == 0.25)
    try configuration.set("dropout", to: "0")
    #expect(configuration.dropout == 0)
    try configuration.set("length", to: "200")
    #expect(configuration.length == 200)
    try configuration.set("length", to: "none")
    #expect(configuration.length == nil)
    #expect(configuration.characterDropout == initial.characterDropout && configuration.blocks == initial.blocks)
  }

  @Test func `setting one value leaves the others alone`() throws {
    var configuration = GatedConfiguration.tutorial
    configuration.dropout = 0.1
    let before = configuration
    try configuration.set("blocks", to: "2")
    #expect(configuration == before)
  }

  @Test func `an unknown name is refused with the known ones`() {
    var configuration = GatedConfiguration()
    let error = #expect(throws: ConfigurationError.self) { try configuration.set("filter", to: "3") }
    #expect(error?.setting == "filter")
    #expect(error?.description.contains("filters") == true)
    #expect(configuration == GatedConfiguration())
  }

  @Test(
    arguments: [
      ("filters", "many"), ("filters", "2.5"), ("filters", "none"), ("filters", "1,2"), ("filters", ""),
      ("residual", "yes"), ("residual", "1"), ("widths", "2,x"), ("widths", "a"), ("nonlinearity", "tanh"),
      ("dropout", "high"), ("dropout", "nan"), ("dropout", "true"), ("length", "long"), ("pooling", "median"),
      ("filters", "99999999999999999999"),
    ])
  func `a value that does not fit is refused and changes nothing`(name: String, value: String) {
    var configuration = GatedConfiguration()
    let error = #expect(throws: ConfigurationError.self) { try configuration.set(name, to: value) }
    #expect(error?.setting == name)
    #expect(configuration == GatedConfiguration())
  }

  @Test func `a name that is unknown is refused with those there are`() {
    var configuration = VDCNNConfiguration()
    let error = #expect(throws: ConfigurationError.self) { try configuration.set("downsampling", to: "kmax") }
    #expect(error?.description.contains("max, kMax, convolution") == true, "\(error?.description ?? "")")
  }

  @Test(
    arguments: [
      ("alphabetSize", "0"), ("classes", "0"), ("embedding", "0"), ("embedding", "5000"), ("widths", "0"),
      ("widths", "65"), ("widths", "3,0"), ("filters", "0"), ("filters", "16386"), ("filters", "5"), ("blocks", "0"),
      ("blocks", "65"), ("stride", "0"), ("stride", "17"), ("dilations", "0"), ("dilations", "1,2,3"),
      ("dilations", "1025"), ("poolingWidth", "0"), ("poolingWidth", "65"), ("poolingStride", "0"),
      ("poolingStride", "3"), ("hidden", "0"), ("hidden", "1,2,3"), ("characterDropout", "1"),
      ("blockDropout", "-0.1"), ("dropout", "1.5"), ("length", "0"), ("length", "1000001"),
    ])
  func `validation names the setting that is out of range`(name: String, value: String) throws {
    var configuration = small()
    try configuration.validate()
    try configuration.set(name, to: value)
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(error?.setting == name)
    #expect(throws: ConfigurationError.self) { _ = try GatedNetwork(configuration) }
    #expect(error?.description.contains("\n") == false)
  }

  @Test func `no window is wider than the texts`() throws {
    var configuration = small("length=4")
    try configuration.set("widths", to: "4")
    try configuration.validate()
    try configuration.set("widths", to: "5")
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(error?.setting == "widths")
  }

  @Test func `validation knows how settings depend on each other`() throws {
    var configuration = small("widths=2,3,4")
    #expect(throws: ConfigurationError.self) { try configuration.validate() }
    configuration.filters = 9
    #expect(throws: ConfigurationError.self) { try configuration.validate() }
    configuration.nonlinearity = .relu
    try configuration.validate()
    configuration.widths = []
    #expect(throws: ConfigurationError.self) { try configuration.validate() }
  }

  @Test(arguments: Architecture.presets.map(\.name))
  func `every preset can be named, changed, stored and read again`(name: String) throws {
    var architecture = try Architecture(named: name)
    try architecture.set("classes", to: "4")
    try architecture.set("alphabetSize", to: "30")
    #expect(architecture.configuration.classes == 4)
    _ = try architecture.makeNetwork()
    let data = try JSONEncoder().encode(architecture)
    #expect(try JSONDecoder().decode(Architecture.self, from: data) == architecture)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(object["model"] as? String == architecture.name)
    #expect((object["settings"] as? [String: Any])?["classes"] as? Int == 4)
  }

  @Test func `an unknown model is refused by name and in files`() {
    let error = #expect(throws: ConfigurationError.self) { _ = try Architecture(named: "gatd") }
    #expect(error?.description.contains("gated-tutorial") == true)
    #expect(throws: DecodingError.self) {
      _ = try JSONDecoder().decode(Architecture.self, from: Data(#"{"model": "other", "settings": {}}"#.utf8))
    }
  }

  @Test func `networks of gated blocks refuse what their files would lose`() throws {
    func refused(_ configuration: some NetworkConfiguration) -> String? {
      var sized = configuration
      sized.alphabetSize = 9
      sized.classes = 2
      do { try sized.validate() } catch { return error.setting }
      return nil
    }
    var characters = CharacterTaggerConfiguration()
    characters.filters = 32
    #expect(refused(characters) == nil)
    characters.gated.pooling = .max
    #expect(refused(characters) == "pooling")
    var words = WordTaggerConfiguration()
    words.gated.hidden = [8]
    #expect(refused(words) == "hidden")
    var matcher = MatcherConfiguration()
    matcher.gated.pooling = .average
    #expect(refused(matcher) == nil)
    matcher.gated.stride = 2
    #expect(refused(matcher) == "stride")
  }
}
