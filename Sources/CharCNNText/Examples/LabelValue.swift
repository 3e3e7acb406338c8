/// What a member of your own type can be to serve as a label: a string, an `Int`, `Double` or `Float`, a `Bool`, or nothing of
/// these.
public protocol LabelValue: SendableMetatype {
  /// The label as it would stand in a file; nil for none.
  var labelText: String? { get }
}

extension String: LabelValue {
  /// The string itself.
  public var labelText: String? { self }
}

extension Substring: LabelValue {
  /// The substring as a string.
  public var labelText: String? { String(self) }
}

extension Int: LabelValue {
  /// The number in decimal digits.
  public var labelText: String? { description }
}

extension Bool: LabelValue {
  /// `true` or `false`.
  public var labelText: String? { description }
}

extension Double: LabelValue {
  /// The number in the fewest decimal digits that mean it, as scores of pairs are written.
  public var labelText: String? { description }
}

extension Float: LabelValue {
  /// The number in the fewest decimal digits that mean it, as scores of pairs are written.
  public var labelText: String? { description }
}

extension Optional: LabelValue where Wrapped: LabelValue {
  /// The label, where there is one.
  public var labelText: String? { flatMap(\.labelText) }
}
