/// What is the same of texts that differ only in case, blanks, punctuation, width, or characters that nobody sees: the letters,
/// digits and symbols that are left, normalized (NFKC) and in lower case.
package struct TextLikeness: Sendable {
  private let normalizer = Normalizer(settings: TextSettings())
  private var sink = LikenessSink()

  /// Memory for one text after another.
  package init() {}

  /// A digest of what is left of a text; where nothing is, of the text as it stands.
  package mutating func digest(of text: String) -> UInt64 {
    read(text)
    return digest(of: text, letters: sink.letters)
  }

  /// What is left of a text, or the beginning of it.
  mutating func letters(of text: String, most: Int = .max) -> [UInt32] {
    read(text)
    return sink.letters.count > most ? Array(sink.letters[..<most]) : sink.letters
  }

  func digest(of text: String, letters: [UInt32]) -> UInt64 {
    guard !letters.isEmpty else { return ~Self.exactDigest(of: text) }
    var hash = TextHash()
    for letter in letters { hash.add(UInt64(letter)) }
    return hash.value
  }

  private mutating func read(_ text: String) {
    sink.letters.removeAll(keepingCapacity: true)
    normalizer.normalize(text, into: &sink)
  }

  /// A digest of a text as it stands.
  package static func exactDigest(of text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { bytes in
      var hash = TextHash()
      hash.add(UInt64(bytes.count))
      let raw = UnsafeRawBufferPointer(bytes)
      var position = 0
      while position + 8 <= raw.count {
        hash.add(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
        position += 8
      }
      var rest: UInt64 = 0
      for byte in raw[position...] { rest = rest << 8 | UInt64(byte) }
      hash.add(rest)
      return hash.value
    }
  }
}

/// A digest of 64 bits, the same on every machine. It tells texts apart that nobody made to be mistaken for each other.
struct TextHash {
  private var state: UInt64 = 0x51_7C_C1_B7_27_22_0A_95

  mutating func add(_ word: UInt64) {
    // Odd factors and shifts lose nothing: two sequences that differ in one word never meet.
    state = (state ^ word) &* 0x9FB2_1C65_1E98_DF25
    state ^= state >> 32
  }

  var value: UInt64 {
    var mixed = state &* 0xBF58_476D_1CE4_E5B9
    mixed ^= mixed >> 29
    return mixed &* 0x94D0_49BB_1331_11EB
  }
}

/// Keeps letters, digits and symbols.
struct LikenessSink: ScalarSink {
  var letters: [UInt32] = []

  @inline(__always)
  mutating func take(_ scalar: UInt32, _ start: Int, _ end: Int) -> Bool {
    if Self.isKept(scalar) { letters.append(scalar) }
    return true
  }

  /// Digits and letters of ASCII, and `$ + < = > ^ | ~`, as bits.
  private static let ascii: (low: UInt64, high: UInt64) = {
    var bits: (low: UInt64, high: UInt64) = (0, 0)
    for value in UInt64(0)..<128 {
      let scalar = Unicode.Scalar(UInt8(value))
      let isAlphanumeric = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      guard isAlphanumeric || "$+<=>^|~".unicodeScalars.contains(scalar) else { continue }
      if value < 64 { bits.low |= 1 << value } else { bits.high |= 1 << (value - 64) }
    }
    return bits
  }()

  @inline(__always)
  static func isKept(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<64: ascii.low >> UInt64(scalar) & 1 == 1
    case 64..<128: ascii.high >> UInt64(scalar - 64) & 1 == 1
    // Letters of the scripts that most texts are in.
    case 0xDF...0xF6, 0xF8...0x24F, 0x3B1...0x3C9, 0x430...0x45F, 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xAC00...0xD7A3:
      true
    default: isKeptElsewhere(scalar)
    }
  }

  private static func isKeptElsewhere(_ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    return switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .spaceSeparator, .lineSeparator, .paragraphSeparator, .connectorPunctuation,
      .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation, .finalPunctuation,
      .otherPunctuation:
      false
    default: true
    }
  }
}
