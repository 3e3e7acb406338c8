import CharCNNToolkit
import Foundation
import TestSupport
import Testing

@Suite struct FineTuningTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A language model of the toy words in one case, at `base.charcnn`.
  private func languageModel(_ objective: LanguageObjective = .masked) throws -> String {
    let text = try folder.write(ToyTexts.texts(200).map { $0.text + "\n" }.joined(), to: "text.txt")
    var options = LanguageOptions(objective)
    options.threads = 1
    for assignment in [
      "filters=16", "embedding=8", "blocks=2", "dilations=1,2", "window=32", "batchCharacters=256", "epochs=2",
      "rate=0.01",
    ] {
      try options.set(assignment)
    }
    let path = folder.path("base.charcnn")
    try CharacterLanguageModel.train(on: Examples(contentsOf: text), options: options).model.write(
      to: path, overwrite: true)
    return path
  }

  private func options(from base: String, _ assignments: String...) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    options.threads = 1
    try options.use(base: base)
    for assignment in ["epochs=1", "batchTexts=16", "minimumCount=1"] + assignments { try options.set(assignment) }
    return options
  }

  private func weights(_ path: String) throws -> SafetensorsFile { try ModelBundle(contentsOf: path).safetensors() }

  /// Weights of a classifier that was trained by so little that they are those that it started from.
  private func started(from base: String, on texts: [(text: String, label: String)], _ assignments: String...) throws
    -> (classifier: TextClassifier, weights: SafetensorsFile)
  {
    var options = try options(from: base, "rate=1e-30", "averaging=0", "weightDecay=0")
    for assignment in assignments { try options.set(assignment) }
    let classifier = try TextClassifier.train(on: Examples(texts), options: options).model
    try classifier.write(to: folder.path("started.charcnn"), overwrite: true)
    return (classifier, try weights(folder.path("started.charcnn")))
  }

  @Test(arguments: LanguageObjective.allCases)
  func `a classifier starts from the body of a language model, and new characters follow the known ones`(
    objective: LanguageObjective
  ) throws {
    let base = try languageModel(objective)
    let model = try CharacterLanguageModel(contentsOf: base)
    let texts = ToyTexts.texts(60).map { ("\($0.text) 123", $0.label) }
    let (classifier, started) = try started(from: base, on: texts)
    #expect(Array(classifier.alphabet.units.prefix(model.alphabet.units.count)) == model.alphabet.units)
    #expect(classifier.alphabet.units.count == model.alphabet.units.count + 3)
    #expect(classifier.textSettings == model.textSettings)
    let theirs = try weights(base)
    let body = started.names.filter { $0.hasPrefix("blocks.") }
    #expect(body.count >= 8)
    for name in body { #expect(try started.floats(name) == theirs.floats(name), "\(name)") }
    let known = try theirs.floats("embedding.weight")
    let all = try started.floats("embedding.weight")
    #expect(Array(all.prefix(known.count)) == known && all.count == known.count + 3 * 8)
    #expect(all.suffix(3 * 8).allSatisfy { $0 != 0 })
  }

  @Test func `a classifier's body serves other labels, and its end the same ones`() throws {
    let path = folder.path("first.charcnn")
    try TextClassifier.train(on: Examples(ToyTexts.texts(90)), options: ToyTexts.options("epochs=3", "ngramBits=6"))
      .model.write(to: path)
    let theirs = try weights(path)
    let same = try started(from: path, on: ToyTexts.texts(60), "ngramBits=6").weights
    #expect(try same.floats("output.weight") == theirs.floats("output.weight"))
    let others = ToyTexts.texts(60).map { ($0.text, $0.label == "metal" ? "metal" : "other") }
    let other = try started(from: path, on: others, "ngramBits=6").weights
    #expect(try other.floats("blocks.1.convolutions.0.weight") == theirs.floats("blocks.1.convolutions.0.weight"))
    #expect(try other.shape(of: "output.weight") == [2, 8])
  }

  @Test func `an interrupted fine-tuning goes on without its base, to the same bytes`() throws {
    let base = try languageModel()
    var options = try options(from: base, "epochs=3", "ngramBits=6")
    let texts = Examples<LabeledText>(ToyTexts.texts(60).map { ("\($0.text)!", $0.label) })
    func bytes(_ classifier: TextClassifier) throws -> Data {
      try classifier.write(to: folder.path("m.charcnn"), overwrite: true)
      return try Data(contentsOf: URL(fileURLWithPath: folder.path("m.charcnn/model.safetensors")))
    }
    let expected = try bytes(TextClassifier.train(on: texts, options: options).model)
    options.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"), interval: .zero)
    var copies = 0
    _ = try TextClassifier.train(on: texts, options: options) { event in
      guard case .checkpoint = event else { return }
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path("checkpoints")).sorted()) ?? []
      let copy = folder.path("copy-\(copies)")
      try? FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
      try? FileManager.default.copyItem(
        atPath: folder.path("checkpoints/\(names.last ?? "")"), toPath: "\(copy)/checkpoint-000001")
      copies += 1
    }
    try FileManager.default.removeItem(atPath: base)
    for number in stride(from: 0, to: copies, by: 3) {
      let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("copy-\(number)"))
      #expect(try bytes(TextClassifier.resume(checkpoint, on: texts).model) == expected, "checkpoint \(number)")
    }
    #expect(copies > 6)
  }

  @Test func `impossible combinations are refused with the reason`() throws {
    let base = try languageModel()
    let texts = Examples<LabeledText>(ToyTexts.texts(40))
    for (assignment, word) in [
      ("filters=32", "blocks.0"), ("embedding=4", "embedding.weight"), ("foldsCase=false", "foldsCase"),
      ("unit=byte", "unit"), ("dropsInvisible=false", "dropsInvisible"), ("nonlinearity=relu", "blocks.1"),
    ] {
      let error = #expect(throws: ConfigurationError.self) {
        try TextClassifier.train(on: texts, options: options(from: base, assignment))
      }
      #expect(error?.description.contains(word) == true, "\(assignment): \(error?.description ?? "")")
    }
    let classifier = try TextClassifier.train(on: texts, options: ToyTexts.options("epochs=1")).model
    try classifier.quantized().write(to: folder.path("q.charcnn"))
    #expect(throws: ConfigurationError.self) { try options(from: folder.path("q.charcnn")) }
    #expect(throws: StorageError.self) { try options(from: folder.path("none.charcnn")) }
    // What has no weights may change, and there may be fewer or more blocks.
    for assignment in ["pooling=max", "blocks=1", "blocks=3", "hidden=5", "globalPooling=maxAverage"] {
      _ = try TextClassifier.train(on: texts, options: options(from: base, "dilations=1", assignment))
    }
  }
}
