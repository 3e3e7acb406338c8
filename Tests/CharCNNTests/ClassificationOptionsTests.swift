import CharCNN
import Foundation
import Testing

@Suite struct ClassificationOptionsTests {
  @Test func `a preset brings its network, its text settings and its recipe, and keeps what was changed before`() throws
  {
    var options = ClassificationOptions()
    try options.set("rate=0.5")
    options.text.normalization = .nfc
    for (name, _) in Architecture.presets {
      try options.use(model: name)
      #expect(try options.architecture == Architecture(named: name))
      var (training, text) = (TrainingSettings.recipe(for: name), TextSettings.preset(for: name))
      training.rate = 0.5
      text.normalization = .nfc
      #expect(options.training == training)
      #expect(options.text == text)
      try options.run.validate()
    }
    try options.use(model: "kim")
    try options.set("batchTexts=7")
    #expect(options.training.batchTexts == 7)
  }

  @Test func `the settings of the default network are typed, and choose it`() throws {
    var options = ClassificationOptions()
    options.network.filters = 32
    options.network.dropout = 0.25
    var configuration = GatedConfiguration()
    (configuration.filters, configuration.dropout) = (32, 0.25)
    #expect(options.architecture == .gated(configuration) && options.network == configuration)
    try options.use(model: "kim")
    #expect(options.network == GatedConfiguration() && options.architecture.name == "kim")
  }

  @Test func `options come back from JSON as they were`() throws {
    var options = ClassificationOptions()
    try options.use(model: "kim")
    var back = try JSONDecoder().decode(ClassificationOptions.self, from: JSONEncoder().encode(options))
    #expect(back == options)
    try back.use(model: "gated")
    var usual = ClassificationOptions()
    #expect(back.architecture == usual.architecture && back.text == usual.text && back.training == usual.training)
    try usual.use(model: "gated")
    #expect(back == usual)
  }

  @Test func `an unknown preset is refused and changes nothing`() throws {
    var options = ClassificationOptions()
    try options.set("rate=0.5")
    let error = #expect(throws: ConfigurationError.self) { try options.use(model: "magic") }
    #expect(error?.setting == "model" && error?.advice?.contains("gated") == true)
    #expect(options.training.rate == 0.5)
  }

  @Test func `the papers read 1014 characters in lower case`() {
    for name in ["zhang-small", "vdcnn-9"] {
      #expect(TextSettings.preset(for: name).maximumLength == 1_014 && TextSettings.preset(for: name).foldsCase)
    }
    #expect(TextSettings.preset(for: "gated") == TextSettings())
  }

  @Test(arguments: ["rate", "=1", "speed=1", "rate=fast", "alphabetSize=3", "classes=3"])
  func `assignments that mean nothing are refused`(assignment: String) {
    var options = ClassificationOptions()
    #expect(throws: ConfigurationError.self) { try options.set(assignment) }
  }

  @Test(arguments: [("zhang-small", "true"), ("zhang-small-full", "false")])
  func `the case of letters is the alphabet's matter`(model: String, folds: String) throws {
    var options = ClassificationOptions()
    try options.use(model: model)
    try options.set("foldsCase=\(folds)")
    #expect("\(options.text.foldsCase)" == folds)
    for name in ["foldsCase", "text.foldsCase"] {
      #expect(throws: ConfigurationError.self) { try options.set("\(name)=\(folds == "true" ? "false" : "true")") }
    }
    try options.set("alphabet=data")
    try options.set("foldsCase=false")
  }

  @Test func `every listed setting can be set to its present value`() throws {
    var options = ClassificationOptions()
    let before = options.settings.map { "\($0.name)=\($0.value)" }
    for assignment in before { try options.set(assignment) }
    #expect(options.settings.map { "\($0.name)=\($0.value)" } == before)
  }

  @Test func `the prefix tells the text's setting from the network's of the same name`() throws {
    var options = ClassificationOptions()
    try options.set("text.normalization=nfc")
    #expect(options.text.normalization == .nfc)
    try options.set("text.normalization=none")
    try options.set("normalization=layer")
    #expect(options.text.normalization == .none)
    #expect(options.settings.contains { $0.name == "text.normalization" && $0.value == "none" })
    #expect(options.settings.contains { $0.name == "normalization" && $0.value == "layer" })
    #expect(throws: ConfigurationError.self) { try options.set("text.speed=1") }
  }
}
