import CharCNNFiles
import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Bundles and checkpoints of earlier programs, as these programs wrote them with their answers: what they wrote is opened,
/// answers alike and goes on, for ever. Fixtures are folders with the names of the commits; `README.md` there says how they
/// were made.
@Suite struct OldModelTests {
  /// A model, or a checkpoint, of a fixture.
  struct Kept: CustomTestStringConvertible {
    let name: String
    let data: String
    /// The folder of its fixture.
    var program = "20e5aa8"
    var testDescription: String { "\(name) of \(program)" }

    func path(_ file: String) -> String { "\(program)/\(file)" }

    /// Fixtures of the program that first solved n-grams, learned several labels, and scores.
    static func solved(_ name: String, _ data: String) -> Kept { Kept(name: name, data: data, program: "14d59d6") }

    static let models = [
      Kept(name: "reviews", data: "reviews.csv"), Kept(name: "chunks", data: "reviews.csv"),
      Kept(name: "quantized", data: "reviews.csv"), Kept(name: "words", data: "sentences.conllu"),
      Kept(name: "characters", data: "characters.tsv"), Kept(name: "pairs", data: "pairs.tsv"),
      Kept(name: "contrastive", data: "pairs.tsv"), Kept(name: "story", data: "story.txt"),
      Kept(name: "languages", data: "languages"), Kept(name: "calibrated", data: "languages"),
      solved("solved", "reviews.csv"), solved("alone", "reviews.csv"), solved("careful", "reviews.csv"),
      solved("rounded", "reviews.csv"), solved("several", "kinds.csv"), solved("scores", "scores.csv"),
      solved("grades", "grades.csv"),
    ]
    static let checkpoints = models.filter {
      ["reviews", "chunks", "words", "characters", "pairs", "story", "solved", "several", "scores"].contains($0.name)
    }
  }

  /// A copy of the fixtures, in another place than where they were written.
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let fixtures = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
    for name in ["20e5aa8", "14d59d6"] {
      try FileManager.default.copyItem(
        at: fixtures.appendingPathComponent(name), to: folder.url.appendingPathComponent(name))
    }
  }

  private func expected(_ kept: Kept, _ what: String) throws -> ModelAnswers {
    let path = folder.url.appendingPathComponent(kept.path("answers/\(kept.name)-\(what).json"))
    return try JSONDecoder().decode(ModelAnswers.self, from: Data(contentsOf: path))
  }

  private func answers(_ path: String, _ kept: Kept, threads: Int = 1, _ instructions: InstructionSet) throws
    -> ModelAnswers
  {
    try ModelAnswers(
      ofModel: path, data: folder.path(kept.path(kept.data)), threads: threads, instructions: instructions)
  }

  /// Whether an answer is Chinese for a text without a Chinese character, as detectors of these programs could say.
  private static func isForeign(_ word: String, _ place: Int) -> Bool {
    word == "zho"
      && !ModelAnswers.texts[place % ModelAnswers.texts.count].unicodeScalars.contains {
        (0x4E00..<0xA000).contains($0.value)
      }
  }

  @Test(arguments: Kept.models)
  func `a bundle of an earlier program opens and answers with the same bits`(kept: Kept) throws {
    let expected = try expected(kept, "model")
    #expect(!expected.numbers.isEmpty)
    for threads in [1, 3] {
      let found = try answers(folder.path(kept.path("\(kept.name)-model")), kept, threads: threads, .scalar)
      for (question, words) in expected.words {
        #expect(
          found.words[question]
            == (question == "detect" ? words.enumerated().map { Self.isForeign($1, $0) ? "unknown" : $1 } : words),
          "\(question)")
      }
      for (question, numbers) in expected.numbers { #expect(found.numbers[question] == numbers, "\(question)") }
    }
  }

  @Test(arguments: Kept.models)
  func `a bundle of an earlier program answers alike with the best instructions`(kept: Kept) throws {
    let found = try answers(folder.path(kept.path("\(kept.name)-model")), kept, .best)
    for (question, numbers) in try expected(kept, "model").numbers {
      let agreement = Agreement(found.numbers[question] ?? [], numbers)
      #expect(agreement.largestError < 1e-4, "\(question): \(agreement)")
    }
  }

  @Test(arguments: Kept.checkpoints)
  func `a training of an earlier program goes on, with data that moved, to the model it would have made`(kept: Kept)
    throws
  {
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path(kept.path("\(kept.name)-checkpoint")))
    #expect(checkpoint.trainingPaths == [folder.path(kept.path(kept.data))])
    #expect(checkpoint.warnings.count == 1 && checkpoint.warnings[0].contains("is not there any more; found"))
    let model: any TrainedModel =
      switch checkpoint.task {
      case .classification: try TextClassifier.resume(checkpoint).model
      case .tagging: try SequenceTagger.resume(checkpoint).model
      case .matching: try TextMatcher.resume(checkpoint).model
      case .regression: try TextRegressor.resume(checkpoint).model
      case .language: try CharacterLanguageModel.resume(checkpoint).model
      case .embedding: try TextEmbedder.resume(checkpoint).model
      }
    let path = folder.path("finished")
    try model.write(to: path, overwrite: false)
    let expected = try expected(kept, "finished")
    let weights = try Data(contentsOf: URL(fileURLWithPath: path + "/model.safetensors"))
    let found = try answers(path, kept, .scalar)
    for (question, words) in expected.words { #expect(found.words[question] == words, "\(question)") }
    // The earlier program found the rate of the n-grams by a division, which rounds. Without them every bit is the same.
    let isRounded = try SafetensorsFile(path: path + "/model.safetensors").contains("ngrams.table.weight")
    #expect(isRounded == (kept.name == "reviews"))
    if !isRounded { #expect(weights.withUnsafeBytes { SHA256.hexDigest(of: $0) } == expected.weights) }
    for (question, numbers) in expected.numbers {
      let agreement = Agreement(found.numbers[question] ?? [], numbers)
      #expect(
        isRounded ? agreement.largestError < 1e-5 : found.numbers[question] == numbers, "\(question): \(agreement)")
    }
  }
}
