/// The classes of a task, each with its index: sorted, in numeric order if all are integers.
public struct LabelSet: Sendable, Equatable {
  /// The labels in order of their indices.
  public let labels: [String]
  private let indices: [String: Int32]
  /// Labels of older models that have something in them that nobody sees, by what they look like.
  private let lookalikes: [String: Int32]

  /// The number of labels.
  public var count: Int { labels.count }

  /// The distinct labels of a sequence, in any order and repeated as they may be.
  public init(_ labels: some Sequence<String>) {
    let distinct = Set(labels)
    let numbers = distinct.reduce(into: [String: Int]()) { $0[$1] = Int($1) }
    let isNumeric = numbers.count == distinct.count
    let sorted = distinct.sorted { left, right in
      if isNumeric, let first = numbers[left], let second = numbers[right], first != second { return first < second }
      return left < right
    }
    self.init(ordered: sorted)
  }

  /// The same labels in their order, but for one of them that comes last.
  package func with(last label: String) -> LabelSet {
    indices[label] == nil ? self : LabelSet(ordered: labels.filter { $0 != label } + [label])
  }

  private init(ordered: [String]) {
    labels = ordered
    indices = Dictionary(
      ordered.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { first, _ in first })
    lookalikes = Dictionary(
      ordered.enumerated().compactMap { place, label in
        let plain = VisibleText.of(label)
        return plain == label ? nil : (plain, Int32(place))
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The index of a label, nil if it is none of them.
  public func index(of label: String) -> Int32? { indices[label] ?? lookalikes[label] }

  /// The label with an index; traps outside `0..<count` as an array does.
  public subscript(index: Int) -> String { labels[index] }
}

extension LabelSet: Codable {
  /// Decodes an array of labels, in the order of the array.
  /// - Throws: `DecodingError` if there is no label or one occurs twice.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let labels = try container.decode([String].self)
    guard !labels.isEmpty else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "there are no labels")
    }
    self.init(ordered: labels)
    guard indices.count == labels.count else {
      let twice = labels.enumerated().first { indices[$0.element] != Int32($0.offset) }
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "the label \"\(twice?.element ?? "")\" occurs twice")
    }
  }

  /// Encodes as an array.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(labels)
  }
}
