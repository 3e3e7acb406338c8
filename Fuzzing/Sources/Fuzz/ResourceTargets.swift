import CharCNNToolkit
import Foundation

extension FuzzTarget {
  /// Character vectors. What is read is the same when it is written and read again.
  static let vectors = FuzzTarget(
    "vectors",
    seeds: {
      ["3 2\na 0.5 -1e-3\n<unk> 1 2\n<U+0020> 3 4\n", "a 1 2 3\nab 1 2 3\n  4 5 6\n"].map { Array($0.utf8) }
    },
    run: { bytes in
      let vectors = try CharacterVectors(path: Scratch.write(bytes, to: "data.vec"))
      for unit in vectors.units { check(vectors[unit]?.count == vectors.dimension, "\(unit) has no vector") }
      let written = Scratch.write(vectors.fileText().utf8, to: "again.vec")
      guard !vectors.units.isEmpty || vectors.unknown != nil else { return }
      do {
        check(try CharacterVectors(path: written) == vectors, "other vectors when they are read again")
      } catch {
        fatalError("what was written cannot be read: \(error)")
      }
    })

  /// A thesaurus: the `.dat` file, and after a NUL the `.idx` file.
  static let thesaurus = FuzzTarget(
    "thesaurus",
    seeds: {
      let data = "UTF-8\ngood|2\n(adj)|fine|well (generic term)|bad (antonym)\n-|nice\napple|1\n(noun)|fruit\n"
      let index = "UTF-8\n2\ngood|6\napple|64\n"
      return [Array(data.utf8), Array((data + "\0" + index).utf8), Array("ISO8859-1\nf\u{FC}r|1\n-|pro\n".utf8)]
    },
    run: { bytes in
      let parts = bytes.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
      let path = Scratch.write(parts.first ?? [], to: "words.dat")
      if parts.count == 2 { _ = Scratch.write(parts[1], to: "words.idx") } else { unlink(Scratch.path("words.idx")) }
      let replacement = try SynonymReplacement(
        thesaurus: try Thesaurus(path: path), wordChance: 0.9, rankChance: 0.9)
      var generator = Counter(state: UInt64(bytes.count))
      _ = replacement.replacing(
        in: "Good APPLES are good; apple f\u{FC}r " + String(decoding: bytes, as: UTF8.self), using: &generator)
    })

  /// Text to units: counts, ranges and both ways of encoding agree, and so does the text without what nobody sees. The first
  /// two bytes choose the settings.
  static let encoder = FuzzTarget(
    "encoder",
    seeds: {
      let text =
        "\u{FB01} \u{AC01}e\u{301}\u{1F1E9}\u{1F1EA} \u{1100}\u{1161}\u{11A8}\u{130}\u{FDFA}abc\u{3A3}a\u{AD}b\u{200B}\u{301}\u{202E}"
      return (UInt8(0)..<18).flatMap { [[$0, 200] + Array(text.utf8), [$0 | 64, 200] + Array(text.utf8)] }
    },
    run: { bytes in
      guard bytes.count >= 2 else { return }
      let forms = UnicodeNormalization.allCases
      let units = CharacterUnit.allCases
      let choice = Int(bytes[0])
      let settings = TextSettings(
        normalization: forms[choice % 3], foldsCase: choice & 128 == 0, dropsInvisible: choice & 64 == 0,
        unit: units[choice / 3 % 3], maximumLength: Int(bytes[1]) + 1)
      let text = String(decoding: bytes.dropFirst(2), as: UTF8.self)
      var builder = AlphabetBuilder()
      builder.add(text: text, settings: settings)
      let alphabet = builder.build()
      let encoder = TextEncoder(settings: settings, alphabet: alphabet)
      var indices: [Int32] = []
      let outcome = encoder.encode(text, into: &indices)
      let ranged = encoder.encodeWithRanges(text)
      check(indices == ranged.indices, "both encodings differ")
      check(outcome.count == indices.count && outcome.wasCut == ranged.wasCut, "the outcomes differ")
      check(indices.count <= settings.maximumLength, "too many units")
      check(!indices.contains(Alphabet.unknown), "a unit that was counted is unknown")
      check(ranged.ranges.count == indices.count, "a range for each unit")
      check(ranged.ranges.allSatisfy { 0 <= $0.lowerBound && $0.upperBound <= text.utf8.count }, "a range outside")
      check(encoder.hasUnits(text) == !indices.isEmpty, "units, or none, against what was said")
      guard settings.dropsInvisible else { return }
      var visible = text.unicodeScalars
      visible.removeAll { ["\u{AD}", "\u{200B}", "\u{202E}", "\u{FEFF}"].contains($0) }
      var bare: [Int32] = []
      let same = encoder.encode(String(visible), into: &bare) == outcome
      check(same && bare == indices, "other units without what nobody sees")
    })

  /// Settings by name, a line each.
  static let settings = FuzzTarget(
    "settings",
    seeds: {
      let names = ClassificationOptions().settings.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
      return [Array(names.utf8), Array("clip=none\nbatchTexts=1e9\nwidths=1,2\nrate=-1".utf8)]
    },
    run: { bytes in
      var options = ClassificationOptions()
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").prefix(20) {
        do { try options.set(String(line)) } catch { continue }
      }
      try options.run.validate()
      try options.ngrams.validate()
      try options.architecture.configuration.validate()
    })
}

/// Numbers one after another, mixed.
private struct Counter: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return (state ^ state >> 29) &* 0xBF58_476D_1CE4_E5B9
  }
}
