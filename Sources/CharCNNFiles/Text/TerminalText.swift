// Texts of strangers on a terminal: control characters in them could steer it, or break a table.
extension String {
  /// The text with its control characters as Swift would spell them, such as `\u{1B}`.
  package var withEscapedControls: String {
    guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else { return self }
    return unicodeScalars.reduce(into: "") { result, scalar in
      result += scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : String(scalar)
    }
  }

  /// The text without line breaks and other control characters, which are written as `\u{…}`, so that a hostile name can
  /// neither break a line nor steer a terminal.
  package var onOneLine: String {
    var line = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: line += scalar.escaped(asASCII: true)
      default: line.unicodeScalars.append(scalar)
      }
    }
    return line
  }

  /// The text with replacement characters for its control characters and those that end lines.
  package var withReplacedControls: String {
    var clean = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: clean += "\u{FFFD}"
      default: clean.unicodeScalars.append(scalar)
      }
    }
    return clean
  }

  /// The text, or its beginning and an ellipsis where it would take more columns than `widest`.
  package func cut(toWidth widest: Int) -> String {
    guard displayWidth > widest else { return self }
    var cut = ""
    var width = 1
    for character in self {
      width += character.displayWidth
      if width > widest { break }
      cut.append(character)
    }
    return cut + "…"
  }
}
