import Foundation
import TestSupport
import Testing

/// `charcnn demo`.
struct DemoTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func `it shows all there is on its messages, which are those of the examples`() async throws {
    let folder = try TemporaryFolder()
    let shown = try await Executable.run(["demo", "--output", folder.path("demo")])
    #expect(shown.status == 0, "\(shown.error)")
    for part in ["Accuracy: ", "95 % interval", "Surest errors:", "unknown", "probably wrong", "Why?", "predict"] {
      #expect(shown.output.contains(part), "\(part)")
    }
    for name in ["train.csv", "held.csv", "other.csv"] {
      let own = Self.root.appendingPathComponent("Examples/support/\(name)")
      #expect(try folder.read("demo/\(name)") == Array(Data(contentsOf: own)), "Scripts/demo-data makes it again")
    }
    let asked = try await Executable.run(["predict", folder.path("demo/support.charcnn"), "妈，我晚上不回家吃饭了"])
    #expect(asked.output.hasPrefix("unknown"))
  }
}
