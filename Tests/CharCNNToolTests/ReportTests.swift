import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// `charcnn report`.
struct ReportTests {
  @Test func `the page holds all there is, needs nothing from elsewhere and is well-formed`() async throws {
    let folder = try TemporaryFolder()
    let kinds = [["apple", "plum", "pear"], ["iron", "zinc", "tin"]]
    func rows(_ numbers: Range<Int>) -> String {
      numbers.map { number in
        let kind = kinds[number % 2]
        let label = ["<fruit> & \"more\"", "金属"][number % 17 == 0 ? 1 - number % 2 : number % 2]
        return "\(kind[number / 2 % 3]) <b>&amp; \(kind[number / 6 % 3]) \(number % 13)\t\(label)\n"
      }.joined()
    }
    let data = try folder.write("text\tlabel\n" + rows(0..<300), to: "train.tsv")
    let held = try folder.write("text\tlabel\n" + rows(300..<420), to: "held.tsv")
    let other = try folder.write((0..<40).map { "wwww \($0) vvvv\n" }.joined(), to: "other.txt")
    let (model, page) = (folder.path("m.charcnn"), folder.path("report.html"))
    _ = try await Executable.run(["train", data, "--output", model, "--epochs", "3"])
    let arguments = ["report", model, held, "--outside", other, "--against", model, "--html", page]
    let written = try await Executable.run(arguments)
    #expect(written.status == 0 && written.output.contains("accuracy 0."), "\(written.error)")
    let html = try String(contentsOfFile: page, encoding: .utf8)
    for title in [
      "In short", "Training", "Compared", "Surest errors", "Labels", "What is taken for what", "be believed",
      "If only the surest were answered", "The texts", "The model",
    ] { #expect(html.contains(title), "\(title)") }
    for outside in ["href=", "src=", "url(", "@import", "http://", "https://"] {
      let own = html.replacingOccurrences(of: "http://www.w3.org/", with: "")
      #expect(!own.contains(outside), "\(outside)")
    }
    #expect(html.contains("prefers-color-scheme: dark") && !html.contains("<b>&amp;"))
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    let again = try await Executable.run(arguments)
    #expect(again.status == 73 && again.error.contains("--overwrite"), "\(again.error)")
    let refused = try await Executable.run(["report", model, held, "--html", held, "--overwrite"])
    #expect(refused.status == 64, "\(refused.error)")
  }
}
