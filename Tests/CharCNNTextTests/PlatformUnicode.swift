import Foundation

/// What the platform says of single scalars: what the library's own table of Unicode data must agree with.
struct PlatformUnicode {

  /// Every assigned scalar that can have a decomposition or a lower case.
  private(set) var candidates: [Unicode.Scalar] = []
  /// Full canonical decompositions, of those that differ from the scalar.
  private(set) var canonical: [UInt32: [UInt32]] = [:]
  /// Full compatibility decompositions, of those that differ from the scalar.
  private(set) var compatibility: [UInt32: [UInt32]] = [:]
  /// Full lower case mappings, of those that differ from the scalar.
  private(set) var lowerCase: [UInt32: [UInt32]] = [:]
  /// The scalars that combine with what stands before them: canonical combining class other than 0.
  private(set) var marks: [UInt32] = []
  /// Canonical decompositions into several that do not compose again.
  private(set) var exclusions: [UInt32] = []

  init() {
    candidates = Self.assignedScalars()
    collect()
    for scalar in candidates {
      let properties = scalar.properties
      if properties.changesWhenLowercased {
        let mapping = properties.lowercaseMapping.unicodeScalars.map(\.value)
        if mapping != [scalar.value] { lowerCase[scalar.value] = mapping }
      }
      if properties.canonicalCombiningClass.rawValue != 0 { marks.append(scalar.value) }
      if properties.isFullCompositionExclusion, canonical[scalar.value, default: []].count > 1 {
        exclusions.append(scalar.value)
      }
    }
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
      Self.read(text.decomposedStringWithCanonicalMapping, of: part, into: &canonical)
      Self.read(text.decomposedStringWithCompatibilityMapping, of: part, into: &compatibility)
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
}

extension PlatformUnicode {
  /// The table as a source file of the library.
  var source: String {
    let sections = [
      ("canonical", "Full canonical decompositions.", Self.pairs(canonical)),
      (
        "compatibility", "Full compatibility decompositions, where they are not the canonical ones.",
        Self.pairs(compatibility.filter { canonical[$0.key] != $0.value })
      ),
      ("lowerCase", "Full lower case mappings.", Self.pairs(lowerCase)),
      ("marks", "Canonical combining class other than 0.", marks.map(Self.hex)),
      ("exclusions", "Canonical decompositions into several that do not compose again.", exclusions.map(Self.hex)),
    ]
    var text = """
      // Written by UnicodeTableTests with the data of Unicode \(Self.newest); do not edit.

      /// The Unicode data of normalization and case folding, in hexadecimal: `scalar=part.part` or `scalar`, after one another.
      package enum UnicodeTable {
        /// Version of the data.
        package static let version = "\(Self.newest)"

      """
    for (name, comment, words) in sections {
      text += "\n  /// \(comment)\n  static let \(name): StaticString = \"\"\"\n"
      var line = "   "
      for word in words {
        if line.count + 1 + word.count > 116 {
          text += line + " \\\n"
          line = "   "
        }
        line += " " + word
      }
      text += line + "\n    \"\"\"\n"
    }
    return text + "}\n"
  }

  /// The newest version of Unicode that any scalar came with.
  static var newest: String {
    let ages = (0...0x10FFFF).compactMap { Unicode.Scalar($0)?.properties.age }
    return ages.max { ($0.major, $0.minor) < ($1.major, $1.minor) }.map { "\($0.major).\($0.minor)" } ?? ""
  }

  private static func hex(_ value: UInt32) -> String { String(value, radix: 16, uppercase: true) }

  private static func pairs(_ table: [UInt32: [UInt32]]) -> [String] {
    table.sorted { $0.key < $1.key }.map { "\(hex($0.key))=" + $0.value.map(hex).joined(separator: ".") }
  }
}
