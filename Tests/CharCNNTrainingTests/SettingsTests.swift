import CharCNNNetworks
import CharCNNTraining
import Testing

@Suite struct SettingsTests {
  @Test func `the recipes are those of the papers`() throws {
    let kim = TrainingSettings.recipe(for: "kim-static")
    #expect(kim.optimizer == .adadelta && kim.rho == 0.95 && kim.rate == 1 && kim.batchTexts == 50)
    #expect(kim.labelSmoothing == 0 && kim.averaging == 0 && kim.schedule == .constant && kim.warmup == 0)
    let zhang = TrainingSettings.recipe(for: "zhang-small")
    #expect(zhang.optimizer == .sgd && zhang.momentum == 0.9 && zhang.batchTexts == 128 && zhang.rate == 0.01)
    #expect(zhang.schedule == .halving && zhang.halvingEpochs == 3 && zhang.halvings == 10)
    #expect(zhang.sampling == .classUniform && zhang.clip == nil)
    let vdcnn = TrainingSettings.recipe(for: "vdcnn-29")
    #expect(vdcnn.optimizer == .sgd && vdcnn.momentum == 0.9 && vdcnn.batchTexts == 128 && vdcnn.rate == 0.01)
    for settings in [kim, zhang, vdcnn] { try settings.validate() }
    var gated = TrainingSettings.recipe(for: "gated")
    #expect(gated.rate == nil)
    gated.rate = TrainingSettings().rate
    #expect(gated == TrainingSettings())
  }

  @Test func `short texts are passed over more often, beside solved n-grams most often`() {
    for (characters, texts, epochs, besideNgrams) in [
      (200_000, 4_000, 15, 20), (500_000, 9_000, 15, 16), (1_000_000, 50_000, 8, 8), (2_800_000, 5_000, 14, 10),
      (3_100_000, 5_000, 12, 6),
      (7_000_000, 2_250, 5, 2), (18_000_000, 60_000, 2, 2), (23_000_000, 20_000, 2, 1), (0, 0, 15, 20),
    ] {
      #expect(TrainingSettings.automaticEpochs(characters: characters, texts: texts) == epochs)
      #expect(
        TrainingSettings.automaticEpochsBesideNgrams(characters: characters, texts: texts) == besideNgrams)
    }
  }

  @Test(arguments: [
    ("optimizer", "sgd"), ("schedule", "halving"), ("sampling", "classUniform"), ("batchTexts", "50"),
    ("batchTexts", "none"), ("momentum", "0.5"), ("rho", "0.5"), ("halvingEpochs", "2"), ("halvings", "0"),
    ("clip", "none"), ("epochs", "7"),
  ])
  func `settings are changed by name`(name: String, value: String) throws {
    var settings = TrainingSettings()
    try settings.set(name, to: value)
    #expect(settings.value(of: name) == value)
    try settings.validate()
  }

  @Test(arguments: [
    ("momentum", "1"), ("rho", "-0.1"), ("halvingEpochs", "0"), ("halvings", "-1"), ("batchTexts", "0"), ("rate", "0"),
    ("epochs", "0"), ("warmup", "2"), ("patience", "0"), ("labelSmoothing", "1"),
  ])
  func `values out of range are refused by name`(name: String, value: String) throws {
    var settings = TrainingSettings()
    try settings.set(name, to: value)
    let error = #expect(throws: ConfigurationError.self) { try settings.validate() }
    #expect(error?.setting == name)
  }

  @Test(arguments: [
    ("validationFraction", "1"), ("validationFraction", "0"), ("minimumCount", "0"), ("maximumAlphabet", "0"),
    ("cuts", "0"), ("cuts", "1.5"),
  ])
  func `data settings out of range are refused by name`(name: String, value: String) throws {
    var settings = DataSettings()
    try settings.set(name, to: value)
    let error = #expect(throws: ConfigurationError.self) { try settings.validate() }
    #expect(error?.setting == name)
  }

  @Test func `an unknown optimizer is refused`() {
    var settings = TrainingSettings()
    #expect(throws: ConfigurationError.self) { try settings.set("optimizer", to: "magic") }
  }
}
