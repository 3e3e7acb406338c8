internal import CharCNNFiles

/// Settings of a network or of its training: a plain value with a default for everything, stored with the model.
public protocol Settings: Codable, Sendable, Hashable {}

/// Settings of an architecture.
public protocol NetworkConfiguration: Settings {
  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  var alphabetSize: Int { get set }
  /// Number of classes.
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
  func validateSizes() throws(ConfigurationError) {
    try ConfigurationError.check(
      (1...1_200_000).contains(alphabetSize), "alphabetSize", "must be 1 to 1200000, not \(alphabetSize)")
    try ConfigurationError.check((2...1_000_000).contains(classes), "classes", "must be 2 to 1000000, not \(classes)")
  }
}

/// A setting that is unknown, of the wrong type, or out of range.
public struct ConfigurationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Name of the setting, or of the model.
  public let setting: String
  /// What is wrong and what is allowed.
  public let problem: String

  /// An error about a setting.
  public init(setting: String, problem: String) {
    self.setting = setting
    self.problem = problem
  }

  /// One line: the setting and the problem.
  public var description: String { "\(setting) \(problem)" }

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

extension Settings {
  /// Names of all settings, in the order of their declaration.
  public var settingNames: [String] { Mirror(reflecting: self).children.compactMap(\.label) }

  /// Changes one setting from text: a number, true or false, a name, a list (`2,3,4`) or `none`.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name or a value that does not fit.
  public mutating func set(_ name: String, to text: String) throws(ConfigurationError) {
    guard settingNames.contains(name) else {
      throw ConfigurationError(
        setting: name,
        problem:
          "is no setting; \(Spelling.question(name, settingNames))there are \(settingNames.joined(separator: ", "))")
    }
    for value in Self.readings(of: text) {
      if let changed = replacing(name, with: value) {
        self = changed
        return
      }
    }
    let choices = choices(of: name).map { "it can be \($0.joined(separator: ", ")), and" } ?? "it"
    throw ConfigurationError(setting: name, problem: "cannot be \"\(text)\"; \(choices) is \(value(of: name)) now")
  }

  /// The names that a setting may have; nil for numbers and lists.
  private func choices(of name: String) -> [String]? {
    func names<Choice: CaseIterable>(_ type: Choice.Type) -> [String] {
      type.allCases.map { ($0 as? any RawRepresentable<String>)?.rawValue ?? "\($0)" }
    }
    let child = Mirror(reflecting: self).children.first { $0.label == name }
    return (child.map { type(of: $0.value) } as? any CaseIterable.Type).map { names($0) }
  }

  /// What a text may mean, the most specific first.
  private static func readings(of text: String) -> [JSONValue] {
    var readings: [JSONValue] = []
    if text == "none" { readings.append(.null) }
    let parts = text.isEmpty ? [] : text.split(separator: ",").map(String.init)
    if text == "true" { readings.append(.bool(true)) }
    if text == "false" { readings.append(.bool(false)) }
    if let number = Int(text) { readings.append(.integer(number)) }
    if let number = Double(text), number.isFinite { readings.append(.number("\(number)")) }
    let numbers = parts.compactMap { Int($0) }
    if numbers.count == parts.count { readings.append(.array(numbers.map { .integer($0) })) }
    if text == "none" { readings.append(.array([])) }
    readings.append(.string(text))
    return readings
  }

  private func replacing(_ name: String, with value: JSONValue) -> Self? {
    guard let bytes = try? JSONCoding.bytes(self, isIndented: false),
      case .object(var members)? = try? bytes.withUnsafeBytes({ try JSONParser.parse($0) })
    else { return nil }
    let place = members.firstIndex { $0.name == name }
    if let place { members.remove(at: place) }
    if value != .null {
      members.append(JSONValue.Member(name: name, value: value))
    } else if place == nil, !isOptional(name) {
      return nil
    }
    return try? JSONCoding.value(Self.self, from: Array(JSONValue.object(members).text.utf8))
  }

  private func isOptional(_ name: String) -> Bool {
    Mirror(reflecting: self).children.contains {
      $0.label == name && Mirror(reflecting: $0.value).displayStyle == .optional
    }
  }

  /// A setting as text: a number, a name, a comma-separated list or `none`.
  public func value(of name: String) -> String {
    guard let child = Mirror(reflecting: self).children.first(where: { $0.label == name }) else { return "unset" }
    let mirror = Mirror(reflecting: child.value)
    if mirror.displayStyle == .optional {
      guard let value = mirror.children.first?.value else { return "none" }
      return "\(value)"
    }
    if let list = child.value as? [Any] { return list.isEmpty ? "none" : list.map { "\($0)" }.joined(separator: ",") }
    return "\(child.value)"
  }
}
