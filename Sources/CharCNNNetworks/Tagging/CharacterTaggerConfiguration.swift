/// Settings of ``CharacterTagger``. Every one can be changed by name (`charcnn train --task tagging --set filters=128`).
public struct CharacterTaggerConfiguration: BodiedConfiguration {
  /// The embedding, the blocks, and the scores behind them. The blocks keep every row.
  public var gated = GatedConfiguration()
  /// Lengths of the hashed n-grams around each character that are added to its embedding; empty (`none`) for none.
  public var ngrams = [2]
  /// Logarithm of the number of rows of their table.
  public var ngramBits = 15
  /// Rate at which n-grams are dropped.
  public var ngramDropout: Float = 0.5
  /// Dropout rate of the characters' vectors.
  public var inputDropout: Float = 0.4
  /// What turns scores into tags.
  public var output = TagOutputKind.crf

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<CharacterTaggerConfiguration>] =
    body("alphabetSize", "classes", "embedding")
    + [
      SettingKey("ngrams", \.ngrams),
      SettingKey("ngramBits", \.ngramBits),
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
    gated.pooling = .none
    gated.dilations = [1, 2, 4, 1]
    gated.blockDropout = 0.3
    gated.dropout = 0.5
  }

  /// Checks that the settings make a network.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    try gated.validate(listed: settingNames, initial: Self().gated)
    try ConfigurationError.check(ngrams, in: 1...8, count: 0...8, "ngrams")
    try ConfigurationError.check((8...22).contains(ngramBits), "ngramBits", "must be 8 to 22, not \(ngramBits)")
    try ConfigurationError.check(rate: ngramDropout, "ngramDropout")
    try ConfigurationError.check(rate: inputDropout, "inputDropout")
  }

  /// Takes over the body of another network: all that decides the shapes of its weights. Rows that are pooled before a block
  /// lie as many characters apart as the strides of the pooling make together; its dilation grows by that.
  package mutating func use(body: GatedConfiguration) {
    gated.use(blocksOf: body)
    let stride = body.pooling == .none ? 1 : body.poolingStride
    guard stride > 1 else { return }
    var step = 1
    gated.dilations = (0..<body.blocks).map { block in
      defer { step = min(step * stride, Self.largestDilation) }
      return min(body.dilation(ofBlock: block) * step, Self.largestDilation)
    }
  }

  private static let largestDilation = 1_024
}
