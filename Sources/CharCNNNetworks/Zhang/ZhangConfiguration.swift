internal import CharCNNCompute

/// Settings of `ZhangNetwork`; the defaults are the paper's small network.
public struct ZhangConfiguration: NetworkConfiguration {
  /// Inputs of the first convolution: characters of the alphabet, the unknown one included.
  public var alphabetSize = 0
  /// Number of classes.
  public var classes = 0
  /// Which characters are read.
  public var alphabet = ZhangAlphabet.paper
  /// Whether a text is read from its last character to its first.
  public var reversed = true
  /// Feature maps of each convolution.
  public var maps = 256
  /// Kernel widths, one for each convolution.
  public var widths = [7, 7, 3, 3, 3, 3]
  /// Width and stride of the max pooling after each convolution; 1 for none.
  public var poolings = [3, 3, 1, 1, 1, 3]
  /// Widths of the fully connected layers before the last.
  public var hidden = [1_024, 1_024]
  /// Dropout rate after each fully connected layer but the last.
  public var dropout: Float = 0.5
  /// Standard deviation of the initial weights.
  public var deviation: Float = 0.05
  /// Number of characters that texts are cut or padded to; nil (written `none`) keeps each text's own, and the maximum
  /// of each feature map takes the place of the flattened frames.
  public var length: Int? = 1_014

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<ZhangConfiguration>] = [
    SettingKey("alphabetSize", \.alphabetSize),
    SettingKey("classes", \.classes),
    SettingKey("alphabet", \.alphabet),
    SettingKey("reversed", \.reversed),
    SettingKey("maps", \.maps),
    SettingKey("widths", \.widths),
    SettingKey("poolings", \.poolings),
    SettingKey("hidden", \.hidden),
    SettingKey("dropout", \.dropout),
    SettingKey("deviation", \.deviation),
    SettingKey("length", \.length),
  ]

  /// The paper's small network.
  public init() {}

  /// The paper's small network: 256 maps, 1024 units.
  public static var small: ZhangConfiguration { ZhangConfiguration() }

  /// The paper's large network: 1024 maps, 2048 units.
  public static var large: ZhangConfiguration {
    var configuration = ZhangConfiguration()
    configuration.maps = 1_024
    configuration.hidden = [2_048, 2_048]
    configuration.deviation = 0.02
    return configuration
  }

  /// The same network on the paper's "Full" alphabet.
  public var keepingCase: ZhangConfiguration {
    var configuration = self
    configuration.alphabet = .full
    return configuration
  }

  public var fixedAlphabet: [String]? { alphabet.units }

  public var foldsCase: Bool? {
    switch alphabet {
    case .paper: true
    case .full: false
    case .data: nil
    }
  }

  public func validate() throws(ConfigurationError) {
    try validateSizes()
    try ConfigurationError.check((1...16_384).contains(maps), "maps", "must be 1 to 16384, not \(maps)")
    try ConfigurationError.check(widths, in: 1...64, count: 1...32, "widths")
    try ConfigurationError.check(
      poolings.count == widths.count && poolings.allSatisfy { (1...64).contains($0) }, "poolings",
      "must be one number from 1 to 64 for each of the \(widths.count) widths, not \(poolings)")
    try ConfigurationError.check(hidden, in: 1...16_384, count: 0...4, "hidden")
    try ConfigurationError.check(rate: dropout, "dropout")
    try ConfigurationError.check(deviation > 0 && deviation < 10, "deviation", "must be above 0, not \(deviation)")
    try ConfigurationError.check(
      length: length, atLeast: shortestText, because: "shorter texts leave no frame after the last pooling")
  }

  /// Characters that leave exactly one frame.
  var shortestText: Int {
    zip(widths, poolings).reversed().reduce(1) { frames, layer in frames * layer.1 + layer.0 - 1 }
  }

  /// Windows of a convolution.
  func convolution(_ number: Int) -> WindowGeometry { WindowGeometry(width: widths[number], padding: .valid) }

  /// Windows of the pooling after a convolution; nil for none.
  func pooling(_ number: Int) -> WindowGeometry? {
    let width = poolings[number]
    return width == 1 ? nil : WindowGeometry(width: width, stride: width, padding: .valid)
  }

  /// Frames after the last pooling of a text of the fixed length.
  var frames: Int? {
    length.map { length in
      widths.indices.reduce(length) { rows, number in
        let convolved = convolution(number).outputLength(rows)
        return pooling(number)?.outputLength(convolved) ?? convolved
      }
    }
  }
}
