import Foundation

/// What the Unicode data says of single scalars, read once from the platform: full decompositions, and the pairs
/// that compose. Hangul syllables are left out, they follow from arithmetic.
struct Decompositions: Sendable {
  /// Read when first needed; takes about ten milliseconds.
  static let shared = Decompositions()

  /// Every assigned scalar that can have a decomposition or a lower case.
  private(set) var candidates: [Unicode.Scalar] = []
  /// Full canonical decompositions, of those that differ from the scalar.
  private(set) var canonical: [UInt32: [UInt32]] = [:]
  /// Full compatibility decompositions, of those that differ from the scalar.
  private(set) var compatibility: [UInt32: [UInt32]] = [:]
  /// Primary composites by their two parts, see ``key(_:_:)``.
  private(set) var compositions: [UInt64: UInt32] = [:]
  /// The scalars that can be the second part of a composition.
  private(set) var seconds: Set<UInt32> = []

  /// The key of a pair in ``compositions``.
  static func key(_ first: UInt32, _ second: UInt32) -> UInt64 { UInt64(first) << 32 | UInt64(second) }

  private init() {
    candidates = Decompositions.assignedScalars()
    collect()
    pair()
  }

  /// Ideographs, syllables and private scalars have neither decomposition nor case, and are skipped for speed.
  private static func assignedScalars() -> [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    for range in [0..<0x3400, 0xA000..<0xAC00, 0xF900..<0x17000, 0x18D00..<0x20000, 0x2F800..<0x2FA20]
      as [Range<UInt32>]
    {
      for value in range {
        guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .unassigned else { continue }
        scalars.append(scalar)
      }
    }
    return scalars
  }

  /// Normalizes many scalars in one call, with line feeds between, which nothing composes with or moves across.
  private mutating func collect() {
    let batch = 2048
    for start in stride(from: 0, to: candidates.count, by: batch) {
      let part = candidates[start..<min(start + batch, candidates.count)].filter { $0 != "\n" }
      var joined = String.UnicodeScalarView()
      for scalar in part {
        joined.append(scalar)
        joined.append("\n")
      }
      let text = String(joined)
      Decompositions.read(text.decomposedStringWithCanonicalMapping, of: part, into: &canonical)
      Decompositions.read(text.decomposedStringWithCompatibilityMapping, of: part, into: &compatibility)
    }
  }

  private static func read(_ text: String, of scalars: [Unicode.Scalar], into table: inout [UInt32: [UInt32]]) {
    var current: [UInt32] = []
    var position = 0
    for scalar in text.unicodeScalars {
      guard scalar == "\n" else {
        current.append(scalar.value)
        continue
      }
      let source = scalars[position].value
      if current != [source] { table[source] = current }
      current.removeAll(keepingCapacity: true)
      position += 1
    }
  }

  /// A composite's last scalar composes with the composite of those before it.
  private mutating func pair() {
    var composites: [[UInt32]: UInt32] = [:]
    for (value, parts) in canonical where parts.count > 1 {
      guard let scalar = Unicode.Scalar(value), !scalar.properties.isFullCompositionExclusion else { continue }
      composites[parts] = value
    }
    for (parts, value) in composites {
      guard let last = parts.last else { continue }
      let head = Array(parts.dropLast())
      guard let first = head.count == 1 ? head[0] : composites[head] else { continue }
      compositions[Decompositions.key(first, last)] = value
      seconds.insert(last)
    }
  }
}
