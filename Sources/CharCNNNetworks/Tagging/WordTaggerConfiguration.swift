/// Settings of ``WordTagger``. Every one can be changed by name (`charcnn train --task tagging --set filters=128`).
public struct WordTaggerConfiguration: NetworkConfiguration {
  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Number of tags.
  public var classes = 0
  /// Dimension of a character's embedding.
  public var embedding = 32
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
  /// Filters of each convolution over words; a gate leaves half of them.
  public var filters = 256
  /// Kernel widths over words; several share the filters equally.
  public var widths = [3]
  /// Number of blocks over words.
  public var blocks = 3
  /// Dilation of each block's convolution: one for all, or one a block.
  public var dilations = [1, 2, 4]
  /// What follows a convolution over words.
  public var nonlinearity = Nonlinearity.glu
  /// Normalization between convolution and gate.
  public var normalization = NormalizationKind.layer
  /// Whether a block's input is added to its output.
  public var residual = true
  /// Rate at which whole characters are dropped before the first layer.
  public var characterDropout: Float = 0.05
  /// Rate at which n-grams and whole words are dropped.
  public var ngramDropout: Float = 0.3
  /// Dropout rate of the words' vectors.
  public var inputDropout: Float = 0.3
  /// Dropout rate after each gate.
  public var blockDropout: Float = 0.2
  /// Dropout rate before the scores.
  public var dropout: Float = 0.3
  /// What turns scores into tags.
  public var output = TagOutputKind.crf

  /// The default settings.
  public init() {}

  /// Checks that the settings make a network.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    try gated.validate()
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

  /// The same as settings of the blocks, which keep every row.
  var gated: GatedConfiguration {
    var result = GatedConfiguration()
    result.alphabetSize = alphabetSize
    result.classes = classes
    result.embedding = embedding
    result.filters = filters
    result.widths = widths
    result.blocks = blocks
    result.dilations = dilations
    result.nonlinearity = nonlinearity
    result.normalization = normalization
    result.residual = residual
    result.pooling = .none
    result.characterDropout = characterDropout
    result.blockDropout = blockDropout
    result.dropout = dropout
    return result
  }
}
