/// Settings of ``WordTagger``. Every one can be changed by name (`charcnn train --task tagging --set filters=128`).
public struct WordTaggerConfiguration: BodiedConfiguration {
  /// The embedding of the characters, the blocks over words, and the scores behind them. The blocks keep every row.
  public var gated = GatedConfiguration()
  /// Kernel widths of the convolution over the characters of a word.
  public var characterWidths = [1, 2, 3, 4]
  /// Filters of each of these widths; their largest value over the word becomes a channel.
  public var characterFilters = 32
  /// Lengths of the hashed n-grams of a word, beside the whole word; empty (`none`) for the whole word alone.
  public var ngrams = [2, 3, 4, 5]
  /// Logarithm of the number of rows of their table.
  public var ngramBits = 15
  /// Columns of that table.
  public var ngramWidth = 64
  /// Rate at which n-grams and whole words are dropped.
  public var ngramDropout: Float = 0.5
  /// Dropout rate of the words' vectors.
  public var inputDropout: Float = 0.4
  /// What turns scores into tags.
  public var output = TagOutputKind.crf

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<WordTaggerConfiguration>] =
    body("alphabetSize", "classes", "embedding")
    + [
      SettingKey("characterWidths", \.characterWidths),
      SettingKey("characterFilters", \.characterFilters),
      SettingKey("ngrams", \.ngrams),
      SettingKey("ngramBits", \.ngramBits),
      SettingKey("ngramWidth", \.ngramWidth),
    ]
    + body("filters", "widths", "blocks", "dilations", "nonlinearity", "normalization", "residual", "characterDropout")
    + [
      SettingKey("ngramDropout", \.ngramDropout),
      SettingKey("inputDropout", \.inputDropout),
    ]
    + body("blockDropout", "dropout")
    + [SettingKey("output", \.output)]

  /// The default settings.
  public init() {
    gated.embedding = 32
    gated.blocks = 3
    gated.pooling = .none
    gated.dilations = [1, 2, 4]
    gated.blockDropout = 0.3
    gated.dropout = 0.5
  }

  /// Checks that the settings make a network.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    try gated.validate(listed: settingNames, initial: Self().gated)
    try ConfigurationError.check(characterWidths, in: 1...16, count: 1...8, "characterWidths")
    try ConfigurationError.check(
      (1...2_048).contains(characterFilters), "characterFilters", "must be 1 to 2048, not \(characterFilters)")
    try ConfigurationError.check(ngrams, in: 1...16, count: 0...8, "ngrams")
    try ConfigurationError.check(
      Set(ngrams).count == ngrams.count, "ngrams", "must differ from one another, not \(ngrams)")
    try ConfigurationError.check((8...22).contains(ngramBits), "ngramBits", "must be 8 to 22, not \(ngramBits)")
    try ConfigurationError.check((1...1_024).contains(ngramWidth), "ngramWidth", "must be 1 to 1024, not \(ngramWidth)")
    try ConfigurationError.check(rate: ngramDropout, "ngramDropout")
    try ConfigurationError.check(rate: inputDropout, "inputDropout")
  }

  /// Channels of a word's vector.
  var wordChannels: Int { characterWidths.count * characterFilters + ngramWidth }
}
