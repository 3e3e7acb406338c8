import Foundation
import Testing

/// The Swift code of the documents, and the output that they show after it, stand word for word in the examples that
/// the tests compile and run (``TutorialExampleTests``, ``ReadmeExampleTests``, ``TaggingExampleTests``, ``MatchingExampleTests``,
/// ``HowToExampleTests``, ``TrainingExampleTests``, ``ServingExampleTests``, ``AppExampleTests``, ``AuditExampleTests``,
/// ``ScoresExampleTests``, ``ExplanationExampleTests``). `.ci/documents` runs the
/// shell's.
@Suite struct DocumentTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A fenced block.
  private struct Block {
    let document: String
    let line: Int
    let language: String
    let lines: [String]
  }

  private static func documents() throws -> [URL] {
    let catalog = root.appendingPathComponent("Sources/CharCNN/CharCNN.docc")
    let articles = try FileManager.default.contentsOfDirectory(at: catalog, includingPropertiesForKeys: nil)
    return articles.filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }
      + ["README.md", "README.zh-CN.md"].map(root.appendingPathComponent)
  }

  /// The Swift blocks that are to be run, and the text blocks that show their output.
  private static func blocks(of document: URL) throws -> [Block] {
    var blocks: [Block] = []
    var open: (language: String, line: Int, lines: [String])?
    var isUnrun = false
    var follows = ""
    let text = try String(contentsOf: document, encoding: .utf8)
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      let trimmed = line.trimmingCharacters(in: .whitespaces)
      if let block = open {
        guard trimmed == "```" else {
          open?.lines.append(trimmed)
          continue
        }
        if !isUnrun, block.language == "swift" || (block.language == "text" && follows == "swift") {
          blocks.append(
            Block(
              document: document.lastPathComponent, line: block.line, language: block.language, lines: block.lines))
        }
        follows = isUnrun ? "" : block.language
        (open, isUnrun) = (nil, false)
      } else if trimmed.hasPrefix("```") {
        open = (String(trimmed.dropFirst(3)), number + 1, [])
      } else if trimmed.hasPrefix("<!-- not run: ") {
        isUnrun = true
      } else if !trimmed.hasPrefix("<!--") {
        isUnrun = false
      }
    }
    return blocks
  }

  @Test func `every Swift block and its output are part of an example that runs`() throws {
    let names = [
      "TutorialExampleTests", "ReadmeExampleTests", "Tagging/TaggingExampleTests", "HowToExampleTests",
      "Matching/MatchingExampleTests",
      "PretrainingExampleTests", "Articles/TrainingExampleTests", "Articles/ServingExampleTests",
      "Articles/AppExampleTests", "Articles/SeveralLabelsExampleTests", "Articles/AuditExampleTests",
      "Articles/MeasuringExampleTests", "Articles/ScoresExampleTests", "Explanation/ExplanationExampleTests",
    ]
    let examples = try names.flatMap { name in
      let source = Self.root.appendingPathComponent("Tests/CharCNNTests/\(name).swift")
      return try String(contentsOf: source, encoding: .utf8).components(separatedBy: "\n")
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    var count = 0
    for document in try Self.documents() {
      for block in try Self.blocks(of: document) {
        // The import stands at the top of the examples.
        let lines = Array(block.lines.first == "import CharCNN" ? block.lines.dropFirst(2) : block.lines[...])
        let isFound = examples.indices.contains { start in
          start + lines.count <= examples.count && lines.indices.allSatisfy { examples[start + $0] == lines[$0] }
        }
        #expect(isFound, "\(block.document):\(block.line): this \(block.language) block is in no example")
        count += 1
      }
    }
    #expect(count > 0)
  }
}
