import CharCNNFiles

/// What values a setting can have.
package struct SettingRange: Sendable {
  /// An end of a range of numbers.
  package struct Bound: Sendable {
    /// The number.
    package let value: Double
    /// Whether the number itself is no value.
    package let isExcluded: Bool
  }

  /// What a value is.
  package enum Kind: Sendable {
    case whole
    case number
    /// True or false.
    case truth
    /// One of some names.
    case choice([String])
    /// Whole numbers between commas: at least so many of them, and at most so many where there is a bound.
    case list(least: Int, most: Int?)
    case text
  }

  /// What a value is.
  package let kind: Kind
  /// The least number; nil where there is no bound.
  package private(set) var lower: Bound?
  /// The largest number; nil where there is no bound.
  package private(set) var upper: Bound?
  /// Words that stand in the place of a value.
  package private(set) var words: [String] = []

  private init(_ kind: Kind, _ lower: Bound? = nil, _ upper: Bound? = nil) {
    self.kind = kind
    self.lower = lower
    self.upper = upper
  }

  private static func bound(_ value: Double?, excluded: Bool = false) -> Bound? {
    value.map { Bound(value: $0, isExcluded: excluded) }
  }

  /// A whole number of a range.
  static func whole(_ range: ClosedRange<Int>) -> SettingRange {
    SettingRange(.whole, bound(Double(range.lowerBound)), bound(Double(range.upperBound)))
  }

  /// A whole number without an upper bound.
  static func whole(from lower: Int) -> SettingRange { SettingRange(.whole, bound(Double(lower))) }

  /// A number of a range with both its ends.
  static func number(_ range: ClosedRange<Double>) -> SettingRange {
    SettingRange(.number, bound(range.lowerBound), bound(range.upperBound))
  }

  /// A number above another, and up to a third, if any.
  static func number(above lower: Double, to upper: Double? = nil) -> SettingRange {
    SettingRange(.number, bound(lower, excluded: true), bound(upper))
  }

  /// A number between two others.
  static func number(above lower: Double, below upper: Double) -> SettingRange {
    SettingRange(.number, bound(lower, excluded: true), bound(upper, excluded: true))
  }

  /// A number from another on, below a third, if any.
  static func number(from lower: Double, below upper: Double? = nil) -> SettingRange {
    SettingRange(.number, bound(lower), bound(upper, excluded: true))
  }

  /// A rate of dropout and the like: from 0 on, below 1.
  static var rate: SettingRange { .number(from: 0, below: 1) }

  /// True or false.
  static var truth: SettingRange { SettingRange(.truth) }

  /// Any text.
  static var text: SettingRange { SettingRange(.text) }

  /// One of the names of an enumeration's values.
  static func choice<Value: CaseIterable & RawRepresentable>(_ type: Value.Type) -> SettingRange
  where Value.RawValue == String {
    SettingRange(.choice(type.allCases.map(\.rawValue)))
  }

  /// One of some names.
  static func choice(of names: String...) -> SettingRange { SettingRange(.choice(names)) }

  /// Whole numbers of a range between commas.
  static func list(of range: ClosedRange<Int>, least: Int = 1, most: Int? = nil) -> SettingRange {
    var result = SettingRange(
      .list(least: least, most: most), bound(Double(range.lowerBound)), bound(Double(range.upperBound)))
    if least == 0 { result.words = [noneName] }
    return result
  }

  /// The word for no value.
  private static let noneName = "none"

  /// The same, or nothing.
  var orNone: SettingRange { or(Self.noneName) }

  /// The same, or a word in its place.
  func or(_ word: String) -> SettingRange {
    var range = self
    range.words = [word] + range.words
    return range
  }

  /// What can be written, in a line.
  package func text(_ language: SettingWords.Language) -> String {
    let isEnglish = language == .english
    let values: String
    switch kind {
    case .whole, .number: values = numbers(isEnglish)
    case .truth: values = isEnglish ? "true or false" : "true 或 false"
    case .choice(let names): values = names.joined(separator: isEnglish ? ", " : "、")
    case .text: values = isEnglish ? "text" : "文本"
    case .list(_, let most):
      let count = most.map { isEnglish ? ", at most \($0) of them" : "，最多 \($0) 个" } ?? ""
      values =
        isEnglish ? "numbers between commas, each \(numbers(true))\(count)" : "用逗号分隔的整数，每个 \(numbers(false))\(count)"
    }
    return ([values] + words).joined(separator: isEnglish ? ", or " : "，或 ")
  }

  private func numbers(_ isEnglish: Bool) -> String {
    let low = lower.map { Self.shown($0.value) }
    let high = upper.map { Self.shown($0.value) }
    switch (lower?.isExcluded, upper?.isExcluded) {
    case (false, false): return isEnglish ? "\(low ?? "") to \(high ?? "")" : "\(low ?? "") 到 \(high ?? "")"
    case (let isAbove?, let isBelow?):
      let (first, second) =
        isEnglish
        ? (isAbove ? "above" : "at least", isBelow ? "below" : "at most")
        : (isAbove ? "大于" : "不小于", isBelow ? "小于" : "不大于")
      let and = isEnglish ? " and " : "，"
      return "\(first) \(low ?? "")\(and)\(second) \(high ?? "")"
    case (let isAbove?, nil):
      return isEnglish
        ? "\(isAbove ? "above" : "at least") \(low ?? "")" : "\(isAbove ? "大于" : "不小于") \(low ?? "")"
    default: return isEnglish ? "any number" : "任何数"
    }
  }

  /// A bound as people write it.
  private static func shown(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? (value < 0.001 ? Decimals.rounded(value, decimals: 6) : "\(value)")
  }
}
