/// Settings of the wide part: n-grams beside a network, or alone. Every one can be changed by name.
public struct NgramConfiguration: Settings {
  /// Lengths of the character n-grams; empty (`none`) for a network without a wide part.
  public var ngrams = [1, 2, 3, 4, 5]
  /// Lengths of the n-grams of words.
  public var wordNgrams = Lengths.automatic
  /// How their weights come about. ``wordNgrams`` and ``ngramCost`` belong to a solution, the settings from ``ngramBits`` on to the
  /// training in steps.
  public var ngramTraining = Training.steps
  /// How closely a solution fits the training texts, the C of support vector machines: more fits them more closely. Nil
  /// (`none`) chooses by the validation texts, or, where these are few, by parts of the training texts that are left out in
  /// turn.
  public var ngramCost: Float?
  /// Logarithm of the number of table rows; nil (`none`) chooses by the size of the training data.
  public var ngramBits: Int?
  /// Columns of a row: nil (`none`) for the class scores themselves, otherwise a linear layer follows.
  public var ngramWidth: Int?
  /// Rate at which n-grams are dropped in training.
  public var ngramDropout: Float = 0.3
  /// Highest learning rate of the rows (stochastic gradient descent); it follows the schedule of `rate`.
  public var ngramRate: Float = 0.5
  /// Weight decay of the rows, applied when they are touched.
  public var ngramDecay: Float = 0
  /// What is added to each count of an n-gram in a class where the rows start as a naive Bayes classifier of the training
  /// texts, for instance 0.03: much where texts are few and much alike, little where an n-gram that a class has not rules
  /// it out. Nil (`none`) lets them start at zero. The rows are then the class scores themselves, however many classes.
  public var ngramBayes: Float?

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<NgramConfiguration>] = [
    SettingKey("ngrams", \.ngrams),
    SettingKey("wordNgrams", \.wordNgrams),
    SettingKey("ngramTraining", \.ngramTraining),
    SettingKey("ngramCost", \.ngramCost),
    SettingKey("ngramBits", \.ngramBits),
    SettingKey("ngramWidth", \.ngramWidth),
    SettingKey("ngramDropout", \.ngramDropout),
    SettingKey("ngramRate", \.ngramRate),
    SettingKey("ngramDecay", \.ngramDecay),
    SettingKey("ngramBayes", \.ngramBayes),
  ]

  /// The default wide part.
  public init() {}

  /// Reads the settings; files of earlier versions know tables only.
  public init(from decoder: any Decoder) throws { try decodeSettings(from: decoder) }

  /// Writes the settings; those that earlier versions did not have stand there where they are used.
  public func encode(to encoder: any Encoder) throws { try encodeSettings(to: encoder) }

  /// No wide part: the network alone, as its paper has it.
  public static var none: NgramConfiguration {
    var configuration = NgramConfiguration()
    configuration.ngrams = []
    return configuration
  }

  /// Whether there is a wide part.
  public var isEnabled: Bool { !ngrams.isEmpty }

  /// The n-grams of a solution; nil where there is none, or where the words are not chosen yet.
  package var solvedFeatures: NgramFeatures? {
    guard isEnabled, ngramTraining == .solved else { return nil }
    return NgramFeatures(characters: ngrams, words: wordNgrams.lengths ?? [])
  }

  /// Checks the settings.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    for (name, lengths) in [("ngrams", ngrams), ("wordNgrams", wordNgrams.lengths ?? [])] {
      try ConfigurationError.check(
        lengths.allSatisfy { (1...16).contains($0) } && Set(lengths).count == lengths.count, name,
        "must be different lengths from 1 to 16, not \(lengths)")
    }
    if let ngramCost {
      try ConfigurationError.check(
        (1e-6...1e6).contains(ngramCost), "ngramCost", "must be 0.000001 to 1000000, not \(ngramCost)")
    }
    try validateTraining()
    if let ngramBits {
      try ConfigurationError.check((4...26).contains(ngramBits), "ngramBits", "must be 4 to 26, not \(ngramBits)")
    }
    if let ngramWidth {
      try ConfigurationError.check(
        (1...1_024).contains(ngramWidth), "ngramWidth", "must be 1 to 1024, not \(ngramWidth)")
    }
    try ConfigurationError.check(
      ngramDropout >= 0 && ngramDropout < 1, "ngramDropout", "must be at least 0 and below 1, not \(ngramDropout)")
    try ConfigurationError.check(ngramRate > 0 && ngramRate <= 100, "ngramRate", "must be above 0, not \(ngramRate)")
    try ConfigurationError.check(
      ngramDecay >= 0 && ngramDecay < 1, "ngramDecay", "must be at least 0 and below 1, not \(ngramDecay)")
    if let ngramBayes {
      try ConfigurationError.check(
        ngramBayes > 0 && ngramBayes <= 1_000, "ngramBayes", "must be above 0 and at most 1000, not \(ngramBayes)")
      try ConfigurationError.check(
        ngramWidth == nil, "ngramWidth", "cannot go with ngramBayes, whose rows are the class scores themselves")
    }
  }

  /// Settings of the one training are none of the other.
  private func validateTraining() throws(ConfigurationError) {
    let foreign =
      switch ngramTraining {
      case .solved: ["ngramBits", "ngramWidth", "ngramDropout", "ngramRate", "ngramDecay", "ngramBayes"]
      case .steps: ["wordNgrams", "ngramCost"]
      }
    let usual = NgramConfiguration()
    for name in foreign where value(of: name) != usual.value(of: name) {
      throw ConfigurationError(
        setting: name, problem: "does not go with ngramTraining=\(ngramTraining.rawValue)",
        advice: ngramTraining == .steps
          ? "leave it out, or set `ngramTraining=solved`" : "leave it out, or set `ngramTraining=steps`")
    }
  }

  /// The same with the number of rows of a table chosen for training data of so many characters: about one row for each two
  /// n-grams, since most n-grams of a text collection occur once and teach nothing, and at most 2^18.
  public func resolved(characters: Int, classes: Int) -> NgramConfiguration {
    guard ngramTraining == .steps else { return self }
    var result = self
    if ngramBits == nil {
      let wanted = max(characters * ngrams.count / 2, 1)
      result.ngramBits = min(max(Int.bitWidth - wanted.leadingZeroBitCount, 12), 18)
    }
    if ngramWidth == nil, ngramBayes == nil, classes > 32 { result.ngramWidth = 32 }
    return result
  }
}
