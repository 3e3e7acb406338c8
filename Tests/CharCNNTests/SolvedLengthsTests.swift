import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// How much of a text, and which lengths of n-grams, solved n-grams count.
@Suite struct SolvedLengthsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func options(_ settings: [String], model: String? = nil, threads: Int = 2) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    if let model { try options.use(model: model) }
    options.threads = threads
    let network = model == nil ? ["filters=8", "embedding=4", "blocks=1"] : []
    for assignment in network + ["epochs=1", "ngramTraining=solved"] + settings { try options.set(assignment) }
    return options
  }

  /// Texts whose class is told by their last word alone, behind so many characters that all have alike.
  private func told(_ count: Int, behind characters: Int) -> [(text: String, label: String)] {
    let filler = String(repeating: "so it is, and ", count: characters / 14 + 1)
    return (0..<count).map { (filler + ($0 % 2 == 0 ? "plum" : "zinc"), $0 % 2 == 0 ? "fruit" : "metal") }
  }

  /// Texts of very different lengths, up to some hundred characters.
  private func mixed(_ count: Int, seed: UInt64 = 1) -> [(text: String, label: String)] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return ToyTexts.texts(count, seed: seed).map { text, label in
      (String(repeating: "so it is ", count: stream.below(40)) + text, label)
    }
  }

  @Test func `what stands behind the characters that the network reads changes the answer`() throws {
    let texts = told(120, behind: 2_048)
    let (model, _) = try TextClassifier.train(on: Examples(texts), options: options([]))
    #expect(model.ngramLength == 16_384)
    #expect(try model.evaluate(on: Examples(texts)).accuracy == 1)
    let answers = model.predictions(for: Array(texts.prefix(2)).map(\.text))
    #expect(answers[0][0].label == "fruit" && answers[1][0].label == "metal")
    // Where the n-grams end with the network, nothing tells the classes apart.
    let short = try TextClassifier.train(on: Examples(texts), options: options(["ngramLength=2048"])).model
    #expect(short.ngramLength == nil)
    #expect(try short.evaluate(on: Examples(texts)).accuracy == 0.5)
  }

  @Test(arguments: [
    ["maximumLength=40", "ngramLength=300"], ["maximumLength=200", "ngramLength=30"],
    ["maximumLength=200", "chunkLength=40"], ["maximumLength=40", "ngramLength=300", "unit=grapheme"],
    ["maximumLength=40", "ngrams=none", "wordNgrams=1,2,3", "unit=byte"],
  ])
  func `texts answer alike together and alone, on any number of threads`(settings: [String]) throws {
    let texts = mixed(300)
    let model = try TextClassifier.train(on: Examples(texts), options: options(settings, threads: 1)).model
    let other = try TextClassifier.train(on: Examples(texts), options: options(settings, threads: 3)).model
    #expect(try model.data() == other.data())
    let fresh = mixed(700, seed: 5)
    let answers = model.predictions(for: fresh.map(\.text), maximumCount: 3)
    #expect(other.predictions(for: fresh.map(\.text), maximumCount: 3) == answers)
    #expect(try TextClassifier(data: model.data()).predictions(for: fresh.map(\.text), maximumCount: 3) == answers)
    for (text, answer) in zip(fresh, answers) {
      #expect(other.predictions(for: [text.text], maximumCount: 3) == [answer])
    }
    let right = zip(fresh, answers).count { $0.label == $1[0].label }
    #expect(try model.evaluate(on: Examples(fresh)).accuracy == Double(right) / Double(fresh.count))
    if !settings.contains(where: { $0.hasPrefix("chunkLength") }) {
      let shown = model.walkthrough(of: fresh[3].text)
      #expect(shown.predictions == answers[3])
    }
  }

  @Test func `a network of a fixed length has n-grams of the whole text beside it`() throws {
    let settings = [
      "ngrams=automatic", "embedding=4", "maps=4,6,8,8", "convolutions=2,2,2,2", "kMax=2", "hidden=8,8", "length=40",
    ]
    let texts = told(120, behind: 80)
    let model = try TextClassifier.train(on: Examples(texts), options: options(settings, model: "vdcnn-9")).model
    #expect(model.textSettings.maximumLength == 40 && model.ngramLength == 16_384)
    #expect(try model.evaluate(on: Examples(texts)).accuracy == 1)
  }

  @Test func `what is cut is told with both lengths`() throws {
    let texts = mixed(60) + [(String(repeating: "long ", count: 100), "fruit")]
    let long = texts.count { $0.text.count > 100 }
    var summary = DataSummary()
    let settings = ["maximumLength=100", "ngramLength=300", "validationFraction=0.2"]
    let (model, _) = try TextClassifier.train(on: Examples(texts), options: options(settings)) {
      if case .prepared(let data) = $0 { summary = data }
    }
    #expect(summary.cutTexts == long)
    #expect(
      summary.warnings.contains {
        $0.contains("the network reads the first 100 characters") && $0.contains("the n-grams the first 300")
      })
    #expect(summary.notes == ["n-grams: characters 1–5, words 1–2, pairs 1–5"])
    #expect(summary.characters <= 100 * summary.trainingExamples)
    #expect(try model.evaluate(on: Examples(texts)).cutTexts == long)
    #expect(model.cuts(String(repeating: "a", count: 101)) && !model.cuts(String(repeating: "a", count: 100)))
    #expect(model.walkthrough(of: texts[60].text).notes.contains { $0.contains("300 characters") })
    try model.write(to: folder.path("model.charcnn"))
    let card = try String(contentsOfFile: folder.path("model.charcnn/README.md"), encoding: .utf8)
    #expect(card.contains("characters 1–5, words 1–2") && card.contains("the n-grams are those of the first 300"))
  }

  @Test func `lengths come from the texts and are told exactly`() throws {
    func trained(_ texts: [(text: String, label: String)], _ settings: String...) throws -> NgramConfiguration {
      try TextClassifier.train(on: Examples(texts), options: options(settings)).model.ngrams
    }
    let latin = try trained(ToyTexts.texts(60))
    #expect(latin.ngrams == [1, 2, 3, 4, 5] && latin.wordNgrams == [1, 2])
    let chinese = (0..<60).map { ($0 % 2 == 0 ? "今天天气很好 \($0)" : "这个产品太差了 \($0)", "\($0 % 2)") }
    let unspaced = try trained(chinese)
    #expect(unspaced.ngrams == [1, 2, 3, 4] && unspaced.wordNgrams == [])
    let given = try trained(chinese, "ngrams=2", "wordNgrams=1")
    #expect(given.ngrams == [2] && given.wordNgrams == [1])
    let words = try trained(ToyTexts.texts(60), "ngrams=none", "wordNgrams=1,2,3")
    #expect(words.ngrams == [] && words.wordNgrams == [1, 2, 3])
  }

  @Test func `n-grams of words alone make a model`() throws {
    let texts = ToyTexts.texts(300)
    let model = try TextClassifier.train(
      on: Examples(texts), options: options(["ngrams=none", "wordNgrams=1,2,3"])
    ).model
    #expect(try model.evaluate(on: Examples(ToyTexts.texts(200, seed: 4))).accuracy > 0.9)
    try model.write(to: folder.path("words.charcnn"))
    let opened = try TextClassifier(contentsOf: folder.path("words.charcnn"))
    #expect(opened.predictions(for: texts.map(\.text)) == model.predictions(for: texts.map(\.text)))
    #expect(FileManager.default.fileExists(atPath: folder.path("words.charcnn/ngrams.safetensors")))
  }

  @Test(arguments: [
    ["ngramLength=0"], ["ngramLength=4194305"], ["ngramLength=100", "chunkLength=50"], ["ngrams=none"],
    ["ngramTraining=steps", "ngramLength=100"],
  ])
  func `lengths that cannot be are refused`(settings: [String]) throws {
    let options = try options(settings)
    #expect(throws: ConfigurationError.self) {
      try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options)
    }
  }
}
