/// A line of CoNLL-U with one of its tags replaced.
package enum CoNLLUFields {
  /// The names of the ten columns.
  package static let columns = CoNLLUReader.columns

  /// A line with a word, which has another tag then. What stands between its fields stays: tabs, or where the line has none
  /// runs of spaces. Only a tag that has spaces itself makes tabs of these.
  ///
  /// - Parameters:
  ///   - line: The line, of ten fields.
  ///   - tag: The tag.
  ///   - column: The name of a column, or a key of the last one.
  package static func line(_ line: String, with tag: String, in column: String) -> String {
    let isSpaced = !line.utf8.contains(0x09)
    var fields =
      isSpaced
      ? line.split(separator: " ").map(String.init)
      : line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    set(tag, in: column, of: &fields)
    guard isSpaced, !fields.contains(where: { $0.contains(" ") }) else { return fields.joined(separator: "\t") }
    var text = ""
    var rest = line[...]
    for field in fields {
      text += rest.prefix { $0 == " " } + field
      rest = rest.drop { $0 == " " }.drop { $0 != " " }
    }
    return text + rest
  }

  /// Writes a tag into the fields of a line with a word.
  ///
  /// - Parameters:
  ///   - tag: The tag.
  ///   - column: The name of a column, or a key of the last one.
  ///   - fields: The ten fields of the line.
  package static func set(_ tag: String, in column: String, of fields: inout [String]) {
    if let place = columns.firstIndex(of: column.lowercased()), fields.indices.contains(place) {
      fields[place] = field(tag)
      return
    }
    guard let last = fields.indices.last else { return }
    let pair = "\(column)=\(escaped(tag))"
    var pairs = fields[last] == "_" ? [] : fields[last].split(separator: "|").map(String.init)
    if let place = pairs.firstIndex(where: { $0.hasPrefix(column + "=") }) {
      pairs[place] = pair
    } else {
      pairs.insert(pair, at: 0)
    }
    fields[last] = pairs.joined(separator: "|")
  }

  /// Text that cannot be taken for two fields or lines.
  package static func field(_ text: String) -> String {
    let clean = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    return clean.isEmpty ? "_" : clean
  }

  /// A value of the last column, with the escapes of UDPipe: `\p` for a bar, `\\` for a backslash.
  package static func escaped(_ value: String) -> String {
    field(value).replacing("\\", with: "\\\\").replacing("|", with: "\\p")
  }

  /// What ``escaped(_:)`` made, and the other escapes of UDPipe; a backslash before anything else is one.
  static func unescaped(_ value: Substring) -> String {
    guard value.contains("\\") else { return String(value) }
    let known: [Character: Character] = ["p": "|", "\\": "\\", "s": " ", "t": "\t", "n": "\n", "r": "\r"]
    var text = ""
    var isEscape = false
    for character in value {
      if isEscape {
        if let plain = known[character] { text.append(plain) } else { text += "\\" + String(character) }
        isEscape = false
      } else if character == "\\" {
        isEscape = true
      } else {
        text.append(character)
      }
    }
    return isEscape ? text + "\\" : text
  }
}
