/// What the Unicode data says of single scalars, from the library's own table, so that a text is the same characters on
/// every platform: full decompositions, lower case, and the pairs that compose. Hangul syllables are left out, they follow
/// from arithmetic.
package struct Decompositions: Sendable {
  /// Read when first needed.
  package static let shared = Decompositions()

  /// Full canonical decompositions, of those that differ from the scalar.
  package let canonical: [UInt32: [UInt32]]
  /// Full compatibility decompositions, of those that differ from the scalar.
  package let compatibility: [UInt32: [UInt32]]
  /// Full lower case mappings, of those that differ from the scalar.
  package let lowerCase: [UInt32: [UInt32]]
  /// The scalars that combine with what stands before them, in order.
  package let marks: [UInt32]
  /// Canonical decompositions into several that do not compose again.
  package let exclusions: [UInt32]
  /// Primary composites by their two parts, see ``key(_:_:)``.
  private(set) var compositions: [UInt64: UInt32] = [:]
  /// The scalars that can be the second part of a composition.
  private(set) var seconds: Set<UInt32> = []

  /// The key of a pair in ``compositions``.
  static func key(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  private init() {
    var canonical: [UInt32: [UInt32]] = [:]
    var lowerCase: [UInt32: [UInt32]] = [:]
    var marks: [UInt32] = []
    var exclusions: [UInt32] = []
    Self.forEachEntry(of: UnicodeTable.canonical) { canonical[$0] = $1 }
    var compatibility = canonical
    Self.forEachEntry(of: UnicodeTable.compatibility) { compatibility[$0] = $1 }
    Self.forEachEntry(of: UnicodeTable.lowerCase) { lowerCase[$0] = $1 }
    Self.forEachEntry(of: UnicodeTable.marks) { scalar, _ in marks.append(scalar) }
    Self.forEachEntry(of: UnicodeTable.exclusions) { scalar, _ in exclusions.append(scalar) }
    (self.canonical, self.compatibility, self.lowerCase) = (canonical, compatibility, lowerCase)
    (self.marks, self.exclusions) = (marks, exclusions)
    pair()
  }

  /// Scalars that have a decomposition, a lower case or a combining class, in order.
  var candidates: [Unicode.Scalar] {
    Set(compatibility.keys).union(lowerCase.keys).union(marks).union(seconds).sorted().compactMap(Unicode.Scalar.init)
  }

  /// Reads `scalar=part.part` and `scalar`, in hexadecimal, with blanks between.
  private static func forEachEntry(of table: StaticString, _ body: (UInt32, [UInt32]) -> Void) {
    table.withUTF8Buffer { bytes in
      var numbers: [UInt32] = []
      var number: UInt32 = 0
      func finish() {
        numbers.append(number)
        number = 0
      }
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "A")...UInt8(ascii: "F"): number = number << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
        case UInt8(ascii: " "):
          finish()
          body(numbers[0], Array(numbers.dropFirst()))
          numbers.removeAll(keepingCapacity: true)
        default: finish()
        }
      }
      finish()
      body(numbers[0], Array(numbers.dropFirst()))
    }
  }

  /// A composite's last scalar composes with the composite of those before it.
  private mutating func pair() {
    let excluded = Set(exclusions)
    var composites: [[UInt32]: UInt32] = [:]
    for (value, parts) in canonical where parts.count > 1 && !excluded.contains(value) { composites[parts] = value }
    for (parts, value) in composites {
      guard let last = parts.last else { continue }
      let head = Array(parts.dropLast())
      guard let first = head.count == 1 ? head[0] : composites[head] else { continue }
      compositions[Decompositions.key(first, last)] = value
      seconds.insert(last)
    }
  }
}
