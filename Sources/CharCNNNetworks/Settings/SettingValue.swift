public import CharCNNCompute

/// What a setting can be: something that is written as text and read from it.
public protocol SettingValue: Codable, Sendable {
  /// The value that a text means.
  ///
  /// - Returns: Nil for a text that means none of this kind.
  init?(settingText: String)
  /// As it is listed; the text means the value again.
  var settingText: String { get }
  /// The names of all values; nil where they have none, as numbers and lists.
  static var settingChoices: [String]? { get }
  /// Whether files leave it out.
  var isLeftOut: Bool { get }
  /// The value of a setting that files leave out; nil where they cannot.
  static var leftOut: Self? { get }
}

extension SettingValue {
  public var settingText: String { "\(self)" }
  public static var settingChoices: [String]? { nil }
  public var isLeftOut: Bool { false }
  public static var leftOut: Self? { nil }
}

extension SettingValue where Self: RawRepresentable, RawValue == String {
  public init?(settingText: String) { self.init(rawValue: settingText) }
}

extension SettingValue where Self: CaseIterable & RawRepresentable, RawValue == String {
  public static var settingChoices: [String]? { allCases.map(\.rawValue) }
}

extension Int: SettingValue {
  /// A whole number, also as `1e3` or `2.0`.
  public init?(settingText: String) {
    guard let number = Int(settingText) ?? Double(settingText).flatMap({ Int(exactly: $0) }) else { return nil }
    self = number
  }
}

extension UInt64: SettingValue {
  /// A whole number, also as `1e3` or `2.0`.
  public init?(settingText: String) {
    guard let number = UInt64(settingText) ?? Double(settingText).flatMap({ UInt64(exactly: $0) }) else { return nil }
    self = number
  }
}

extension Double: SettingValue {
  /// A finite number.
  public init?(settingText: String) {
    guard let number = Double(settingText), number.isFinite else { return nil }
    self = number
  }
}

extension Float: SettingValue {
  /// A finite number.
  public init?(settingText: String) {
    guard let number = Double(settingText), Float(number).isFinite else { return nil }
    self = Float(number)
  }
}

extension Bool: SettingValue {
  /// `true` or `false`.
  public init?(settingText: String) { self.init(settingText) }
}

extension String: SettingValue {
  /// The text itself.
  public init?(settingText: String) { self = settingText }
  public var settingText: String { self }
}

extension [Int]: SettingValue {
  /// Whole numbers between commas, or `none`.
  public init?(settingText: String) {
    let parts = settingText == "none" ? [] : settingText.split(separator: ",")
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count else { return nil }
    self = numbers
  }

  public var settingText: String { isEmpty ? "none" : map(String.init).joined(separator: ",") }
}

extension Optional: SettingValue where Wrapped: SettingValue {
  /// A value, or `none`.
  public init?(settingText: String) {
    if settingText == "none" {
      self = .none
    } else {
      guard let value = Wrapped(settingText: settingText) else { return nil }
      self = .some(value)
    }
  }

  public var settingText: String { map(\.settingText) ?? "none" }
  public var isLeftOut: Bool { self == nil }
  public static var leftOut: Self? { .some(.none) }
}

extension WindowGeometry.Padding: SettingValue {}

extension Precision: SettingValue {}
