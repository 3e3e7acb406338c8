import CharCNN
import CharCNNTool
import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The page that shows what a network computes for a text.
@Suite struct WalkthroughPageTests {
  private func untrained(_ text: String, _ model: String = "gated-tutorial", _ settings: String...) throws
    -> TextClassifier
  {
    var options = ClassificationOptions()
    try options.use(model: model)
    options.threads = 1
    for setting in settings { try options.set(setting) }
    return try TextClassifier.untrained(for: text, options: options)
  }

  @Test(arguments: [
    "", "<script>alert('a & b')</script>", "好看的电影😀👨‍👩‍👧", "a\u{0}b\u{8}c\u{1B}[31m\u{FFFF}\u{202E}\r\n\t", "]]>\"'",
  ])
  func `the page is well-formed and holds no markup of the text`(text: String) throws {
    let page = try untrained(text).walkthrough(of: text).html()
    let parser = XMLParser(data: Data(page.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    #expect(!page.contains("<script") && !page.contains("href") && !page.contains("src="))
    #expect(text.contains("script") == page.contains("&lt;script&gt;"))
  }

  @Test func `a large matrix is drawn small, with a note`() throws {
    let page = try untrained("wide").walkthrough(of: "wide").html()
    #expect(page.contains("viewBox=\"0 0 50 50\"") && page.contains("of 4 x 1"))
    #expect(page.contains("viewBox=\"0 0 50 4\"") && page.contains("the text's first 4 rows"))
    let sizes = page.matches(of: /viewBox="0 0 (\d+) (\d+)"/).compactMap { [Int($0.1), Int($0.2)] }
    #expect(!sizes.isEmpty && sizes.joined().allSatisfy { ($0 ?? 99) <= 64 })
  }
}
