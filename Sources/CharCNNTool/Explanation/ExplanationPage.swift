#if Tool
internal import CharCNN
internal import CharCNNFiles

/// Explanations as one page that needs nothing else: no scripts, no links, no fonts. It is well-formed XML too.
struct ExplanationPage {
  /// Characters of the list beside a text.
  private static let listed = 12

  private var sections: [String] = []
  private let model: String

  /// - Parameter model: What the page calls the model.
  init(model: String) { self.model = model }

  /// Adds an explanation.
  mutating func append(_ explained: ExplainedText) {
    let explanation = explained.explanation
    let escaped = MarkupText.escaped
    var title = explanation.label.isEmpty ? "score" : explanation.label
    if let token = explained.token { title = "\(token): \(title)" }
    var html = "<section><h2>\(escaped(title)) <span>\(Numbers.fixed(explanation.probability))</span></h2>\n"
    for number in explained.texts.indices { html += "<p class=\"text\">\(Self.characters(explained, number))</p>\n" }
    html +=
      "<p class=\"caption\">\(explained.scoreName) \(ExplanationPrinting.signed(explanation.total)) of the text, "
      + "\(ExplanationPrinting.signed(explanation.baseline)) without its characters; \(explained.source)"
      + (explanation.method == .occlusion ? "; by taking each character out" : "")
      + (explanation.unreadCharacters > 0
        ? "; \(Numbers.count(explanation.unreadCharacters, "character")) not read" : "") + "</p>\n"
    sections.append(html + bars(explained) + "</section>\n")
  }

  /// The page.
  func html() -> String {
    Self.page(
      title: "Why the model answers so",
      """
      <p>Model: <code>\(MarkupText.escaped(model))</code>. <span class="plus" style="--v:.6">Orange</span> characters speak for
      the label, <span class="minus" style="--v:.6">blue</span> ones against it.</p>

      """ + sections.joined())
  }

  /// A page of this style.
  static func page(title: String, _ body: String) -> String {
    """
    <!DOCTYPE html>
    <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>\(title)</title>
    <style>\(style)</style>
    </head>
    <body>
    <h1>\(title)</h1>
    \(body)</body>
    </html>

    """
  }

  /// A text whose characters are coloured by what they add.
  static func characters(_ explained: ExplainedText, _ number: Int) -> String {
    let strongest = explained.strongest
    return explained.pieces(ofText: number).map { piece in
      let text = MarkupText.escaped(String(piece.text))
      guard let value = piece.value else { return "<s>\(text)</s>" }
      let share = strongest > 0 ? value.magnitude / strongest : 0
      if share < 0.02 { return text }
      return
        "<span class=\"\(value > 0 ? "plus" : "minus")\" style=\"--v:\(Decimals.rounded(share, decimals: 2))\" "
        + "title=\"\(ExplanationPrinting.signed(value))\">\(text)</span>"
    }.joined()
  }

  /// The strongest characters with a bar each.
  private func bars(_ explained: ExplainedText) -> String {
    let all = explained.characters.joined().map { $0 }
    let strongest = explained.strongest
    let order = all.indices.sorted { (all[$1].value.magnitude, $0) < (all[$0].value.magnitude, $1) }.prefix(Self.listed)
    if order.isEmpty || strongest == 0 { return "" }
    let rows = order.map { place in
      let (text, value) = (String(all[place].text), all[place].value)
      return "<li><b>\(MarkupText.escaped(text == " " ? "␣" : text))</b>"
        + "<i class=\"\(value > 0 ? "plus" : "minus")\" style=\"--v:1;width:\(Decimals.rounded(value.magnitude / strongest * 60, decimals: 1))%\"></i>"
        + "<small>\(ExplanationPrinting.signed(value))</small></li>"
    }
    return "<details><summary>strongest characters</summary><ul>\n\(rows.joined(separator: "\n"))\n</ul></details>\n"
  }

  private static let style = """
    :root { color-scheme: light dark; --plus: 217 102 10; --minus: 33 102 196; --line: #8886; }
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word; }
    h2 { margin: 2.5rem 0 .25rem; font-size: 1.15rem; }
    h2 span, .caption, small { opacity: .75; font-weight: normal; font-size: .9rem; }
    .text { font-size: 1.3rem; line-height: 1.8; white-space: pre-wrap; overflow-wrap: anywhere; margin: .5rem 0; }
    .plus { background: rgb(var(--plus) / calc(var(--v) * .8)); }
    .minus { background: rgb(var(--minus) / calc(var(--v) * .8)); }
    .text span { border-radius: .15rem; }
    .scroll { overflow-x: auto; margin: .5rem 0; }
    table { border-collapse: collapse; font-size: .9rem; }
    td, th { padding: .1rem .6rem; text-align: left; border-bottom: 1px solid var(--line); font-weight: normal; }
    s { text-decoration: none; opacity: .45; }
    tr:first-child th { opacity: .75; }
    ul { padding: 0; max-width: 30rem; }
    li { list-style: none; display: flex; gap: .6rem; align-items: center; border-bottom: 1px solid var(--line); }
    li b { min-width: 2rem; text-align: center; font-weight: normal; }
    li i { height: .7rem; border-radius: .15rem; }
    @media (prefers-color-scheme: dark) { :root { --plus: 255 154 77; --minus: 106 176 255; }
      .plus { background: rgb(var(--plus) / calc(var(--v) * .6)); }
      .minus { background: rgb(var(--minus) / calc(var(--v) * .6)); } }
    """
}
#endif
