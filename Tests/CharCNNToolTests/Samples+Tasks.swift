import Foundation
import TestSupport
import Testing

extension Samples {
  /// Models by what they were trained for.
  enum Model: String, CaseIterable, Sendable {
    case classification
    case language
    case tagging
    case matching
    case regression
  }

  /// A bundle of a task that all tests may read and none may change.
  static func bundle(_ task: Model) async throws -> String {
    switch task {
    case .classification: try await bundle()
    case .language: try await language.value.path("language.charcnn")
    case .tagging: try await tagger.value.path("tagger.charcnn")
    case .matching: try await matcher.value.path("matcher.charcnn")
    case .regression: try await regressor.value.path("regressor.charcnn")
    }
  }

  private static let network = ["--set", "filters=16", "embedding=8", "blocks=2", "minimumCount=1", "epochs=1"]

  private static let language = Task {
    try await trained("language", "text.txt", (0..<60).map { text($0, isFruit: true) + "\n" }.joined()) {
      ["pretrain", $0, "--output", $1] + network + ["dilations=1,2", "window=32", "batchCharacters=256"]
    }
  }

  private static let tagger = Task {
    let sentences = (0..<40).map { $0 % 2 == 0 ? "the DET\ncat NOUN\nsees VERB\n\n" : "it PRON\nfinds VERB\n\n" }
    return try await trained("tagger", "sentences.txt", sentences.joined()) {
      ["train", "--task", "tagging", $0, "--output", $1, "--model", "word-tagger"] + network + [
        "dilations=1,2", "ngramBits=8",
      ]
    }
  }

  private static let matcher = Task {
    let pairs = (0..<40).map { "\(text($0, isFruit: true))\t\(text($0, isFruit: $0 % 4 < 2))\t\($0 % 4 < 2 ? 1 : 0)\n" }
    return try await trained("matcher", "pairs.tsv", "text1\ttext2\tlabel\n" + pairs.joined()) {
      ["train", "--task", "matching", $0, "--output", $1] + network
        + ["ngramBits=8", "ngramWidth=8", "objective=contrastive"]
    }
  }

  private static let regressor = Task {
    try await trained("regressor", "scores.csv", RegressionTests.table(40)) {
      ["train", "--task", "regression", $0, "--output", $1] + network
    }
  }

  private static func trained(
    _ name: String, _ file: String, _ data: String, _ arguments: (_ data: String, _ output: String) -> [String]
  ) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let data = try folder.write(data, to: file)
    let result = try await Executable.run(arguments(data, folder.path("\(name).charcnn")))
    #expect(result.status == 0, "\(result.error)")
    return folder
  }
}
