import Foundation
import TestSupport
import Testing

struct WalkthroughTests {
  @Test func `The tutorial's example is shown without a model, and said to be untrained`() async throws {
    let result = try await Executable.run(["walkthrough", "I love this movie!"])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.isEmpty)
    for part in ["200 x 50", "200 x 100", "100 x 50", "not trained", "softmax"] {
      #expect(result.output.contains(part))
    }
    #expect(result.lines.contains { $0.split(separator: " ").prefix(4) == ["I", "␣", "l", "o"] })
  }

  @Test func `A bundle gives its own labels and the probabilities of predict`() async throws {
    let bundle = try await Samples.bundle()
    let text = Samples.text(101, isFruit: true)
    let json = try await Executable.run(["walkthrough", text, bundle, "--json"]).json()
    let predictions = try #require(json["predictions"] as? [[String: Any]])
    #expect(json["isTrained"] as? Bool == true)
    let line = try #require(try await Executable.run(["predict", bundle, "--top", "2", text]).lines.first)
    let fields = line.split(separator: "\t").map(String.init)
    #expect(predictions.map { $0["label"] as? String } == [fields[0], fields[2]])
    let first = try #require(predictions[0]["probability"] as? Double)
    #expect(abs(first - (Double(fields[1]) ?? -1)) < 1e-4)
  }

  @Test func `A page that is there stays unless overwriting is asked for`() async throws {
    let folder = try TemporaryFolder()
    let page = try folder.write("mine", to: "page.html")
    let arguments = ["walkthrough", "好😀", "--set", "length=8", "--html", page]
    let refused = try await Executable.run(arguments)
    #expect(refused.status == 73 && refused.errors.count == 1)
    #expect(try String(contentsOfFile: page, encoding: .utf8) == "mine")
    let replaced = try await Executable.run(arguments + ["--overwrite"])
    #expect(replaced.status == 0, "\(replaced.error)")
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("<li>好</li><li>😀</li>"))
  }

  @Test(arguments: [
    ["a", "--bundle", "x.charcnn", "--model", "kim"], ["a", "x.charcnn", "--bundle", "x.charcnn"],
    ["a", "--set", "alphabetSize=9"], ["a", "--set", "classes=1"],
    ["a", "--model", "nothing"], ["a", "--set", "filters=3"],
  ])
  func `Wrong settings are wrong usage`(arguments: [String]) async throws {
    let result = try await Executable.run(["walkthrough"] + arguments)
    #expect(result.status == 64)
    #expect(result.errors.count == 1)
  }
}
