/// Settings of a network that turns a text into a vector: the weighted sum of a row of numbers for each of its n-grams, and layers on top
/// of it. Every one can be changed by name (`charcnn distill --set rank=32`).
public struct EmbedderConfiguration: NetworkConfiguration {
  /// Characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Numbers of a vector.
  public var dimension = 0
  /// Lengths of the character n-grams; 2 to 5 where they are left open, 1 to 4 in scripts that do not set words apart.
  public var ngrams = NgramConfiguration.Lengths.automatic
  /// Lengths of the n-grams of words; 1 and 2 where they are left open, none in scripts that do not set words apart.
  public var wordNgrams = NgramConfiguration.Lengths.automatic
  /// Texts that an n-gram must occur in to have a row.
  public var minimumTexts = 2
  /// Bytes of the model's n-grams and layers at most: of more n-grams, those of most texts have a row.
  public var size = 8_000_000
  /// Numbers of a row.
  public var rank = 128
  /// Units of the hidden layer (GELU) beside the linear layer that turns the sum into the vector; nil (`none`) for the linear layer alone.
  public var hidden: Int?
  /// Rate at which n-grams are dropped in training.
  public var ngramDropout: Float = 0
  /// Highest learning rate of the rows (Adam); it follows the schedule of `rate`.
  public var ngramRate: Float = 0.003

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<EmbedderConfiguration>] = [
    SettingKey("alphabetSize", \.alphabetSize),
    SettingKey("dimension", \.dimension),
    SettingKey("ngrams", \.ngrams),
    SettingKey("wordNgrams", \.wordNgrams),
    SettingKey("minimumTexts", \.minimumTexts),
    SettingKey("size", \.size),
    SettingKey("rank", \.rank),
    SettingKey("hidden", \.hidden),
    SettingKey("ngramDropout", \.ngramDropout),
    SettingKey("ngramRate", \.ngramRate),
  ]

  /// The least ``size``.
  package static let leastSize = 10_000

  /// The default settings.
  public init() {}

  /// The ``dimension``: what a network of classes has as its outputs.
  public var classes: Int {
    get { dimension }
    set { dimension = newValue }
  }

  /// Checks that the settings make a network, but for the dimension, which the vectors give.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    for (name, all) in [("ngrams", ngrams), ("wordNgrams", wordNgrams)] {
      let lengths = all.lengths ?? []
      try ConfigurationError.check(
        lengths.allSatisfy { (1...16).contains($0) } && Set(lengths).count == lengths.count, name,
        "must be different lengths from 1 to 16, not \(lengths)")
    }
    try ConfigurationError.check(
      ngrams != .exactly([]) || wordNgrams != .exactly([]), "ngrams", "must be some where there are no wordNgrams")
    try ConfigurationError.check(minimumTexts >= 1, "minimumTexts", "must be at least 1, not \(minimumTexts)")
    try ConfigurationError.check(
      size >= Self.leastSize && size <= 1 << 40, "size",
      "must be \(Self.leastSize) to \(1 << 40), in bytes, not \(size)")
    try ConfigurationError.check((1...4_096).contains(rank), "rank", "must be 1 to 4096, not \(rank)")
    if let hidden {
      try ConfigurationError.check(
        (1...16_384).contains(hidden), "hidden", "must be 1 to 16384, or none, not \(hidden)")
    }
    try ConfigurationError.check(rate: ngramDropout, "ngramDropout")
    try ConfigurationError.check(
      ngramRate > 0 && ngramRate <= 1, "ngramRate", "must be above 0 and at most 1, not \(ngramRate)")
  }

  /// Checks the dimension too.
  ///
  /// - Throws: ``ConfigurationError``.
  package func validateWithDimension() throws(ConfigurationError) {
    try validate()
    try ConfigurationError.check(
      (1...Self.largestDimension).contains(dimension), "dimension",
      "must be 1 to \(Self.largestDimension), not \(dimension)")
  }

  /// The largest ``dimension``.
  package static let largestDimension = 1 << 16

  /// The same with lengths where they are left open.
  ///
  /// - Parameter setsWordsApart: Whether most letters of the texts belong to scripts that do.
  package func choosingLengths(setsWordsApart: Bool) -> EmbedderConfiguration {
    var result = self
    if ngrams == .automatic { result.ngrams = .exactly(setsWordsApart ? [2, 3, 4, 5] : [1, 2, 3, 4]) }
    if wordNgrams == .automatic { result.wordNgrams = .exactly(setsWordsApart ? [1, 2] : []) }
    return result
  }

  /// The n-grams that have rows, where their lengths are known.
  package var features: NgramFeatures {
    NgramFeatures(
      characters: ngrams.lengths ?? [], words: wordNgrams.lengths ?? [], pairs: [], minimumTexts: minimumTexts)
  }

  /// Rows of n-grams that a model of ``size`` bytes has room for, beside its layers.
  ///
  /// - Parameter alphabet: Characters of the alphabet, each of which has a role.
  package func rows(alphabet: Int) -> Int {
    let layers = dimension * (1 + rank) + (hidden.map { $0 * (1 + rank + dimension) + dimension } ?? 0)
    // The weights, the remainder of a key, rarity and exponent, and a bucket for each four.
    let row = Double(rank) + 2 + 1 + 1 + 0.5
    return max(0, Int((Double(size) - 4 * Double(layers) - Double(alphabet) - 2_048) / row))
  }
}
