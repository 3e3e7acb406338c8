import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// The recipes with the networks that they are for, made small.
@Suite struct PublishedRecipeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static func has(_ model: String) -> Bool { Architecture.presets.contains { $0.name == model } }

  private func options(_ model: String, _ assignments: String...) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: model)
    options.threads = 2
    for assignment in ["epochs=3", "minimumCount=1"] + assignments { try options.set(assignment) }
    return options
  }

  private func train(_ options: ClassificationOptions, _ texts: [(text: String, label: String)] = ToyTexts.texts(90))
    throws
    -> TextClassifier
  {
    try TextClassifier.train(on: Examples(texts), options: options).model
  }

  private func letters() throws -> (path: String, vectors: CharacterVectors) {
    var vectors = try CharacterVectors(dimension: 6)
    let numbers = normalValues(26 * 6, seed: 8)
    for (row, letter) in "abcdefghijklmnopqrstuvwxyz".enumerated() {
      _ = try vectors.add(String(letter), numbers[row * 6..<(row + 1) * 6])
    }
    return (try folder.write(vectors.fileText(), to: "letters.vec"), vectors)
  }

  @Test(.enabled(if: has("kim")))
  func `the weights of each class of kim keep the limit on their norm`() throws {
    let classifier = try train(options("kim", "maps=8", "embedding=6", "maximumNorm=0.5", "epochs=6"))
    try classifier.write(to: folder.path("kim.charcnn"))
    let weights = try ModelBundle(contentsOf: folder.path("kim.charcnn")).safetensors(named: "model.safetensors")
    let output = try weights.floats("output.weight")
    #expect(output.count == 3 * 24)
    let norms = (0..<3).map { row in
      output[row * 24..<(row + 1) * 24].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    #expect(norms.allSatisfy { $0 < 0.5001 } && norms.contains { $0 > 0.499 }, "\(norms)")
  }

  @Test(.enabled(if: has("kim")))
  func `kim's variants need vectors; static ones stay, others move`() throws {
    let (path, vectors) = try letters()
    for variant in ["static", "non-static", "multichannel"] {
      var options = try options("kim", "maps=8", "embedding=6", "variant=\(variant)")
      let bare = options
      let error = #expect(throws: ConfigurationError.self) { try train(bare) }
      #expect(error?.setting == "embeddings")
      options.embeddings = path
      let trained = try #require(try train(options).embeddings)
      #expect((trained["a"] == vectors["a"]) == (variant == "static"), "\(variant)")
    }
  }

  @Test(arguments: [("rand", false), ("non-static", true), ("multichannel", true)])
  func `vectors that a variant of kim has no use for are refused`(variant: String, isFrozen: Bool) throws {
    var options = try options("kim", "maps=8", "embedding=6", "variant=\(variant)")
    options.embeddings = try letters().path
    options.embeddingsFrozen = isFrozen
    let contradicting = options
    #expect(throws: ConfigurationError.self) { try train(contradicting) }
  }

  @Test func `an alphabet that lacks most of the characters is told`() throws {
    func warnings(_ assignments: String...) throws -> [String] {
      var options = try options("zhang-small", "maps=4", "hidden=4", "length=none", "epochs=1")
      for assignment in assignments { try options.set(assignment) }
      var found: [String] = []
      let texts = (0..<40).map { (text: $0 % 2 == 0 ? "今天天气很好" : "明天要下大雨", label: $0 % 2 == 0 ? "sun" : "rain") }
      _ = try TextClassifier.train(on: Examples(texts), options: options) {
        if case .prepared(let summary) = $0 { found = summary.warnings }
      }
      return found
    }
    #expect(try warnings().contains { $0.contains("100 %") && $0.contains("alphabet=data") })
    #expect(try !warnings("alphabet=data").contains { $0.contains("alphabet") })
  }

  @Test(.enabled(if: has("zhang-small")))
  func `zhang's alphabet folds case and the full one tells it apart`() throws {
    let texts = ToyTexts.texts(60).map { ($0.text.capitalized, $0.label) }
    let small = ["maps=8", "hidden=8,8", "length=123", "batchTexts=16", "epochs=1"]
    var folding = try options("zhang-small")
    for assignment in small { try folding.set(assignment) }
    let paper = try train(folding, texts)
    #expect(paper.alphabet["a"] != Alphabet.unknown && paper.alphabet["A"] == Alphabet.unknown)
    #expect(paper.predictions(for: ["APPLE PLUM"]) == paper.predictions(for: ["apple plum"]))
    #expect(throws: ConfigurationError.self) { try paper.writeEmbeddings(to: folder.path("none.vec")) }

    var keeping = folding
    try keeping.set("alphabet=full")
    let full = try train(keeping, texts)
    #expect(full.alphabet["A"] != Alphabet.unknown && !full.textSettings.foldsCase)
  }
}
