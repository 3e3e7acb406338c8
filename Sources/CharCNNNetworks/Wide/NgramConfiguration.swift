/// Settings of the wide part: n-grams beside a network, or alone. Every one can be changed by name.
public struct NgramConfiguration: Settings {
  /// Lengths of the character n-grams; none, and no ``wordNgrams`` and ``wordPairs`` either: a network without a wide part.
  public var ngrams = Lengths.automatic
  /// Lengths of the n-grams of words. Where there are no n-grams of characters, there are none of words unless they are named.
  public var wordNgrams = Lengths.automatic
  /// Distances of two words that make a pair, whatever stands between them: 1 for neighbours, 2 for words with one between
  /// them. In scripts that do not set words apart each character is a word.
  public var wordPairs = Lengths.automatic
  /// How their weights come about. ``wordNgrams``, ``wordPairs``, ``ngramCost``, ``ngramBalance``, ``ngramLength`` and ``ngramSize`` belong to a solution,
  /// the settings from ``ngramBits`` on to the training in steps.
  public var ngramTraining = Training.automatic
  /// How closely a solution fits the training texts, the C of support vector machines: more fits them more closely. Nil
  /// (`none`) chooses by the validation texts, or, where these are few, by parts of the training texts that are left out in
  /// turn.
  public var ngramCost: Float?
  /// How much rare classes count in a solution.
  public var ngramBalance = Balance.root
  /// Characters of a text whose n-grams a solution counts, from its beginning: more than a network reads, as they cost little.
  /// Texts that are cut into chunks are counted by their chunks, whatever this is.
  public var ngramLength = usualLength
  /// Bytes of the file of a solution at most: of more n-grams, those are kept that count most. Nil (`none`) keeps all.
  public var ngramSize = usualSize
  /// Logarithm of the number of table rows; nil (`none`) chooses by the size of the training data.
  public var ngramBits: Int?
  /// Columns of a row: nil (`none`) for the class scores themselves, otherwise a linear layer follows.
  public var ngramWidth: Int?
  /// Rate at which n-grams are dropped in training.
  public var ngramDropout: Float = 0.3
  /// Highest learning rate of the rows (stochastic gradient descent); it follows the schedule of `rate`. Nil (`none`) for 0.5 beside
  /// a network, or where the rows start as naive Bayes, and 2 for a table alone.
  public var ngramRate: Float?
  /// Weight decay of the rows, applied when they are touched.
  public var ngramDecay: Float = 0
  /// What is added to each count of an n-gram in a class where the rows start as a naive Bayes classifier of the training
  /// texts, for instance 0.03: much where texts are few and much alike, little where an n-gram that a class has not rules
  /// it out. Nil (`none`) lets them start at zero. The rows are then the class scores themselves, however many classes.
  public var ngramBayes: Float?

  /// The ``ngramRate`` beside a network, where none is named.
  package static let usualRate: Float = 0.5
  /// The ``ngramRate`` of a table alone that starts at zero, where none is named.
  static let rateAlone: Float = 2
  /// Logarithm of the number of table rows at least, where it is not named.
  package static let leastBits = 12
  /// The least ``ngramSize``.
  package static let leastSize = 10_000
  /// The most.
  package static let mostSize = 1 << 40
  /// The usual ``ngramLength``.
  private static let usualLength = 16_384
  /// The usual ``ngramSize``.
  private static let usualSize: Int? = 8_000_000

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<NgramConfiguration>] = [
    SettingKey("ngrams", \.ngrams),
    SettingKey("wordNgrams", \.wordNgrams),
    SettingKey("wordPairs", \.wordPairs),
    SettingKey("ngramTraining", \.ngramTraining),
    SettingKey("ngramCost", \.ngramCost),
    SettingKey("ngramBalance", \.ngramBalance, leftOut: .root),
    SettingKey("ngramLength", \.ngramLength, leftOut: usualLength),
    SettingKey("ngramSize", \.ngramSize, leftOut: usualSize),
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
  public init(from decoder: any Decoder) throws {
    try decodeSettings(from: decoder)
    // It means nothing without n-grams, and is not written then.
    if !isEnabled { ngramTraining = .automatic }
    if hasNoRate, ngramRate == Self.usualRate { ngramRate = nil }
  }

  /// Writes the settings; those that earlier versions did not have stand there where they are used.
  public func encode(to encoder: any Encoder) throws {
    var written = self
    if !isEnabled { written.ngramTraining = .steps }
    if hasNoRate { written.ngramRate = ngramRate ?? Self.usualRate }
    try written.encodeSettings(to: encoder)
  }

  /// Whether nothing of it learns in steps. Earlier programs, which know no rate that is left open, read the usual one in files then.
  private var hasNoRate: Bool { !isEnabled || ngramTraining == .solved }

  /// No wide part: the network alone, as its paper has it.
  public static var none: NgramConfiguration {
    var configuration = NgramConfiguration()
    configuration.ngrams = .exactly([])
    return configuration
  }

  /// Whether there is a wide part.
  public var isEnabled: Bool {
    isTable
      ? ngrams != .exactly([])
      : ngrams != .exactly([]) || !(wordNgrams.lengths ?? []).isEmpty || !(wordPairs.lengths ?? []).isEmpty
  }

  /// Whether the weights are a table that learns in steps.
  public var isTable: Bool {
    switch ngramTraining {
    case .steps: true
    case .solved: false
    case .automatic: !changed(Self.settingsOfTables).isEmpty
    }
  }

  /// Whether there is a wide part whose weights are solved.
  package var isSolved: Bool { isEnabled && !isTable }

  /// Whether all lengths are known, as they are in a model of solved n-grams.
  package var hasLengths: Bool { ![ngrams, wordNgrams, wordPairs].contains(.automatic) }

  /// Settings that only a table has.
  package static let settingsOfTables = [
    "ngramBits", "ngramWidth", "ngramDropout", "ngramRate", "ngramDecay", "ngramBayes",
  ]
  /// Settings that only a solution has.
  static let settingsOfSolutions = [
    "wordNgrams", "wordPairs", "ngramCost", "ngramBalance", "ngramLength", "ngramSize",
  ]

  /// Those of some settings that have not their usual values.
  func changed(_ names: [String]) -> [String] {
    let usual = NgramConfiguration()
    return names.filter { value(of: $0) != usual.value(of: $0) }
  }

  /// Checks the settings.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    for (name, all, kind) in [
      ("ngrams", ngrams, "lengths"), ("wordNgrams", wordNgrams, "lengths"), ("wordPairs", wordPairs, "distances"),
    ] {
      let lengths = all.lengths ?? []
      try ConfigurationError.check(
        lengths.allSatisfy { (1...16).contains($0) } && Set(lengths).count == lengths.count, name,
        "must be different \(kind) from 1 to 16, not \(lengths)")
    }
    if let ngramCost {
      try ConfigurationError.check(
        (1e-6...1e6).contains(ngramCost), "ngramCost", "must be 0.000001 to 1000000, not \(ngramCost)")
    }
    try validateTraining()
    try ConfigurationError.check(
      (1...1 << 22).contains(ngramLength), "ngramLength", "must be 1 to \(1 << 22), not \(ngramLength)")
    if let ngramSize {
      try ConfigurationError.check(
        ngramSize >= Self.leastSize && ngramSize <= Self.mostSize, "ngramSize",
        "must be \(Self.leastSize) to \(Self.mostSize), in bytes, or none for no limit, not \(ngramSize)")
    }
    if let ngramBits {
      try ConfigurationError.check((4...26).contains(ngramBits), "ngramBits", "must be 4 to 26, not \(ngramBits)")
    }
    if let ngramWidth {
      try ConfigurationError.check(
        (1...1_024).contains(ngramWidth), "ngramWidth", "must be 1 to 1024, not \(ngramWidth)")
    }
    try ConfigurationError.check(
      ngramDropout >= 0 && ngramDropout < 1, "ngramDropout", "must be at least 0 and below 1, not \(ngramDropout)")
    if let ngramRate {
      try ConfigurationError.check(
        ngramRate > 0 && ngramRate <= 100, "ngramRate", "must be above 0 and at most 100, not \(ngramRate)")
    }
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
    let (foreign, other) =
      isTable ? (changed(Self.settingsOfSolutions), Training.solved) : (changed(Self.settingsOfTables), .steps)
    guard let name = foreign.first else { return }
    if ngramTraining == .automatic, let table = changed(Self.settingsOfTables).first {
      throw ConfigurationError(
        setting: name, problem: "does not go with \(table), which asks for a table that learns in steps",
        advice: "leave one of them out")
    }
    throw ConfigurationError(
      setting: name, problem: "does not go with ngramTraining=\(ngramTraining.rawValue)",
      advice: "leave it out, or add `ngramTraining=\(other.rawValue)`")
  }
}
