/// A run of tokens that have something in common: a name, a word of characters.
public struct TagSpan: Hashable, Codable, Sendable {
  /// What it is, such as `PER`; empty for tags without a type.
  public var type: String
  /// Its tokens.
  public var tokens: Range<Int>

  /// A span.
  public init(type: String, tokens: Range<Int>) {
    self.type = type
    self.tokens = tokens
  }

  /// The spans that tags mark, by the rules of CoNLL's evaluation (Tjong Kim Sang & Buchholz 2000): the same for BIO, BIOES
  /// and BMES, and for sequences that no scheme allows. A span begins at B or S, at a tag inside of a span where none is
  /// open, and where the type changes.
  public static func spans(of tags: some Sequence<String>) -> [TagSpan] {
    var spans: [TagSpan] = []
    var open: (type: Substring, start: Int)?
    var before = SpanTag.outside
    var place = 0
    for text in tags {
      let tag = SpanTag(text)
      if let span = open, before.ends(with: tag) {
        spans.append(TagSpan(type: String(span.type), tokens: span.start..<place))
        open = nil
      }
      if open == nil, tag.begins(after: before) { open = (tag.type, place) }
      before = tag
      place += 1
    }
    if let span = open { spans.append(TagSpan(type: String(span.type), tokens: span.start..<place)) }
    return spans
  }
}

/// A tag as a position within a span and a type.
struct SpanTag {
  enum Position {
    case outside
    case begin
    case inside
    case end
    case single
  }

  static let outside = SpanTag(position: .outside, type: "")
  let position: Position
  let type: Substring

  init(position: Position, type: Substring) {
    self.position = position
    self.type = type
  }

  /// Reads `B-PER`, `B_PER` or `B`. M is I, as in BMES; L is E and U is S, as in BILOU. What has no such letter is outside.
  init(_ tag: String) {
    self = SpanTag(marked: tag) ?? .outside
  }

  init?(marked tag: String) {
    guard let letter = tag.utf8.first else { return nil }
    // Scalars, because a type may begin with a mark that would join the hyphen before it.
    let rest = tag.unicodeScalars.dropFirst()
    guard rest.isEmpty || rest.first == "-" || rest.first == "_" else { return nil }
    type = Substring(rest.dropFirst())
    switch letter {
    case UInt8(ascii: "O") where rest.isEmpty: position = .outside
    case UInt8(ascii: "B"): position = .begin
    case UInt8(ascii: "I"), UInt8(ascii: "M"): position = .inside
    case UInt8(ascii: "E"), UInt8(ascii: "L"): position = .end
    case UInt8(ascii: "S"), UInt8(ascii: "U"): position = .single
    default: return nil
    }
  }

  /// Whether a span that this tag is in ends before the next tag.
  func ends(with next: SpanTag) -> Bool {
    switch position {
    case .outside: false
    case .end, .single: true
    case .begin, .inside:
      next.position == .outside || next.position == .begin || next.position == .single || next.type != type
    }
  }

  /// Whether a span begins with this tag.
  func begins(after before: SpanTag) -> Bool {
    switch position {
    case .outside: false
    case .begin, .single: true
    case .inside, .end:
      before.position == .outside || before.position == .end || before.position == .single || before.type != type
    }
  }
}
