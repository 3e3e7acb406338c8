/// How tags of tokens mark spans.
public enum TagScheme: String, Codable, CaseIterable, Sendable {
  /// Tags stand for themselves: parts of speech.
  case none
  /// B begins a span, I goes on, O is outside. Data in IOB1, where B stands only between two spans of a type, and in IO,
  /// which has no B, are known as this scheme too; ``converting(_:)`` makes them follow it.
  case bio
  /// As BIO, with E for the last token of a span and S for a span of one.
  case bioes
  /// As BIOES, with M for I. Without O it cuts a text into words.
  case bmes

  /// The scheme of a set of tags, such as the labels of a model.
  public init(recognizing tags: some Sequence<String>) {
    let tags = Array(tags)
    let marked = tags.compactMap { SpanTag(marked: $0) }
    let letters = Set(tags.compactMap { $0.unicodeScalars.first })
    // A letter I alone may be any tag; with a type, or beside an O, it is inside of something.
    let hasOutside = tags.contains("O")
    guard !tags.isEmpty, marked.count == tags.count,
      marked.contains(where: {
        switch $0.position {
        case .begin, .single: true
        case .inside: hasOutside || !$0.type.isEmpty
        case .outside, .end: false
        }
      })
    else {
      self = .none
      return
    }
    if letters.contains("M") {
      self = .bmes
    } else {
      self = letters.isDisjoint(with: ["E", "S", "L", "U"]) ? .bio : .bioes
    }
  }

  /// Whether a tag can be read as one that marks spans: O, or a letter of a scheme alone or with a type.
  package static func marks(_ tag: String) -> Bool { SpanTag(marked: tag) != nil }

  /// Whether tags mark spans.
  public var marksSpans: Bool { self != .none }

  /// Tags of `count` tokens that mark these spans, which do not overlap. The scheme ``none`` gives every token of a span its
  /// type. What a span has beyond the tokens is left out.
  public func tags(of spans: [TagSpan], count: Int) -> [String] {
    var tags = [String](repeating: "O", count: max(count, 0))
    for span in spans {
      for place in span.tokens.clamped(to: tags.indices) {
        let isFirst = place == span.tokens.lowerBound
        let isLast = place == span.tokens.upperBound - 1
        let letter =
          switch self {
          case .none: ""
          case .bio: isFirst ? "B" : "I"
          case .bioes: isFirst ? (isLast ? "S" : "B") : isLast ? "E" : "I"
          case .bmes: isFirst ? (isLast ? "S" : "B") : isLast ? "E" : "M"
          }
        tags[place] = self == .none ? span.type : span.type.isEmpty ? letter : "\(letter)-\(span.type)"
      }
    }
    return tags
  }

  /// The same spans in this scheme. A tag sequence that is no sequence of its own scheme is repaired on the way.
  public func converting(_ tags: [String]) -> [String] {
    self.tags(of: TagSpan.spans(of: tags), count: tags.count)
  }

  /// Whether a tag may follow another one; nil stands for the edge of the sentence.
  public func allows(_ next: String?, after before: String?) -> Bool {
    guard marksSpans else { return true }
    let left = before.map(SpanTag.init) ?? .outside
    let right = next.map(SpanTag.init) ?? .outside
    let goesOn = right.position == .inside || right.position == .end
    let isOpen: Bool
    switch left.position {
    case .begin, .inside: isOpen = true
    case .outside, .end, .single: isOpen = false
    }
    if goesOn { return isOpen && left.type == right.type }
    // BIO does not say where a span ends.
    return self == .bio || !isOpen
  }
}
