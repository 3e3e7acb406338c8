#if Tool
internal import CharCNN
internal import CharCNNFiles

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Explanations for people: with colours on a terminal, as a table of the strongest characters elsewhere.
struct ExplanationPrinting {
  /// Whether standard output is a terminal that shows colours, and nobody asked for none (`NO_COLOR`).
  let isColored: Bool
  /// Characters that the table shows.
  private static let shown = 10
  /// Characters beside one that show where it stands.
  private static let context = 12
  /// Backgrounds from weak to strong, of the 256 colours that terminals know.
  private static let plus = [230, 223, 216, 209, 208]
  private static let minus = [195, 153, 111, 75, 33]

  init() {
    let environment = ProcessInfo.processInfo.environment
    isColored = isatty(1) == 1 && environment["TERM"] != "dumb" && (environment["NO_COLOR"] ?? "").isEmpty
  }

  init(isColored: Bool) { self.isColored = isColored }

  /// A block of lines, the last one blank.
  func text(_ explained: ExplainedText) -> String {
    let explanation = explained.explanation
    var head: [String] = []
    if let token = explained.token { head.append("\(String(token).onOneLine):") }
    if !explanation.label.isEmpty { head.append(explanation.label.onOneLine) }
    head.append(Numbers.fixed(explanation.probability))
    var text = head.joined(separator: " ") + "   \(explained.scoreName) \(Self.signed(explanation.total))"
    text += " of the text, \(Self.signed(explanation.baseline)) without its characters; \(explained.source)"
    if explanation.method == .occlusion { text += "; by taking each character out" }
    text += "\n"
    return text + (isColored ? colored(explained) : table(explained)) + "\n"
  }

  private func colored(_ explained: ExplainedText) -> String {
    let strongest = explained.strongest
    return explained.texts.indices.map { number in
      explained.pieces(ofText: number).map { piece in
        let shown = String(piece.text).onOneLine
        guard let value = piece.value else { return "\u{1B}[2m\(shown)\u{1B}[0m" }
        let level = strongest > 0 ? Int((value.magnitude / strongest * Double(Self.plus.count)).rounded()) : 0
        if level == 0 { return shown }
        return "\u{1B}[48;5;\((value > 0 ? Self.plus : Self.minus)[level - 1]);38;5;16m\(shown)\u{1B}[0m"
      }.joined() + "\n"
    }.joined()
  }

  /// The characters that add most, for or against, the strongest first, where they stand and what they add.
  private func table(_ explained: ExplainedText) -> String {
    var rows: [[String]] = []
    for (number, characters) in explained.characters.enumerated() {
      for (place, character) in characters.enumerated() {
        rows.append([
          Self.signed(character.value), Self.context(characters, place),
          explained.texts.count == 2 ? "text \(number + 1)" : "",
        ])
      }
    }
    let values = explained.characters.joined().map(\.value.magnitude)
    let order = values.indices.sorted { (values[$1], $0) < (values[$0], $1) }.prefix(Self.shown)
    if order.isEmpty { return "no characters\n" }
    return TextTable(rows: order.map { rows[$0] }, leftColumns: 3, cells: .whole).text()
  }

  /// A character in brackets, among those beside it.
  private static func context(_ characters: [ExplainedText.Seen], _ place: Int) -> String {
    func joined(_ range: Range<Int>) -> String { characters[range].map { String($0.text).onOneLine }.joined() }
    let start = max(place - context, 0)
    let end = min(place + context + 1, characters.count)
    return (start > 0 ? "…" : "") + joined(start..<place) + "[" + joined(place..<place + 1) + "]"
      + joined(place + 1..<end) + (end < characters.count ? "…" : "")
  }

  static func signed(_ value: Double) -> String {
    let text = Numbers.fixed(value, decimals: 3)
    return value > 0 ? "+" + text : text
  }
}
#endif
