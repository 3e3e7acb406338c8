/// Settings of ``CharacterTagger``. Every one can be changed by name (`charcnn train --task tagging --set filters=128`).
@dynamicMemberLookup
public struct CharacterTaggerConfiguration: NetworkConfiguration {
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
  public static let settingKeys: [SettingKey<CharacterTaggerConfiguration>] = [
    SettingKey("alphabetSize", \.gated.alphabetSize),
    SettingKey("classes", \.gated.classes),
    SettingKey("embedding", \.gated.embedding),
    SettingKey("ngrams", \.ngrams),
    SettingKey("ngramBits", \.ngramBits),
    SettingKey("filters", \.gated.filters),
    SettingKey("widths", \.gated.widths),
    SettingKey("blocks", \.gated.blocks),
    SettingKey("dilations", \.gated.dilations),
    SettingKey("nonlinearity", \.gated.nonlinearity),
    SettingKey("normalization", \.gated.normalization),
    SettingKey("residual", \.gated.residual),
    SettingKey("characterDropout", \.gated.characterDropout),
    SettingKey("ngramDropout", \.ngramDropout),
    SettingKey("inputDropout", \.inputDropout),
    SettingKey("blockDropout", \.gated.blockDropout),
    SettingKey("dropout", \.gated.dropout),
    SettingKey("output", \.output),
  ]

  /// The default settings.
  public init() {
    gated.pooling = .none
    gated.dilations = [1, 2, 4, 1]
    gated.blockDropout = 0.3
    gated.dropout = 0.5
  }

  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  public var alphabetSize: Int {
    get { gated.alphabetSize }
    set { gated.alphabetSize = newValue }
  }

  /// Number of tags.
  public var classes: Int {
    get { gated.classes }
    set { gated.classes = newValue }
  }

  /// The settings of the blocks, as if they were its own.
  public subscript<Value>(dynamicMember path: WritableKeyPath<GatedConfiguration, Value>) -> Value {
    get { gated[keyPath: path] }
    set { gated[keyPath: path] = newValue }
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

extension CharacterTaggerConfiguration: Codable {
  /// Reads all settings from one object.
  public init(from decoder: any Decoder) throws {
    self.init()
    try decodeSettings(from: decoder)
  }

  /// Writes all settings into one object, those of the blocks as well.
  public func encode(to encoder: any Encoder) throws { try encodeSettings(to: encoder) }
}
