#if Tool
package import CharCNN
internal import CharCNNFiles

extension CharCNN.Walkthrough {
  /// The walkthrough as one page that needs nothing else: no scripts, no links, no fonts. It is well-formed XML too.
  package func html() -> String {
    let escaped = MarkupText.escaped
    let title = "How a network reads a text"
    var body = "<h1>\(title)</h1>\n<p class=\"text\">\(escaped(text.isEmpty ? "(no text)" : text))</p>\n"
    body += "<p>Network: <code>\(escaped(model))</code>. Numbers in parentheses are the tutorial's equations.</p>\n"
    for note in notes { body += "<p class=\"note\">\(escaped(note))</p>\n" }
    for (number, step) in steps.enumerated() { body += step.html(number: number + 1) }
    body += "<section><h2>Answer</h2>\n" + MarkupTable(answers, hasHeader: false).html + "</section>\n"
    return """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\(title)</title>
      <style>\(Self.style)</style>
      </head>
      <body>
      \(body)</body>
      </html>

      """
  }

  private var answers: [[String]] { predictions.map { [$0.label, Decimals.rounded(Float($0.probability))] } }

  private static let style = """
    :root { color-scheme: light dark; --plus: #d9660a; --minus: #2166c4; --line: #8886; --soft: #8882; }
    body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
    h2 { margin: 2.5rem 0 .25rem; font-size: 1.15rem; }
    .text { font-size: 1.3rem; white-space: pre-wrap; overflow-wrap: anywhere; border-left: .3rem solid var(--plus);
      padding-left: .8rem; }
    .note { background: var(--soft); padding: .5rem .8rem; border-radius: .3rem; }
    .shape, .caption { opacity: .75; font-size: .9rem; }
    .formula { font: italic 1.05rem serif; margin: .4rem 0 .4rem 1.5rem; }
    .formula span { font-style: normal; margin-left: 2rem; }
    .units { display: flex; flex-wrap: wrap; gap: .25rem; padding: 0; }
    .units li { list-style: none; border: 1px solid var(--line); border-radius: .25rem; padding: .1rem .45rem;
      text-align: center; }
    .units small { display: block; opacity: .75; }
    .scroll { overflow-x: auto; }
    table { border-collapse: collapse; font: .85rem ui-monospace, monospace; }
    td, th { padding: .1rem .6rem; text-align: right; border-bottom: 1px solid var(--line); font-weight: normal; }
    th:first-child { text-align: left; }
    svg { border: 1px solid var(--line); margin: .5rem 0; max-width: 100%; height: auto; shape-rendering: crispEdges; }
    path { stroke-width: 1; fill: none; }
    .plus { stroke: var(--plus); }
    .minus { stroke: var(--minus); }
    @media (prefers-color-scheme: dark) { :root { --plus: #ff9a4d; --minus: #6ab0ff; } }
    """
}
#endif
