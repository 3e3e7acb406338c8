public import CharCNNFiles

/// Settings of an architecture.
public protocol NetworkConfiguration: Settings {
  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  var alphabetSize: Int { get set }
  /// Number of classes; of a network that gives a score 1.
  var classes: Int { get set }
  /// The characters that the network prescribes, in the order of their indices from 1 (0 is the unknown character); nil
  /// where they are learned from the training texts.
  var fixedAlphabet: [String]? { get }
  /// Whether letters are mapped to lower case; nil where that is left to the text settings.
  var foldsCase: Bool? { get }
  /// Whether the network makes no sense without a `.vec` file.
  var requiresVectors: Bool { get }
  /// Checks that the settings make a network.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func validate() throws(ConfigurationError)
}

extension NetworkConfiguration {
  /// None.
  public var fixedAlphabet: [String]? { nil }
  /// As the text settings say.
  public var foldsCase: Bool? { nil }
  /// No.
  public var requiresVectors: Bool { false }

  /// Checks what all networks have in common.
  public func validateSizes() throws(ConfigurationError) {
    try ConfigurationError.check(
      (1...1_200_000).contains(alphabetSize), "alphabetSize", "must be 1 to 1200000, not \(alphabetSize)")
    try ConfigurationError.check((1...1_000_000).contains(classes), "classes", "must be 1 to 1000000, not \(classes)")
  }
}

/// A setting that is unknown, of the wrong type, or out of range.
public struct ConfigurationError: CharCNNError, Hashable {
  /// Name of the setting, or of the model.
  public let setting: String
  /// What is wrong and what is allowed.
  public let problem: String
  /// What to do; nil where what is allowed says that.
  public let advice: String?

  /// An error about a setting.
  public init(setting: String, problem: String, advice: String? = nil) {
    self.setting = setting
    self.problem = problem
    self.advice = advice
  }

  /// The setting.
  public var place: String? { setting }

  /// One line: the setting, the problem, and what to do.
  public var description: String { "\(setting) \(problemAndAdvice)".onOneLine }

  static func check(_ condition: Bool, _ setting: String, _ problem: @autoclosure () -> String)
    throws(ConfigurationError)
  {
    if !condition { throw ConfigurationError(setting: setting, problem: problem()) }
  }

  /// Checks that every number of a list lies in a range, and how many there are.
  static func check(
    _ numbers: [Int], in range: ClosedRange<Int>, count: ClosedRange<Int>, _ setting: String
  ) throws(ConfigurationError) {
    try check(
      count.contains(numbers.count) && numbers.allSatisfy(range.contains), setting,
      "must be \(count.lowerBound) to \(count.upperBound) numbers from \(range.lowerBound) to \(range.upperBound), not \(numbers)"
    )
  }

  static func check(rate: Float, _ setting: String) throws(ConfigurationError) {
    try check(rate >= 0 && rate < 1, setting, "must be at least 0 and below 1, not \(rate)")
  }

  /// Checks a fixed length against the shortest text that leaves something to pool.
  static func check(length: Int?, atLeast shortest: Int, because reason: String) throws(ConfigurationError) {
    guard let length else { return }
    try check(
      length >= shortest && length <= 1_000_000, "length",
      "must be \(shortest) to 1000000 (\(reason)) or none, not \(length)")
  }
}
