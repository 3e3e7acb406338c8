/// Settings of ``MultikernelNetwork``.
public struct MultikernelConfiguration: NetworkConfiguration {
  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Number of classes.
  public var classes = 0
  /// Dimension d of a character's embedding, and filters of each convolution; the gate leaves half.
  public var embedding = 64
  /// Kernel widths h, one for each of the k branches; widths may repeat.
  public var widths = [2, 3, 4, 5, 6, 7]
  /// Number n of layers: the branches are the first.
  public var rounds = 2
  /// Width of the convolutions over the branches' vectors, in the layers after the first.
  public var roundWidth = 3
  /// Widths of fully connected layers (with ReLU) before the last one.
  public var hidden: [Int] = []
  /// Dropout rate before each fully connected layer.
  public var dropout: Float = 0.3
  /// Number of characters that texts are cut or padded to; nil (written `none`) keeps each text's own.
  public var length: Int?

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<MultikernelConfiguration>] = [
    SettingKey("alphabetSize", \.alphabetSize),
    SettingKey("classes", \.classes),
    SettingKey("embedding", \.embedding),
    SettingKey("widths", \.widths),
    SettingKey("rounds", \.rounds),
    SettingKey("roundWidth", \.roundWidth),
    SettingKey("hidden", \.hidden),
    SettingKey("dropout", \.dropout),
    SettingKey("length", \.length),
  ]

  /// The default settings.
  public init() {}

  public func validate() throws(ConfigurationError) {
    try validateSizes()
    try ConfigurationError.check(
      (2...4_096).contains(embedding) && embedding % 2 == 0, "embedding",
      "must be an even number from 2 to 4096, because the gate splits it in halves, not \(embedding)")
    try ConfigurationError.check(widths, in: 1...64, count: 1...1_024, "widths")
    try ConfigurationError.check((1...64).contains(rounds), "rounds", "must be 1 to 64, not \(rounds)")
    try ConfigurationError.check((1...64).contains(roundWidth), "roundWidth", "must be 1 to 64, not \(roundWidth)")
    try ConfigurationError.check(hidden, in: 1...16_384, count: 0...2, "hidden")
    try ConfigurationError.check(rate: dropout, "dropout")
    try ConfigurationError.check(length: length, atLeast: widths.max() ?? 1, because: "the widest kernel must fit")
  }
}
