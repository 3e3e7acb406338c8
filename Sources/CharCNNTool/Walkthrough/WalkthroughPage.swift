#if Tool
package import CharCNN
internal import CharCNNFiles

/// What a network computes for a text as one page that needs nothing else: no script, link or font from elsewhere. It is well-formed XML too.
package struct WalkthroughPage {
  /// Characters of the text that the page shows.
  static let shownUnits = 4_000

  let detail: DetailedWalkthrough
  let language: SettingWords.Language
  let matrices: WalkthroughMatrices

  /// A page about a walkthrough, in a language.
  package init(_ detail: DetailedWalkthrough, language: SettingWords.Language = .english) {
    self.detail = detail
    self.language = language
    matrices = WalkthroughMatrices(detail)
  }

  /// Words in the language of the page, as markup.
  func words(_ english: String, _ chinese: String) -> String {
    MarkupText.escaped(language == .english ? english : chinese)
  }

  /// The page.
  package func html() -> String {
    let title = words("How a network reads a text", "网络怎样读一条文本")
    let text = detail.walkthrough.text
    let empty = words("(no text)", "（没有文本）")
    let sections: [(title: String, body: String)] = [
      (words("Answer", "答案"), answer()),
      (words("How network and n-grams come together", "网络和 n 元组怎样合在一起"), mixture()),
      (words("What the n-grams say", "n 元组怎么说"), ngrams()),
      (words("Step by step", "一步一步"), steps()),
    ]
    let body = sections.filter { !$0.body.isEmpty }
      .map { "<section><h2>\($0.title)</h2>\n\($0.body)</section>\n" }.joined()
    return """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="\(language == .english ? "en" : "zh-CN")">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(title)</title>
      <style>\(ReportStyle.css)
      \(WalkthroughStyle.css)</style>
      </head>
      <body>
      <h1>\(title)</h1>
      <p class="text" dir="auto">\(text.isEmpty ? empty : MarkupText.escaped(text))</p>
      \(body)\(bar())<script type="application/json" id="data">\(ReportStyle.inScript(data()))</script>
      <script>
      //<![CDATA[
      \(WalkthroughScript.text)
      //]]>
      </script>
      </body>
      </html>

      """
  }

  /// The text at the lower edge, in which is marked what the reader points at.
  private func bar() -> String {
    var items = ""
    for (number, unit) in detail.units.prefix(Self.shownUnits).enumerated() {
      items += number < detail.networkUnits ? "<i>" : "<i class=\"beyond\">"
      items += "\(MarkupText.escaped(unit))</i>"
      if unit == "␊" || unit == "␍␊" { items += "<br/>" } else if unit == "␣" { items += "<wbr/>" }
    }
    let rest = detail.units.count - Self.shownUnits
    if rest > 0 { items += words(" … \(Numbers.grouped(rest)) more", " …… 还有 \(Numbers.grouped(rest)) 个") }
    let unread = detail.unread.isEmpty ? "" : "<s>\(MarkupText.escaped(String(detail.unread.prefix(200))))</s>"
    let hint = words(
      "Point at a cell, or go to a matrix with the tab key and move with the arrow keys: here stands what it is, and the characters that it sees are marked.",
      "指向一个格子，或用 Tab 键走到矩阵、用方向键移动：这里会说它是什么，并标出它看到的字符。")
    return """
      <aside id="bar"><p id="units">\(items)\(unread)</p>
      <p id="told" role="status">\(hint)</p></aside>

      """
  }

  /// What the script reads.
  private func data() -> String {
    let texts: [(String, SettingWords)] = [
      (
        "cell", SettingWords("row {row} “{label}”, column {column}: {value}", "第 {row} 行“{label}”，第 {column} 列：{value}")
      ),
      ("only", SettingWords("column {column}: {value}", "第 {column} 列：{value}")),
      ("row", SettingWords("row {row} “{label}”", "第 {row} 行“{label}”")),
      ("padding", SettingWords("row {row} (padding), column {column}: {value}", "第 {row} 行（填充），第 {column} 列：{value}")),
      ("sees", SettingWords("; it sees “{seen}”", "；看到“{seen}”")),
      ("seesPadding", SettingWords("; it sees padding only", "；只看到填充")),
      ("from", SettingWords("; taken from row {row} “{label}”", "；取自第 {row} 行“{label}”")),
      ("fromPadding", SettingWords("; taken from row {row}, padding", "；取自第 {row} 行，填充")),
      ("wins", SettingWords("; it wins", "；它胜出")),
      ("gates", SettingWords(" = {a} · σ = {g}", " = {a} · σ = {g}")),
      ("about", SettingWords("about {value}", "约 {value}")),
      ("none", SettingWords("not a number", "不是数")),
    ]
    let words = texts.map { "\(JSONText.quoted($0.0)):\(JSONText.quoted($0.1.text(language)))" }
    return "{\"words\":{\(words.joined(separator: ","))},\(matrices.json)}"
  }
}
#endif
