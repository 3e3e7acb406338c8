/// Settings of `KimNetwork`; the defaults are the paper's, with characters in place of words.
public struct KimConfiguration: NetworkConfiguration {
  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Number of classes.
  public var classes = 0
  /// Where the embedding comes from and whether it is trained.
  public var variant = KimVariant.rand
  /// Dimension of a character's embedding. The paper has 300 for its words, of which there are tens of thousands; an
  /// alphabet of a hundred characters needs no more than 64.
  public var embedding = 64
  /// Kernel widths h.
  public var widths = [3, 4, 5]
  /// Feature maps of each width.
  public var maps = 100
  /// Dropout rate before the last layer.
  public var dropout: Float = 0.5
  /// Largest L2 norm of the last layer's weights of one class; 0 for no bound.
  public var maximumNorm: Float = 3
  /// Number of characters that texts are cut or padded to; nil (written `none`) keeps each text's own.
  public var length: Int?

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<KimConfiguration>] = [
    SettingKey("alphabetSize", \.alphabetSize),
    SettingKey("classes", \.classes),
    SettingKey("variant", \.variant),
    SettingKey("embedding", \.embedding),
    SettingKey("widths", \.widths),
    SettingKey("maps", \.maps),
    SettingKey("dropout", \.dropout),
    SettingKey("maximumNorm", \.maximumNorm),
    SettingKey("length", \.length),
  ]

  /// The paper's settings.
  public init() {}

  public var requiresVectors: Bool { variant != .rand }

  public func validate() throws(ConfigurationError) {
    try validateSizes()
    try ConfigurationError.check((1...4_096).contains(embedding), "embedding", "must be 1 to 4096, not \(embedding)")
    try ConfigurationError.check(widths, in: 1...64, count: 1...16, "widths")
    try ConfigurationError.check((1...16_384).contains(maps), "maps", "must be 1 to 16384, not \(maps)")
    try ConfigurationError.check(rate: dropout, "dropout")
    try ConfigurationError.check(
      maximumNorm >= 0 && maximumNorm.isFinite, "maximumNorm", "must be a norm, or 0 for no bound, not \(maximumNorm)")
    try ConfigurationError.check(length: length, atLeast: widestWindow, because: "the widest window must fit")
  }

  var widestWindow: Int { widths.max() ?? 1 }
}

/// The variants of the paper.
public enum KimVariant: String, SettingValue, CaseIterable, CustomStringConvertible {
  /// The embedding starts at random and is trained.
  case rand
  /// The embedding is read from a `.vec` file and stays as it is.
  case `static`
  /// The embedding is read from a `.vec` file and trained.
  case nonStatic = "non-static"
  /// Two embeddings from the same `.vec` file, of which one is trained.
  case multichannel

  /// The paper's name.
  public var description: String { rawValue }
}
