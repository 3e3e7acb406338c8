/// Settings of `VDCNNNetwork`; the defaults are the paper's network of 9 convolutions with max pooling.
public struct VDCNNConfiguration: NetworkConfiguration {
  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Number of classes.
  public var classes = 0
  /// Dimension of a character's embedding.
  public var embedding = 16
  /// Feature maps of each level; the first convolution has as many as the first level.
  public var maps = [64, 128, 256, 512]
  /// Convolutions of each level, two a block; with the first one they are the network's depth.
  public var convolutions = [2, 2, 2, 2]
  /// What halves the texts between levels.
  public var downsampling = VDCNNDownsampling.max
  /// Whether the input of a block is added to its output.
  public var shortcut = false
  /// Rows that k-max pooling keeps of a text before the fully connected layers.
  public var kMax = 8
  /// Widths of the fully connected layers before the last.
  public var hidden = [2_048, 2_048]
  /// Number of characters that texts are cut or padded to; nil (written `none`) keeps each text's own.
  public var length: Int? = 1_024

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<VDCNNConfiguration>] = [
    SettingKey("alphabetSize", \.alphabetSize),
    SettingKey("classes", \.classes),
    SettingKey("embedding", \.embedding),
    SettingKey("maps", \.maps),
    SettingKey("convolutions", \.convolutions),
    SettingKey("downsampling", \.downsampling),
    SettingKey("shortcut", \.shortcut),
    SettingKey("kMax", \.kMax),
    SettingKey("hidden", \.hidden),
    SettingKey("length", \.length),
  ]

  /// The paper's network of 9 convolutions.
  public init() {}

  /// Depths that the paper has, with the convolutions of each level.
  public static let depths = [9: [2, 2, 2, 2], 17: [4, 4, 4, 4], 29: [10, 10, 4, 4], 49: [16, 16, 10, 6]]

  /// The paper's network of 9, 17, 29 or 49 convolutions; nil for another depth.
  public init?(depth: Int) {
    guard let convolutions = Self.depths[depth] else { return nil }
    self.convolutions = convolutions
  }

  public func validate() throws(ConfigurationError) {
    try validateSizes()
    try ConfigurationError.check((1...4_096).contains(embedding), "embedding", "must be 1 to 4096, not \(embedding)")
    try ConfigurationError.check(maps, in: 1...16_384, count: 1...8, "maps")
    try ConfigurationError.check(
      convolutions.count == maps.count && convolutions.allSatisfy { $0 % 2 == 0 && (2...256).contains($0) },
      "convolutions",
      "must be an even number from 2 to 256 for each of the \(maps.count) levels of maps, not \(convolutions)")
    try ConfigurationError.check((1...1_024).contains(kMax), "kMax", "must be 1 to 1024, not \(kMax)")
    try ConfigurationError.check(hidden, in: 1...16_384, count: 0...4, "hidden")
    try ConfigurationError.check(length: length, atLeast: 1, because: "a text has a character")
    if let rows = lastRows {
      try ConfigurationError.check(
        kMax <= rows, "kMax",
        "must be at most \(rows), the rows that \(maps.count - 1) halvings leave of length \(length ?? 0), not \(kMax)")
    }
  }

  /// Rows before k-max pooling of a text of the fixed length.
  var lastRows: Int? { length.map { length in (1..<maps.count).reduce(length) { rows, _ in (rows + 1) / 2 } } }
}

/// What halves the texts between the levels of a ``VDCNNNetwork``.
public enum VDCNNDownsampling: String, SettingValue, CaseIterable {
  /// Max pooling of width 3 and stride 2, as in VGG: the paper's best.
  case max
  /// K-max pooling of half of the rows.
  case kMax
  /// Stride 2 of the next level's first convolution, as in ResNet.
  case convolution
}
