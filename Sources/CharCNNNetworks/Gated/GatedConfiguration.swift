public import CharCNNCompute

/// Settings of `GatedNetwork`. Every one can be changed by name (`charcnn train --set filters=128`).
public struct GatedConfiguration: NetworkConfiguration {
  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Number of classes.
  public var classes = 0
  /// Dimension d of a character's embedding.
  public var embedding = 64
  /// Filters k of each convolution; a gate leaves half of them.
  public var filters = 256
  /// Kernel widths h; several share the filters equally.
  public var widths = [3]
  /// Number n of blocks.
  public var blocks = 4
  /// Stride of each block's convolution.
  public var stride = 1
  /// Dilation of each block's convolution: one for all, or one a block.
  public var dilations = [1]
  /// What follows a convolution.
  public var nonlinearity = Nonlinearity.glu
  /// Normalization between convolution and gate.
  public var normalization = NormalizationKind.layer
  /// Whether a block's input is added to its output.
  public var residual = true
  /// Pooling between blocks.
  public var pooling = LocalPoolingKind.max
  /// Rows that one pooling window takes in.
  public var poolingWidth = 2
  /// Rows from one pooling window to the next.
  public var poolingStride = 2
  /// Pooling of the whole text after the last block.
  public var globalPooling = GlobalPoolingKind.max
  /// Widths of fully connected layers (with ReLU) before the last one.
  public var hidden: [Int] = []
  /// Rate at which whole characters are dropped before the first layer.
  public var characterDropout: Float = 0.1
  /// Dropout rate after each gate.
  public var blockDropout: Float = 0.1
  /// Dropout rate before each fully connected layer.
  public var dropout: Float = 0.3
  /// Number of characters that texts are cut or padded to; nil (written `none`) keeps each text's own.
  public var length: Int?
  /// What the windows of the blocks' convolutions read: `causal` no character after their own, nil (written `none`) as
  /// many as before it.
  public var padding: WindowGeometry.Padding?

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<GatedConfiguration>] = [
    SettingKey("alphabetSize", \.alphabetSize),
    SettingKey("classes", \.classes),
    SettingKey("embedding", \.embedding),
    SettingKey("filters", \.filters),
    SettingKey("widths", \.widths),
    SettingKey("blocks", \.blocks),
    SettingKey("stride", \.stride),
    SettingKey("dilations", \.dilations),
    SettingKey("nonlinearity", \.nonlinearity),
    SettingKey("normalization", \.normalization),
    SettingKey("residual", \.residual),
    SettingKey("pooling", \.pooling),
    SettingKey("poolingWidth", \.poolingWidth),
    SettingKey("poolingStride", \.poolingStride),
    SettingKey("globalPooling", \.globalPooling),
    SettingKey("hidden", \.hidden),
    SettingKey("characterDropout", \.characterDropout),
    SettingKey("blockDropout", \.blockDropout),
    SettingKey("dropout", \.dropout),
    SettingKey("length", \.length),
    SettingKey("padding", \.padding),
  ]

  /// The default settings.
  public init() {}

  /// The worked example of the tutorial: V = 69, d = 50, h = 3, k = 100, n = 2, L = 200, o = 2.
  public static var tutorial: GatedConfiguration {
    var configuration = GatedConfiguration()
    configuration.alphabetSize = 69
    configuration.classes = 2
    configuration.embedding = 50
    configuration.filters = 100
    configuration.widths = [3]
    configuration.blocks = 2
    configuration.length = 200
    configuration.normalization = .none
    configuration.characterDropout = 0
    configuration.blockDropout = 0
    configuration.dropout = 0
    return configuration
  }

  /// Checks that the settings make a network.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    try validateSizes()
    try ConfigurationError.check((1...4_096).contains(embedding), "embedding", "must be 1 to 4096, not \(embedding)")
    try ConfigurationError.check(
      !widths.isEmpty && widths.allSatisfy { (1...64).contains($0) }, "widths",
      "must be one or more numbers from 1 to 64, not \(widths)")
    let share = filters / max(widths.count, 1)
    try ConfigurationError.check(
      filters >= 1 && filters <= 16_384 && filters % max(widths.count, 1) == 0, "filters",
      "must be a multiple of the number of widths (\(widths.count)) up to 16384, not \(filters)")
    try ConfigurationError.check(
      !nonlinearity.isGate || share % 2 == 0, "filters",
      "must be even for each width, because the gate \(nonlinearity.rawValue) splits them in halves; \(filters) / \(widths.count) is not"
    )
    try ConfigurationError.check((1...64).contains(blocks), "blocks", "must be 1 to 64, not \(blocks)")
    try ConfigurationError.check((1...16).contains(stride), "stride", "must be 1 to 16, not \(stride)")
    try ConfigurationError.check(
      (dilations.count == 1 || dilations.count == blocks) && dilations.allSatisfy { (1...1_024).contains($0) },
      "dilations", "must be one number from 1 to 1024, or one for each of the \(blocks) blocks, not \(dilations)")
    try ConfigurationError.check(
      (1...64).contains(poolingWidth), "poolingWidth", "must be 1 to 64, not \(poolingWidth)")
    try ConfigurationError.check(
      (1...poolingWidth).contains(poolingStride), "poolingStride",
      "must be 1 to poolingWidth (\(poolingWidth)), so that no row is skipped, not \(poolingStride)")
    try ConfigurationError.check(
      hidden.count <= 2 && hidden.allSatisfy { (1...16_384).contains($0) }, "hidden",
      "must be at most two widths from 1 to 16384, not \(hidden)")
    for (name, rate) in [
      ("characterDropout", characterDropout), ("blockDropout", blockDropout), ("dropout", dropout),
    ] {
      try ConfigurationError.check(rate >= 0 && rate < 1, name, "must be at least 0 and below 1, not \(rate)")
    }
    try ConfigurationError.check(padding != .valid, "padding", "must be causal, same or none, not valid")
    if let length {
      try ConfigurationError.check((1...1_000_000).contains(length), "length", "must be 1 to 1000000, not \(length)")
      try ConfigurationError.check(
        widths.allSatisfy { $0 <= length }, "widths", "must be at most the length, \(length), not \(widths)")
      try ConfigurationError.check(
        length * max(filters, embedding) <= 1 << 26, "length",
        "times filters must be at most \(1 << 26), so that one text fits into memory, not \(length) times \(filters)")
    }
  }

  /// Takes over what decides the shapes of another network's embedding and blocks.
  mutating func use(blocksOf body: GatedConfiguration) {
    embedding = body.embedding
    filters = body.filters
    widths = body.widths
    blocks = body.blocks
    dilations = body.dilations
    nonlinearity = body.nonlinearity
    normalization = body.normalization
    residual = body.residual
  }

  /// Checks a network's blocks: what is no setting of the network, and so in no file of it, must be as the network has it.
  ///
  /// - Parameters:
  ///   - names: The network's settings.
  ///   - initial: The blocks of the network's default settings.
  func validate(listed names: [String], initial: GatedConfiguration) throws(ConfigurationError) {
    try validate()
    for key in Self.settingKeys where !names.contains(key.name) && key.name != "classes" {
      try ConfigurationError.check(
        key.text(self) == key.text(initial), key.name, "must be \(key.text(initial)) here, not \(key.text(self))")
    }
  }

  func dilation(ofBlock block: Int) -> Int { dilations.count == 1 ? dilations[0] : dilations[block] }
}

/// Pooling between blocks.
public enum LocalPoolingKind: String, SettingValue, CaseIterable {
  case none
  case max
  case average

  var pooling: Pooling? {
    switch self {
    case .none: nil
    case .max: .max
    case .average: .mean
    }
  }
}
