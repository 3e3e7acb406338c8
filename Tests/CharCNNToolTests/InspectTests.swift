import Foundation
import Testing

struct InspectTests {
  @Test func `The layers' parameters add up to the total of the tutorial's example`() async throws {
    let result = try await Executable.run(["inspect", "--model", "gated-tutorial", "--json"])
    #expect(result.status == 0, "\(result.error)")
    let json = try result.json()
    // Embedding, two convolutions with gates, fully connected layer.
    #expect(json["parameters"] as? Int == 69 * 50 + 2 * (100 * 50 * 3 + 100) + (50 * 2 + 2))
    let layers = try #require(json["layers"] as? [[String: Any]])
    #expect(layers.compactMap { $0["parameters"] as? Int }.reduce(0, +) == json["parameters"] as? Int)
  }

  @Test func `Settings change the network, and assumptions are told`() async throws {
    let result = try await Executable.run(["inspect", "--model", "gated", "--set", "classes=4", "filters=128"])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.lines.contains { $0.hasPrefix("output") && $0.contains("1 x 4") })
    #expect(result.lines.contains { $0.hasPrefix("blocks.0") && $0.contains("L x 64") })
    #expect(result.output.contains("an alphabet of 100 is assumed"))
    #expect(!result.output.contains("classes are assumed"))
  }

  @Test func `Strides beyond any whole number are shown, not trapped on`() async throws {
    let result = try await Executable.run(["inspect", "--model", "gated", "--set", "stride=16", "blocks=16"])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.lines.contains { $0.hasPrefix("blocks.15") })
  }

  @Test func `A bundle tells its labels, its size and that it is intact`() async throws {
    let bundle = try await Samples.bundle()
    let result = try await Executable.run(["inspect", bundle, "--json"])
    let json = try #require(try result.json()["bundle"] as? [String: Any])
    #expect(json["labels"] as? [String] == ["fruit", "tool"])
    #expect(json["checksumsHold"] as? Bool == true)
    let sizes = try FileManager.default.contentsOfDirectory(atPath: bundle).map {
      try Data(contentsOf: URL(fileURLWithPath: "\(bundle)/\($0)")).count
    }
    #expect(json["bytes"] as? Int == sizes.reduce(0, +))
    let text = try await Executable.run(["inspect", bundle])
    #expect(text.output.contains("fruit, tool"))
  }

  @Test(arguments: ["matcher", "character-tagger", "word-tagger"])
  func `Networks of other tasks are described without data`(model: String) async throws {
    let plain = try await Executable.run(["inspect", "--model", model])
    #expect(plain.status == 0 && plain.output.contains("an alphabet of 100 is assumed"), "\(plain.error)")
    let chosen = try await Executable.run(
      ["inspect", "--model", model, "--set", "classes=5", "alphabetSize=30", "filters=32", "--json"])
    let json = try chosen.json()
    #expect(json["classes"] as? Int == 5 && json["alphabetSize"] as? Int == 30, "\(chosen.error)")
    #expect((json["settings"] as? [String: Any])?["filters"] as? Int == 32)
    #expect((json["parameters"] as? Int ?? 0) > 0 && json["receptiveField"] is Double)
    #expect((json["model"] as? String)?.hasPrefix(model) == true)
    let wrong = try await Executable.run(["inspect", "--model", model, "--set", "filters=-4"])
    #expect(wrong.status == 64 && wrong.errors.count == 1, "\(wrong.error)")
  }
}
