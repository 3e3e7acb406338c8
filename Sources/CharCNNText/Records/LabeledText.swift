/// A text and its labels: one class as a rule, several where a text may belong to several.
public struct LabeledText: Hashable, Sendable {
  /// The text as it stands in the file.
  public var text: String
  /// The label, of several the first; nil where the data has none.
  public var label: String?
  /// The labels after the first, none of them twice.
  public var furtherLabels: [String] = []
  /// Whether the data says that none of the labels is right, which is something else than saying nothing.
  public var isOfNoLabel = false
  /// A soft label: the share of each class, above 0, as people or a larger model see it; ``label`` is that of the largest. Nil for a label that
  /// is simply right.
  public var shares: [String: Double]?
  /// How much the text counts in training beside others, 0 or more; nil for 1.
  public var weight: Double?
  /// The line where the record begins, from 1; 0 for one of no file.
  public var line: Int

  /// A text and its label.
  public init(_ text: String, label: String?) { self.init(text: text, label: label) }

  /// A text of a file.
  public init(text: String, label: String?, line: Int = 0) {
    self.text = text
    self.label = label
    self.line = line
  }

  /// A text and a soft label.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - shares: The share of each class, 0 or more; they need not sum to 1. Without any above 0 the text has no label.
  ///   - weight: How much it counts in training beside others; nil for 1.
  public init(_ text: String, shares: [String: Double], weight: Double? = nil) {
    self.init(text: text, label: Self.largest(shares))
    self.shares = shares
    self.weight = weight
  }

  /// The label of the largest share; of equal ones that whose name comes first.
  static func largest(_ shares: [String: Double]) -> String? {
    shares.filter { $0.value > 0 }.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }

  /// A text and all labels that are right, in any order; none says that none of them is.
  public init(_ text: String, labels: [String]) { self.init(text: text, labels: labels, line: 0) }

  /// A text and all its labels.
  ///
  /// - Parameter labels: Nil where the data says nothing.
  package init(text: String, labels: [String]?, line: Int) {
    self.text = text
    self.line = line
    self.labels = labels
  }

  /// All labels; none where it is known that none is right, nil where the data says nothing.
  public var labels: [String]? {
    get { label.map { [$0] + furtherLabels } ?? (isOfNoLabel ? [] : nil) }
    set {
      let all = newValue ?? []
      label = all.first
      furtherLabels = []
      for label in all.dropFirst() where label != self.label && !furtherLabels.contains(label) {
        furtherLabels.append(label)
      }
      isOfNoLabel = newValue?.isEmpty ?? false
    }
  }
}

extension LabeledText: Codable {
  private enum Key: String, CodingKey {
    case text, label, furtherLabels, isOfNoLabel, shares, weight, line
  }

  /// Decodes a text; what earlier versions did not know is as they had it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    text = try container.decode(String.self, forKey: .text)
    label = try container.decodeIfPresent(String.self, forKey: .label)
    furtherLabels = try container.decodeIfPresent([String].self, forKey: .furtherLabels) ?? []
    isOfNoLabel = try container.decodeIfPresent(Bool.self, forKey: .isOfNoLabel) ?? false
    shares = try container.decodeIfPresent([String: Double].self, forKey: .shares)
    weight = try container.decodeIfPresent(Double.self, forKey: .weight)
    line = try container.decode(Int.self, forKey: .line)
  }

  /// Encodes what it has.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(text, forKey: .text)
    try container.encodeIfPresent(label, forKey: .label)
    if !furtherLabels.isEmpty { try container.encode(furtherLabels, forKey: .furtherLabels) }
    if isOfNoLabel { try container.encode(isOfNoLabel, forKey: .isOfNoLabel) }
    try container.encodeIfPresent(shares, forKey: .shares)
    try container.encodeIfPresent(weight, forKey: .weight)
    try container.encode(line, forKey: .line)
  }
}

/// Where a record stands in its source, to read it again without keeping it.
public struct RecordReference: Hashable, Sendable, BitwiseCopyable {
  /// The offset of the record's first byte in the file.
  public var byteOffset: UInt64
  /// The record's length in bytes, without the end of the line.
  public var byteCount: UInt32
  /// The line where the record begins, from 1.
  public var line: Int32
  /// The position of the file in ``LabeledTextSource/files``.
  public var fileIndex: Int32

  /// A reference to what is known to stand there.
  package init(byteOffset: UInt64, byteCount: UInt32, line: Int32, fileIndex: Int32) {
    self.byteOffset = byteOffset
    self.byteCount = byteCount
    self.line = line
    self.fileIndex = fileIndex
  }
}
