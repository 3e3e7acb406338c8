extension CharacterVectors {
  /// The file: header, the unknown character where it has a vector, then the characters in order. Numbers are written so
  /// that reading gives the same bits.
  public func fileText() -> String {
    var text = "\(units.count + (unknown == nil ? 0 : 1)) \(dimension)\n"
    func append(_ entry: String, _ vector: some Collection<Float>) {
      text += entry
      for number in vector { text += " \(number)" }
      text += "\n"
    }
    if let unknown { append(Self.unknownEntry, unknown) }
    for unit in units {
      if let vector = self[unit] { append(EntrySpelling.entry(of: unit), vector) }
    }
    return text
  }
}

/// How a character stands in a file whose fields are separated by spaces.
enum EntrySpelling {
  /// A character's entry: itself, or `<U+0020>` for each scalar where one of them would not survive.
  static func entry(of unit: String) -> String {
    guard unit.unicodeScalars.contains(where: isUnsafe) else { return unit }
    return unit.unicodeScalars.map { scalar in
      let digits = String(scalar.value, radix: 16, uppercase: true)
      return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }.joined()
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar.properties.generalCategory == .control
  }

  /// The character of an entry; nil where it is none, as a word.
  static func unit(of entry: String) -> String? {
    if entry.count == 1 { return entry }
    guard entry.hasPrefix("<U+") else { return nil }
    var unit = String.UnicodeScalarView()
    for part in entry.dropFirst().split(separator: "<", omittingEmptySubsequences: false) {
      guard part.hasPrefix("U+"), part.hasSuffix(">"),
        let scalar = UInt32(part.dropFirst(2).dropLast(), radix: 16).flatMap(Unicode.Scalar.init)
      else { return nil }
      unit.append(scalar)
    }
    return String(unit).count == 1 ? String(unit) : nil
  }
}
