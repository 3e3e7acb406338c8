import Foundation
import TestSupport
import Testing

/// Commands and models of every task: what goes together works, and what does not is told in a line.
struct OtherTasksTests {
  private static let data = "plum\n"

  /// The commands that are for models of some tasks only, with what they need beside a bundle.
  private static let commands: [(name: String, arguments: @Sendable (String, TemporaryFolder) -> [String])] = [
    ("predict", { bundle, _ in ["predict", bundle] }),
    ("generate", { bundle, _ in ["generate", bundle, "--length", "3"] }),
    ("detect", { bundle, _ in ["detect", bundle] }),
    ("walkthrough", { bundle, _ in ["walkthrough", "plum", bundle] }),
    ("quantize", { bundle, folder in ["quantize", bundle, "--output", folder.path("q.charcnn")] }),
    ("export", { bundle, folder in ["export", bundle, "--embeddings", folder.path("e.vec")] }),
    ("embed", { bundle, _ in ["embed", bundle] }),
    ("neighbors", { bundle, folder in ["neighbors", folder.path("corpus.txt"), "plum", "--bundle", bundle] }),
    ("inspect", { bundle, _ in ["inspect", bundle] }),
  ]

  private static let tasks: [String: [Samples.Model]] = [
    "predict": [.classification, .tagging, .matching, .regression], "generate": [.language],
    "detect": [.classification], "walkthrough": [.classification], "quantize": [.classification],
    "export": [.classification], "embed": Samples.Model.allCases, "neighbors": Samples.Model.allCases,
    "inspect": Samples.Model.allCases,
  ]

  @Test(arguments: Samples.Model.allCases)
  func `Every command takes the models of its tasks and names the right commands for others`(model: Samples.Model)
    async throws
  {
    let bundle = try await Samples.bundle(model)
    for (name, arguments) in Self.commands {
      let folder = try TemporaryFolder()
      _ = try folder.write(Self.data, to: "corpus.txt")
      let input = model == .matching && name == "predict" ? "plum\tplum\n" : Self.data
      let result = try await Executable.run(arguments(bundle, folder), input: input)
      if Self.tasks[name]?.contains(model) == true {
        #expect(result.status == 0 && result.errors.isEmpty, "\(name): \(result.error)")
      } else {
        #expect(result.status == 64 && result.errors.count == 1, "\(name): \(result.status) \(result.error)")
        let words = [bundle, "task \(model.rawValue)", name, model == .language ? "generate" : "predict"]
        for word in words { #expect(result.error.contains(word), "\(name): \(result.error)") }
        #expect(result.output.isEmpty && !FileManager.default.fileExists(atPath: folder.path("q.charcnn")))
        // What it is told to use does take it.
        for (other, tasks) in Self.tasks where tasks.contains(model) && other != "neighbors" {
          #expect(result.error.contains(other), "\(name): \(result.error)")
        }
      }
    }
  }

  @Test(arguments: Samples.Model.allCases)
  func `Every level and layer of every task is vectors or an error`(model: Samples.Model) async throws {
    let bundle = try await Samples.bundle(model)
    let folder = try TemporaryFolder()
    let lines = "plum and cat.\n\n" + String(repeating: "long ", count: 1_000) + "\n"
    for level in ["text", "word", "character"] {
      for layer in ["-1", "0", "1", "99"] {
        let output = folder.path("\(level)\(layer).jsonl")
        let result = try await Executable.run(
          ["embed", bundle, "--level", level, "--layer", layer, "--output", output, "--quiet"], input: lines)
        let exists = (layer == "0" || layer == "1") && !(model == .tagging && level == "character")
        #expect(result.status == (exists ? 0 : 64), "\(level) \(layer): \(result.error)")
        #expect(result.errors.count == (exists ? 0 : 1))
        #expect(FileManager.default.fileExists(atPath: output) == exists)
      }
    }
  }

  @Test func `Texts find themselves by the vectors of a language model and of a matcher`() async throws {
    let folder = try TemporaryFolder()
    let texts = (0..<20).map { Samples.text($0, isFruit: $0 < 10) }
    let corpus = try folder.write(texts.joined(separator: "\n") + "\n", to: "corpus.txt")
    for model in [Samples.Model.language, .matching, .tagging] {
      let bundle = try await Samples.bundle(model)
      let result = try await Executable.run(["neighbors", corpus, texts[7], "--bundle", bundle, "--top", "2"])
      #expect(result.status == 0 && result.lines.count == 2, "\(result.error)")
      #expect(result.lines.first == "1\t1.0000\t8\t\(texts[7])")
      let vectors = folder.path("\(model.rawValue).npy")
      _ = try await Executable.run(["embed", bundle, "--texts", corpus, "--output", vectors])
      let stored = try await Executable.run(
        ["neighbors", vectors, texts[7], "--texts", corpus, "--bundle", bundle, "--top", "2"])
      #expect(stored.output == result.output, "\(stored.error)")
    }
  }

  @Test(arguments: Samples.Model.allCases)
  func `A bundle of any task tells its layers, its settings and how it was trained`(model: Samples.Model) async throws {
    let bundle = try await Samples.bundle(model)
    let json = try await Executable.run(["inspect", bundle, "--json"]).json()
    let layers = try #require(json["layers"] as? [[String: Any]])
    if model != .matching {
      #expect(layers.compactMap { $0["parameters"] as? Int }.reduce(0, +) == json["parameters"] as? Int)
    }
    let settings = try #require(json["settings"] as? [String: Any])
    #expect(settings["filters"] as? Int == 16)
    let field = try #require(json["receptiveField"] as? Double)
    // Widths of 3 in two blocks, between which classifiers, matchers and models of scores pool two rows; dilations of 1 and 2.
    #expect(field == ([.classification, .matching, .regression].contains(model) ? 8 : 7))
    let training = try #require((json["bundle"] as? [String: Any])?["training"] as? [String: Any])
    #expect((training["settings"] as? [String: Any])?["minimumCount"] is Int && training["bestEpoch"] is Int)
    #expect((json["classes"] == nil) == (model == .language))
    let text = try await Executable.run(["inspect", bundle]).output
    for word in ["trained on", "validation", "receptive field", "blocks.1", "checksums"] {
      #expect(text.contains(word), "\(text)")
    }
    #expect(text.contains("labels") == ![.language, .regression].contains(model))
  }
}
