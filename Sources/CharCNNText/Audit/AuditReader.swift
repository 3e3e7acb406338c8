/// Reads all texts once and notes of each what an audit asks for.
struct AuditReader {
  typealias Audit = LabeledText.Audit

  /// A number of texts, and the first of them.
  struct Tally {
    private(set) var count = 0
    private(set) var first: [Int] = []

    mutating func add(_ text: Int) {
      count += 1
      if first.count < 3 { first.append(text) }
    }
  }

  /// What is wrong with characters of a text.
  enum CharacterFault: CaseIterable {
    case encoding
    case markup
  }

  private(set) var summaries: [Audit.Source] = []
  private(set) var reports: [ReadingReport] = []
  private(set) var sources: [AuditedSource] = []
  private(set) var texts = AuditedTexts()
  /// By what texts are the same but for case and punctuation.
  private(set) var copies = TextCopies()
  /// By what they are the same.
  private(set) var exact: [UInt64] = []
  /// By what they are nearly the same.
  private(set) var signatures: [NearCopies.Signature?] = []
  /// Texts with a fault of their characters.
  private(set) var faults: [CharacterFault: Tally] = [:]
  /// Texts without a letter or digit.
  private(set) var empty = Tally()
  /// Texts that are longer than a classifier reads.
  private(set) var long = Tally()
  /// Texts to measure with that have characters that no text to learn from has.
  private(set) var strange = Tally()
  /// These characters, with the number of their occurrences.
  private(set) var strangeCharacters: [Unicode.Scalar: Int] = [:]

  private var likeness = TextLikeness()
  private var known = ScalarTable<UInt8>()
  private let normalizer = Normalizer(settings: TextSettings())

  /// Characters of a text that the n-grams of a classifier read, as a rule.
  static let readCharacters = 16_384

  /// - Parameters:
  ///   - sources: What to read.
  ///   - progress: Receives the number of texts.
  init(_ sources: [AuditedSource], progress: (Int) -> Void) throws {
    self.sources = sources
    for source in sources { try read(source, progress) }
  }

  private mutating func read(_ source: AuditedSource, _ progress: (Int) -> Void) throws {
    texts.begin(source)
    var summary = Audit.Source(name: source.name, role: source.role, summary: source.summary)
    var lengths: [Int32] = []
    let report = try source.forEachText { text, reference, row in
      let number = texts.count
      texts.append(text, reference, row: row)
      if let labels = text.labels {
        for label in labels { summary.labels[label, default: 0] += 1 }
      } else {
        summary.withoutLabel += 1
      }
      lengths.append(Int32(clamping: text.text.unicodeScalars.count))
      look(at: text, number, isHeld: source.role == .held)
      if let script = script(of: text.text) { summary.scripts[script, default: 0] += 1 }
      if texts.count % 4_096 == 0 { progress(texts.count) }
    }
    summary.texts = lengths.count
    summary.faultyRecords = report.faultCount
    let all = lengths.reduce(0) { $0 + Int($1) }
    lengths.sort()
    if let shortest = lengths.first, let longest = lengths.last {
      summary.lengths = Audit.Lengths(
        shortest: Int(shortest), median: Int(lengths[lengths.count / 2]), longest: Int(longest), all: all)
    }
    summaries.append(summary)
    reports.append(report)
    progress(texts.count)
  }

  private mutating func look(at text: LabeledText, _ number: Int, isHeld: Bool) {
    let letters = likeness.letters(of: text.text)
    copies.add(digest: likeness.digest(of: text.text, letters: letters), label: text.shownLabels)
    exact.append(TextLikeness.exactDigest(of: text.text))
    signatures.append(
      NearCopies.signature(
        of: letters.count > NearCopies.mostLetters ? Array(letters[..<NearCopies.mostLetters]) : letters))
    if letters.isEmpty { empty.add(number) }
    for fault in CharacterFault.allCases where fault.stands(in: text.text) {
      faults[fault, default: Tally()].add(number)
    }
    var sink = KnownSink(known: ScalarTable(), learns: !isHeld)
    swap(&sink.known, &known)
    normalizer.normalize(text.text, into: &sink)
    swap(&sink.known, &known)
    if sink.characters > Self.readCharacters { long.add(number) }
    if !sink.strange.isEmpty {
      strange.add(number)
      for character in sink.strange { strangeCharacters[character, default: 0] += 1 }
    }
  }

  /// Letters of a text that tell its script.
  private static let lettersOfScript = 1_000

  /// The script of most letters of a text; nil for one without.
  private func script(of text: String) -> String? {
    var counts = [Int](repeating: 0, count: LanguageScripts.names.count)
    var letters = 0
    for scalar in text.unicodeScalars {
      let script: LanguageScripts
      if scalar.isASCII {
        guard ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) else { continue }
        script = .latin
      } else {
        guard scalar.properties.isAlphabetic else { continue }
        script = LanguageScripts(of: scalar)
      }
      counts[LanguageScripts.places[script] ?? counts.count - 1] += 1
      letters += 1
      if letters == Self.lettersOfScript { break }
    }
    guard let most = counts.max(), most > 0, let place = counts.firstIndex(of: most) else { return nil }
    return LanguageScripts.names[place].name
  }
}

extension LanguageScripts {
  fileprivate static let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1.script, $0) })
}

/// Learns which characters there are, or finds those that are new.
private struct KnownSink: ScalarSink {
  var known: ScalarTable<UInt8>
  let learns: Bool
  var characters = 0
  var strange: [Unicode.Scalar] = []

  @inline(__always)
  mutating func take(_ value: UInt32, _ start: Int, _ end: Int) -> Bool {
    characters += 1
    guard let scalar = Unicode.Scalar(value), known[scalar] == 0 else { return true }
    if learns { known[scalar] = 1 } else { strange.append(scalar) }
    return true
  }
}

extension AuditReader.CharacterFault {
  /// Whether a text shows it.
  func stands(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      switch self {
      case .encoding: Self.hasEncodingFault(bytes)
      case .markup: Self.hasMarkup(bytes)
      }
    }
  }

  /// Characters that stand for lost ones (U+FFFD), control characters, and UTF-8 that was taken for Latin-1 or Windows-1252
  /// and encoded once more, such as `Ã©` for `é`.
  private static func hasEncodingFault(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    func follows(_ place: Int, _ expected: [UInt8]) -> Bool {
      place + expected.count <= bytes.count && zip(bytes[place...], expected).allSatisfy { $0 == $1 }
    }
    for (place, byte) in bytes.enumerated() {
      switch byte {
      case 0x00..<0x09, 0x0B, 0x0E..<0x20, 0x7F: return true
      case 0xC2 where place + 1 < bytes.count && bytes[place + 1] < 0xA0: return true
      // Ã or Â and a sign between U+00A0 and U+00BF.
      case 0xC3
      where place + 3 < bytes.count && (bytes[place + 1] == 0x82 || bytes[place + 1] == 0x83)
        && bytes[place + 2] == 0xC2:
        return true
      // â€, as in â€™ for an apostrophe.
      case 0xC3 where follows(place, [0xC3, 0xA2, 0xE2, 0x82, 0xAC]): return true
      case 0xEF where follows(place, [0xEF, 0xBF, 0xBD]): return true
      // 锟斤, what two lost characters become in GBK.
      case 0xE9 where follows(place, [0xE9, 0x94, 0x9F, 0xE6, 0x96, 0xA4]): return true
      default: break
      }
    }
    return false
  }

  /// A tag such as `<br />`, or an entity such as `&amp;`.
  private static func hasMarkup(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    for (place, byte) in bytes.enumerated() where place + 2 < bytes.count {
      let rest = bytes[(place + 1)...].prefix(12)
      if byte == UInt8(ascii: "&") {
        let name = rest.prefix { isLetter($0) || $0 == UInt8(ascii: "#") || (0x30...0x39).contains($0) }
        if name.count >= 2, name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: ";") { return true }
      } else if byte == UInt8(ascii: "<"), isLetter(rest.first ?? 0) || rest.first == UInt8(ascii: "/") {
        let name = rest.drop { $0 == UInt8(ascii: "/") }.prefix(while: isLetter)
        guard !name.isEmpty, name.endIndex < bytes.count else { continue }
        if [UInt8(ascii: ">"), UInt8(ascii: " "), UInt8(ascii: "/")].contains(bytes[name.endIndex]),
          bytes[name.endIndex...].prefix(200).contains(UInt8(ascii: ">"))
        {
          return true
        }
      }
    }
    return false
  }
}
