import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Classifiers that are a table of n-grams alone, which learns in steps.
@Suite struct LoneTableTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func options(_ settings: String..., threads: Int = 2) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = threads
    for assignment in ["ngramTraining=steps"] + settings { try options.set(assignment) }
    return options
  }

  private func files(_ model: TextClassifier, _ name: String) throws -> [String: [UInt8]] {
    try model.write(to: folder.path(name))
    return try folder.files(of: name)
  }

  @Test(arguments: ["ngramBits=14", "ngramWidth=8"])
  func `it learns in steps, and a written model answers as the one in memory`(setting: String) throws {
    var epochs: [Int] = []
    let (model, summary) = try TextClassifier.train(
      on: Examples(ToyTexts.texts(300)), options: options(setting, "epochs=4", "ngrams=1,2,3"),
      progress: { if case .epoch(let report) = $0 { epochs.append(report.epoch) } })
    #expect(epochs == [1, 2, 3, 4] && summary.epochs == 4 && summary.stopReason == .finished)
    #expect(model.ngrams.isTable && model.ngrams.ngrams == [1, 2, 3] && model.textSettings.maximumLength == 16_384)
    #expect(summary.parameters == model.parameterCount)
    #expect(try model.evaluate(on: Examples(ToyTexts.texts(200, seed: 4))).accuracy > 0.95)
    let all = try files(model, "model.charcnn")
    #expect(all["ngrams.safetensors"] == nil)
    let weights = try ModelBundle(contentsOf: folder.path("model.charcnn")).safetensors(named: "model.safetensors")
    let linear = setting == "ngramWidth=8" ? ["ngrams.output.bias", "ngrams.output.weight"] : []
    #expect(weights.names.sorted() == ["ngrams.mixture"] + linear + ["ngrams.table.idf", "ngrams.table.weight"])
    let factor = try weights.floats("ngrams.mixture")
    #expect(factor.count == 1 && factor[0] > 0 && factor[0] != 1)
    let opened = try TextClassifier(contentsOf: folder.path("model.charcnn"))
    let texts = ToyTexts.texts(300, seed: 9).map(\.text) + ["", "x", "字"]
    let expected = model.predictions(for: texts, maximumCount: 3)
    #expect(expected.allSatisfy { abs($0.reduce(0) { $0 + $1.probability } - 1) < 1e-4 })
    #expect(opened.predictions(for: texts, maximumCount: 3) == expected)
    for (text, answer) in zip(texts, expected) { #expect(opened.predictions(for: [text], maximumCount: 3) == [answer]) }
  }

  @Test func `where many texts choose a table, classes that should count the same are drawn as often`() throws {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    let many = options.ngrams.resolved(characters: 200_000_000, classes: 3, isAlone: true)
    #expect(many.isTable && options.training(many).sampling == .shuffled)
    options.balance()
    let balanced = options.ngrams.resolved(characters: 200_000_000, classes: 3, isAlone: true)
    #expect(balanced.isTable && options.training(balanced).sampling == .classUniform)
    let few = options.ngrams.resolved(characters: 200_000, classes: 3, isAlone: true)
    #expect(!few.isTable && options.training(few).sampling == .shuffled)
  }

  @Test func `what is not read of long texts does not choose a table`() throws {
    let options = ClassificationOptions()
    let long = options.ngrams.resolved(characters: 47_000_000, read: 2_500_000, classes: 3, isAlone: false)
    #expect(!long.isTable)
    #expect(options.ngrams.resolved(characters: 47_000_000, read: 47_000_000, classes: 3, isAlone: false).isTable)
    let texts = Examples<LabeledText>([("字字 abc", "a"), ("字", "b")])
    var settings = TextSettings()
    func read(_ longest: Int) throws -> Int {
      try Vocabulary(texts, settings: settings, longest: longest, minimumCount: 1, maximumAlphabet: 100).readCharacters
    }
    #expect(try read(.max) == 7 && read(4) == 5)
    settings.unit = .byte
    #expect(try read(.max) == 13 && read(4) == 7)
  }

  @Test func `settings that change nothing are named`() throws {
    func warnings(_ settings: String...) throws -> [String] {
      var warnings: [String] = []
      var options = try options("epochs=1", "ngramBits=12")
      for assignment in settings { try options.set(assignment) }
      _ = try TextClassifier.train(
        on: Examples(ToyTexts.texts(60)), options: options,
        progress: {
          if case .prepared(let data) = $0 { warnings = data.warnings.filter { $0.contains("without effect") } }
        })
      return warnings
    }
    #expect(try warnings() == [] && warnings("rate=none", "sampling=classUniform") == [])
    #expect(try warnings("rate=0.1", "ngramWidth=4") == [])
    let both = try warnings("rate=0.1", "averaging=0.5")
    #expect(both.count == 1 && both[0].hasPrefix("rate, averaging: ") && both[0].contains("ngramRate"))
  }

  @Test(arguments: ["ngramBits=12", "ngramWidth=5"])
  func `the same bytes on any number of threads`(setting: String) throws {
    func trained(_ threads: Int) throws -> [String: [UInt8]] {
      let options = try options(setting, "epochs=2", "ngramBits=12", threads: threads)
      return try files(
        TextClassifier.train(on: Examples(ToyTexts.texts(300)), options: options).model, "\(threads).charcnn")
    }
    let one = try trained(1)
    for threads in [2, 5] { #expect(try trained(threads) == one) }
  }

  @Test func `texts are read as far as their n-grams are counted, whichever length names it`() throws {
    let long = (0..<60).map { number in
      (text: String(repeating: "word ", count: 600) + (number % 2 == 0 ? "apple" : "iron"), label: "\(number % 2)")
    }
    func trained(_ settings: String...) throws -> (length: Int, accuracy: Double, ngramLength: Int) {
      var options = try options("ngramBits=14", "epochs=3", "ngramRate=2")
      for setting in settings { try options.set(setting) }
      let (model, summary) = try TextClassifier.train(on: Examples(long), options: options)
      return (model.textSettings.maximumLength, summary.report.accuracy, model.ngrams.ngramLength)
    }
    let whole = try trained()
    #expect(whole.length == 16_384 && whole.accuracy == 1)
    for setting in ["ngramLength=77", "maximumLength=77"] {
      let cut = try trained(setting)
      #expect(cut.length == 77 && cut.accuracy < 1 && cut.ngramLength == NgramConfiguration().ngramLength)
    }
  }

  @Test func `it becomes bytes, makes no vectors and lends nothing`() throws {
    let (model, _) = try TextClassifier.train(
      on: Examples(ToyTexts.texts(300)), options: options("epochs=3", "ngramBits=14"))
    let small = try model.quantized()
    let texts = ToyTexts.texts(200, seed: 3).map(\.text)
    #expect(
      zip(small.predictions(for: texts), model.predictions(for: texts)).count { $0[0].label == $1[0].label } > 195)
    let sizes = try [files(model, "model.charcnn"), files(small, "small.charcnn")].map {
      $0["model.safetensors"]?.count ?? 0
    }
    #expect(sizes[1] * 2 < sizes[0])
    #expect(
      try TextClassifier(contentsOf: folder.path("small.charcnn")).predictions(for: texts)
        == small.predictions(for: texts))
    #expect(throws: ConfigurationError.self) { try small.quantized() }
    for level in FeatureOptions.Level.allCases {
      #expect(throws: ConfigurationError.self) { try model.featureDimension(FeatureOptions(level: level)) }
    }
    var other = ClassificationOptions()
    let error = #expect(throws: ConfigurationError.self) { try other.use(base: folder.path("model.charcnn")) }
    #expect(error?.problem.contains("n-grams alone") == true)
    #expect(model.walkthrough(of: "apple plum").predictions.count == 3)
  }

  @Test func `settings of steps need a table, which any setting of tables asks for`() throws {
    var open = ClassificationOptions()
    try open.use(model: "ngrams")
    let error = #expect(throws: ConfigurationError.self) { try open.set("epochs=3") }
    #expect(error?.problem.contains("ngramTraining=steps") == true)
    for table in ["ngramTraining=steps", "ngramBits=9", "ngramRate=0.1"] {
      var options = open
      try options.set(table)
      try options.set("epochs=3")
      #expect(options.training.epochs == 3 && options.goesInSteps)
      for refused in ["filters=8", "hidden=4"] {
        #expect(throws: ConfigurationError.self) { try options.set(refused) }
      }
    }
    var solved = try options("epochs=3")
    try solved.set("ngramTraining=solved")
    #expect(!solved.goesInSteps)
    let unread = Examples<LabeledText> { _ in Issue.record("was read") }
    let late = #expect(throws: ConfigurationError.self) { try TextClassifier.train(on: unread, options: solved) }
    #expect(late?.setting == "epochs")
    for setting in ["ngramCost=1", "wordNgrams=1", "ngramSize=20000"] {
      #expect(throws: ConfigurationError.self) { try TextClassifier.train(on: unread, options: options(setting)) }
    }
  }

  @Test func `a table has as many rows as its size allows`() throws {
    let texts = ToyTexts.texts(300)
    func trained(_ size: Int?, _ settings: String...) throws -> (bytes: Int, bits: Int?) {
      var options = try options("epochs=1")
      for setting in settings { try options.set(setting) }
      options.size = size
      let model = try TextClassifier.train(on: Examples(texts), options: options).model
      return (try files(model, "\(size ?? 0).charcnn").values.reduce(0) { $0 + $1.count }, model.ngrams.ngramBits)
    }
    let whole = try trained(nil)
    let small = try trained(200_000)
    #expect(whole.bytes > 200_000 && small.bytes <= 200_000 && small.bytes > 80_000)
    #expect(try #require(small.bits) < #require(whole.bits))
    for settings in [["ngramBits=14"], []] {
      let size = settings.isEmpty ? 50_000 : 201_000
      let error = #expect(throws: ConfigurationError.self) {
        _ = settings.isEmpty ? try trained(size) : try trained(size, settings[0])
      }
      #expect(error?.setting == "size" && error?.advice?.contains("ngramBits") == true)
    }
  }

  @Test func `classes count the same where somebody wishes it`() throws {
    var table = try options("epochs=1")
    table.balance()
    #expect(table.training.sampling == .classUniform && table.ngrams.ngramBalance == .root)
    var open = ClassificationOptions()
    open.architecture = .ngrams
    open.balance()
    #expect(open.training.sampling == .shuffled && open.ngrams.ngramBalance == .full)
  }
}
