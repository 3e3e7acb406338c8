/// Settings of ``CharacterTagger``. Every one can be changed by name (`charcnn train --task tagging --set filters=128`).
public struct CharacterTaggerConfiguration: NetworkConfiguration {
  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Number of tags.
  public var classes = 0
  /// Dimension of a character's embedding.
  public var embedding = 64
  /// Lengths of the hashed n-grams around each character that are added to its embedding; empty (`none`) for none.
  public var ngrams = [2]
  /// Logarithm of the number of rows of their table.
  public var ngramBits = 15
  /// Filters of each convolution; a gate leaves half of them.
  public var filters = 256
  /// Kernel widths; several share the filters equally.
  public var widths = [3]
  /// Number of blocks.
  public var blocks = 4
  /// Dilation of each block's convolution: one for all, or one a block.
  public var dilations = [1, 2, 4, 1]
  /// What follows a convolution.
  public var nonlinearity = Nonlinearity.glu
  /// Normalization between convolution and gate.
  public var normalization = NormalizationKind.layer
  /// Whether a block's input is added to its output.
  public var residual = true
  /// Rate at which whole characters are dropped before the first layer.
  public var characterDropout: Float = 0.1
  /// Rate at which n-grams are dropped.
  public var ngramDropout: Float = 0.5
  /// Dropout rate of the characters' vectors.
  public var inputDropout: Float = 0.4
  /// Dropout rate after each gate.
  public var blockDropout: Float = 0.3
  /// Dropout rate before the scores.
  public var dropout: Float = 0.5
  /// What turns scores into tags.
  public var output = TagOutputKind.crf

  /// The default settings.
  public init() {}

  /// Checks that the settings make a network.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    try gated.validate()
    try ConfigurationError.check(ngrams, in: 1...8, count: 0...8, "ngrams")
    try ConfigurationError.check((8...22).contains(ngramBits), "ngramBits", "must be 8 to 22, not \(ngramBits)")
    try ConfigurationError.check(rate: ngramDropout, "ngramDropout")
    try ConfigurationError.check(rate: inputDropout, "inputDropout")
  }

  /// The same as settings of the blocks, which keep every row.
  package var gated: GatedConfiguration {
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

  /// Takes over the body of another network: all that decides the shapes of its weights. Rows that are pooled before a block
  /// lie as many characters apart as the strides of the pooling make together; its dilation grows by that.
  package mutating func use(body: GatedConfiguration) {
    embedding = body.embedding
    filters = body.filters
    widths = body.widths
    blocks = body.blocks
    let stride = body.pooling == .none ? 1 : body.poolingStride
    var step = 1
    let reaching = (0..<body.blocks).map { block in
      defer { step = min(step * stride, Self.largestDilation) }
      return min(body.dilation(ofBlock: block) * step, Self.largestDilation)
    }
    dilations = stride == 1 ? body.dilations : reaching
    nonlinearity = body.nonlinearity
    normalization = body.normalization
    residual = body.residual
  }

  private static let largestDilation = 1_024
}
