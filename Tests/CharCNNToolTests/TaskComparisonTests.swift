import Foundation
import TestSupport
import Testing

/// `charcnn evaluate --against` and `--noise` with taggers and matchers.
struct TaskComparisonTests {
  @Test func `a tagger is compared with another, token by token, and with noise`() async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle(.tagging)
    let data = try folder.write(
      (0..<30).map { $0 % 2 == 0 ? "the DET\ncat NOUN\nsees VERB\n\n" : "it PRON\nfinds VERB\n\n" }.joined(),
      to: "held.txt")
    let wrong = try folder.write(
      (0..<30).map { _ in "the NOUN\ncat DET\nsees NOUN\n\nit VERB\nfinds PRON\n\n" }.joined(), to: "wrong.txt")
    let other = folder.path("other.charcnn")
    let trained = try await Executable.run(
      [
        "train", "--task", "tagging", wrong, "--output", other, "--model", "word-tagger", "--set", "filters=16",
        "embedding=8", "blocks=2", "minimumCount=1", "epochs=8", "rate=0.01", "dilations=1,2", "ngramBits=8",
      ])
    #expect(trained.status == 0, "\(trained.error)")
    let shown = try await Executable.run(["evaluate", bundle, data, "--against", other, "--noise"])
    #expect(shown.status == 0, "\(shown.error)")
    for words in ["tokens", "McNemar", "span F1 of 30 sentences", "lookalike", "by other.charcnn alone"] {
      #expect(shown.output.contains(words), "\(words)")
    }
    let json = try await Executable.run(["evaluate", bundle, data, "--against", other, "--noise", "--json"]).json()
    let comparison = try #require(json["comparison"] as? [String: Any])
    #expect(comparison["tokens"] as? Int == 75 && comparison["sentences"] as? Int == 30)
    #expect(comparison["accuracy"] as? Double == json["accuracy"] as? Double)
    let robustness = try #require(json["robustness"] as? [String: Any])
    #expect(robustness["spanF1"] as? Double == json["spanF1"] as? Double)
    let plain = try await Executable.run(["evaluate", bundle, data, "--json"]).json()
    #expect(plain["comparison"] == nil && plain["robustness"] == nil)
    let classifier = try await Samples.bundle()
    let refused = try await Executable.run(["evaluate", bundle, data, "--against", classifier])
    #expect(refused.status != 0 && refused.errors.count == 1)
  }

  @Test func `a matcher is compared with another, pair by pair, and with noise`() async throws {
    let folder = try TemporaryFolder()
    let bundle = try await Samples.bundle(.matching)
    let pairs = (0..<40).map {
      "\(Samples.text($0, isFruit: true))\t\(Samples.text($0, isFruit: $0 % 4 < 2))\t\($0 % 4 < 2 ? 1 : 0)\n"
    }
    let data = try folder.write("text1\ttext2\tlabel\n" + pairs.joined(), to: "held.tsv")
    let shown = try await Executable.run(["evaluate", bundle, data, "--against", bundle, "--noise"])
    #expect(shown.status == 0, "\(shown.error)")
    #expect(shown.output.contains("of 40 pairs 0 are right by") && shown.output.contains("accuracy of 40 pairs"))
    let json = try await Executable.run(["evaluate", bundle, data, "--against", bundle, "--noise", "--json"]).json()
    let comparison = try #require(json["comparison"] as? [String: Any])
    #expect(comparison["pValue"] as? Double == 1 && comparison["accuracy"] as? Double == json["accuracy"] as? Double)
    #expect((json["robustness"] as? [String: Any])?["accuracy"] as? Double == json["accuracy"] as? Double)
  }

  @Test func `a language model has no labels to compare`() async throws {
    let bundle = try await Samples.bundle(.language)
    let refused = try await Executable.run(["evaluate", bundle, "text.txt", "--noise"])
    #expect(refused.status == 64 && refused.error.contains("models of labels and tags"), "\(refused.error)")
  }
}
