/// Strings in JSON.
package enum JSONText {
  /// `text` in quotes, with what JSON forbids escaped.
  ///
  /// - Parameter shortEscapes: Writes a line feed as `\n` and a tab as `\t` instead of by their numbers.
  package static func quoted(_ text: String, shortEscapes: Bool = true) -> String {
    var json = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": json += "\\\""
      case "\\": json += "\\\\"
      case "\n" where shortEscapes: json += "\\n"
      case "\t" where shortEscapes: json += "\\t"
      case "\u{0}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: json.unicodeScalars.append(scalar)
      }
    }
    return json + "\""
  }
}
