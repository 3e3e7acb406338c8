import CharCNNCompute
import CharCNNNetworks
import CharCNNText

extension BaseModel {
  /// The network as a classifier has it.
  ///
  /// - Throws: ``ConfigurationError`` for a tagger of words.
  func classifier() throws(ConfigurationError) -> Architecture {
    switch body {
    case .network(let architecture): return architecture
    case .tagger(.character(let configuration)):
      var result = configuration.gated
      // A classifier needs less restraint than a tagger, which has a score to learn for each character.
      result.characterDropout = GatedConfiguration().characterDropout
      result.blockDropout = GatedConfiguration().blockDropout
      result.dropout = GatedConfiguration().dropout
      return .gated(result)
    case .tagger(.word):
      throw refusal("is a word tagger, which only another word tagger can start from")
    }
  }

  /// The blocks, for a network that is built of gated ones.
  ///
  /// - Parameter borrower: What wants to start from them, for the error.
  /// - Throws: ``ConfigurationError`` for another network.
  func gated(for borrower: String) throws(ConfigurationError) -> GatedConfiguration {
    let architecture = try classifier()
    guard let configuration = architecture.configuration as? GatedConfiguration else {
      throw refusal("is \(architecture.name)", advice: "\(borrower) starts from gated networks")
    }
    return configuration
  }

  /// The network as a tagger has it. A tagger's is taken over as it is; of another network the body alone.
  ///
  /// - Parameter present: The tagger that is to start from the base.
  /// - Throws: ``ConfigurationError`` for a model that such a tagger cannot start from.
  func tagger(_ present: TaggerArchitecture) throws(ConfigurationError) -> TaggerArchitecture {
    switch (present, body) {
    case (.character, .tagger(.character)), (.word, .tagger(.word)):
      guard case .tagger(let architecture) = body else { return present }
      return architecture
    case (.word, _):
      throw refusal(
        "is no word tagger, and a word tagger starts only from another one",
        advice: "give none, or train a character tagger"
      )
    case (.character(var configuration), _):
      let body = try gated(for: "a character tagger")
      guard body.padding != .causal else {
        throw refusal(
          "reads only what stands before a character (padding=causal), and a tag depends on both sides",
          advice: "start from a masked language model"
        )
      }
      guard body.stride == 1 else {
        throw refusal(
          "has a stride of \(body.stride), and a tagger needs every character",
          advice: "start from one with stride=1")
      }
      configuration.use(body: body)
      return .character(configuration)
    }
  }

  /// Checks that a text is read as the base reads it.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func check(_ settings: TextSettings) throws(ConfigurationError) {
    try Self.check(settings, reads: text, of: path)
  }

  /// Checks that a text is read as some base reads it.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  static func check(_ settings: TextSettings, reads text: TextSettings, of path: String) throws(ConfigurationError) {
    for (name, agrees) in [
      ("normalization", settings.normalization == text.normalization),
      ("foldsCase", settings.foldsCase == text.foldsCase),
      ("dropsInvisible", settings.dropsInvisible == text.dropsInvisible), ("unit", settings.unit == text.unit),
    ] where !agrees {
      throw ConfigurationError(
        setting: name, problem: "must be what it is in \(path), whose characters the network has learned to read",
        advice: "leave it as it is there, and take a model that reads texts so, or start from nothing")
    }
  }

  private func refusal(_ problem: String, advice: String? = nil) -> ConfigurationError {
    ConfigurationError(setting: "base", problem: "\(path) \(problem)", advice: advice)
  }
}
