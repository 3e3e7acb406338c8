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
    var testDescription: String { name }

    static let models = [
      Kept(name: "reviews", data: "reviews.csv"), Kept(name: "chunks", data: "reviews.csv"),
      Kept(name: "quantized", data: "reviews.csv"), Kept(name: "words", data: "sentences.conllu"),
      Kept(name: "characters", data: "characters.tsv"), Kept(name: "pairs", data: "pairs.tsv"),
      Kept(name: "contrastive", data: "pairs.tsv"), Kept(name: "story", data: "story.txt"),
      Kept(name: "languages", data: "languages"), Kept(name: "calibrated", data: "languages"),
    ]
    static let checkpoints = models.filter {
      ["reviews", "chunks", "words", "characters", "pairs", "story"].contains($0.name)
    }
  }

  /// A copy of the fixture, in another place than where it was written.
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let fixture = try #require(Bundle.module.url(forResource: "Fixtures/20e5aa8", withExtension: nil))
    for name in try FileManager.default.contentsOfDirectory(atPath: fixture.path) {
      try FileManager.default.copyItem(
        at: fixture.appendingPathComponent(name), to: folder.url.appendingPathComponent(name))
    }
  }

  private func expected(_ name: String) throws -> ModelAnswers {
    let path = folder.url.appendingPathComponent("answers/\(name).json")
    return try JSONDecoder().decode(ModelAnswers.self, from: Data(contentsOf: path))
  }

  private func answers(_ path: String, _ kept: Kept, threads: Int = 1, _ instructions: InstructionSet) throws
    -> ModelAnswers
  {
    try ModelAnswers(
      ofModel: path, data: folder.path(kept.data), threads: threads, instructions: instructions)
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
    let expected = try expected("\(kept.name)-model")
    #expect(!expected.numbers.isEmpty)
    for threads in [1, 3] {
      let found = try answers(folder.path("\(kept.name)-model"), kept, threads: threads, .scalar)
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
    let found = try answers(folder.path("\(kept.name)-model"), kept, .best)
    for (question, numbers) in try expected("\(kept.name)-model").numbers {
      let agreement = Agreement(found.numbers[question] ?? [], numbers)
      #expect(agreement.largestError < 1e-4, "\(question): \(agreement)")
    }
  }

  @Test(arguments: Kept.checkpoints)
  func `a training of an earlier program goes on, with data that moved, to the model it would have made`(kept: Kept)
    throws
  {
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("\(kept.name)-checkpoint"))
    #expect(checkpoint.trainingPaths == [folder.path(kept.data)])
    #expect(checkpoint.warnings.count == 1 && checkpoint.warnings[0].contains("is not there any more; found"))
    let model: any TrainedModel =
      switch checkpoint.task {
      case .classification: try TextClassifier.resume(checkpoint).model
      case .tagging: try SequenceTagger.resume(checkpoint).model
      case .matching: try TextMatcher.resume(checkpoint).model
      case .regression: try TextRegressor.resume(checkpoint).model
      case .language: try CharacterLanguageModel.resume(checkpoint).model
      }
    let path = folder.path("finished")
    try model.write(to: path, overwrite: false)
    let expected = try expected("\(kept.name)-finished")
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
