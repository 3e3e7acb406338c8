import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Classifiers with n-grams that are solved beside the network.
@Suite struct SolvedNgramsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func options(_ settings: String..., threads: Int = 2) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    options.threads = threads
    for assignment in ["filters=16", "embedding=8", "blocks=1", "epochs=1", "ngramTraining=solved"] + settings {
      try options.set(assignment)
    }
    return options
  }

  private func model(_ settings: String..., threads: Int = 2) throws -> TextClassifier {
    var options = try options(threads: threads)
    for assignment in settings { try options.set(assignment) }
    return try TextClassifier.train(on: Examples(ToyTexts.texts(300)), options: options).model
  }

  private func files(_ model: TextClassifier, _ name: String) throws -> [String: [UInt8]] {
    try model.write(to: folder.path(name))
    return try folder.files(of: name)
  }

  @Test func `a written model answers as the one in memory, text by text`() throws {
    let model = try model()
    _ = try files(model, "model.charcnn")
    let opened = try TextClassifier(contentsOf: folder.path("model.charcnn"))
    let archived = try TextClassifier(data: try model.data())
    let texts = ToyTexts.texts(1_200, seed: 9).map(\.text) + ["", "x", "字"]
    let expected = model.predictions(for: texts, maximumCount: 2)
    #expect(opened.predictions(for: texts, maximumCount: 2) == expected)
    #expect(archived.predictions(for: texts, maximumCount: 2) == expected)
    for (text, answer) in zip(texts, expected) { #expect(opened.predictions(for: [text], maximumCount: 2) == [answer]) }
    #expect(try model.evaluate(on: Examples(ToyTexts.texts(200, seed: 4))).accuracy > 0.9)
  }

  @Test func `the same bytes on any number of threads`() throws {
    let one = try files(model(threads: 1), "one.charcnn")
    #expect(one.keys.contains("ngrams.safetensors"))
    #expect(try files(model(threads: 3), "three.charcnn") == one)
  }

  @Test func `the file of n-grams is as large as it may be`() throws {
    let texts = (0..<600).map { number in
      (
        text: "\(number % 2 == 0 ? "a ripe" : "an iron") thing of number \(number / 7) and \(number * 31 % 97)",
        label: "\(number % 2)"
      )
    }
    func trained(_ setting: String) throws -> (size: Int, notes: [String]) {
      var notes: [String] = []
      let (model, _) = try TextClassifier.train(on: Examples(texts), options: options(setting)) {
        if case .prepared(let data) = $0 { notes = data.notes }
      }
      let size = try files(model, "\(setting).charcnn")["ngrams.safetensors"]?.count ?? 0
      return (size, notes)
    }
    let whole = try trained("ngramSize=none")
    let small = try trained("ngramSize=10000")
    #expect(whole.size > 12_000 && small.size <= 10_000 && small.size > 8_000)
    #expect(small.notes.contains { $0.contains("that count most") } && !whole.notes.contains { $0.contains("most") })
    #expect(try trained("ngramSize=1000000").size == whole.size)
    #expect(small.notes.contains { $0.contains("% of the validation texts, all of them") })
    // Nothing is left where the alphabet alone takes so many bytes.
    let characters = (0x4E00..<0x4E00 + 9_500).compactMap(Unicode.Scalar.init).map { Character($0) }
    let wide = (0..<100).map { (text: String(characters[$0 / 2 * 190..<($0 / 2 + 1) * 190]), label: "\($0 % 2)") }
    #expect(throws: ConfigurationError.self) {
      _ = try TextClassifier.train(on: Examples(wide), options: options("ngramSize=10000"))
    }
  }

  @Test(arguments: [true, false])
  func `a model is as large as it may be`(hasNetwork: Bool) throws {
    let texts = (0..<900).map { number in
      (
        text: "\(number % 2 == 0 ? "a ripe" : "an iron") thing of number \(number / 3) and \(number * 31 % 597)",
        label: "\(number % 2)"
      )
    }
    func size(_ bound: Int?) throws -> Int {
      var options = hasNetwork ? try options() : ClassificationOptions()
      if !hasNetwork { options.architecture = .ngrams }
      options.ngrams.ngramSize = nil
      options.size = bound
      let model = try TextClassifier.train(on: Examples(texts), options: options).model
      return try files(model, "\(bound ?? 0).charcnn").values.reduce(0) { $0 + $1.count }
    }
    let whole = try size(nil)
    #expect(whole > 42_000)
    for bound in [40_000, 33_000] {
      let found = try size(bound)
      #expect(found <= bound && found > bound * 2 / 3, "\(found) of \(bound)")
    }
    let error = #expect(throws: ConfigurationError.self) { _ = try size(21_000) }
    #expect(error?.setting == "size")
    // Long labels, which stand in two files; and a bound beyond all files.
    var wordy = ClassificationOptions()
    wordy.architecture = .ngrams
    wordy.size = 80_000
    let labelled = texts.map { (text: $0.text, label: String(repeating: "label \($0.label) ", count: 1_000)) }
    let model = try TextClassifier.train(on: Examples(labelled), options: wordy).model
    #expect(try files(model, "wordy.charcnn").values.reduce(0) { $0 + $1.count } <= 80_000)
    wordy.size = .max
    #expect(try TextClassifier.train(on: Examples(texts), options: wordy).model.ngrams.ngramSize ?? 0 > 8_000_000)
  }

  @Test func `beside a network n-grams have what is left of ten megabytes, where nothing else is said`() throws {
    func trained(_ settings: String...) throws -> (ngrams: Int?, network: Int) {
      var options = try ToyTexts.options("epochs=1")
      for assignment in settings { try options.set(assignment) }
      let model = try TextClassifier.train(on: Examples(ToyTexts.texts(40)), options: options).model
      return (
        model.ngrams.ngramSize,
        try files(model, "\(settings.joined()).charcnn")["model.safetensors"]?.count ?? 0
      )
    }
    #expect(try trained().ngrams == 8_000_000)
    let large = try trained("filters=800", "blocks=3")
    let size = try #require(large.ngrams)
    #expect(large.network > 2_100_000 && size < 8_000_000)
    #expect((9_950_000...10_000_000).contains(size + large.network), "\(size) beside \(large.network)")
    #expect(try trained("filters=800", "blocks=3", "ngramSize=7900000").ngrams == 7_900_000)
    #expect(try trained("filters=800", "blocks=3", "ngramSize=none").ngrams == nil)
  }

  @Test func `texts of rare classes count more, and skewed classes are told`() throws {
    // A word in common is all that the rare class has; most of its texts look like the frequent one.
    let texts = (0..<630).map { number in
      number % 21 == 0
        ? (text: "ordinary thing \(number % 4 == 0 ? "odd" : "plain") \(number % 13)", label: "rare")
        : (text: "ordinary thing plain \(number % 13)", label: "frequent")
    }
    func trained(_ setting: String, balanced: Bool = false) throws -> (recall: Double, notes: [String]) {
      var options = ClassificationOptions()
      options.architecture = .ngrams
      try options.set(setting)
      if balanced { options.balance() }
      var notes: [String] = []
      let (model, _) = try TextClassifier.train(on: Examples(texts), options: options) {
        if case .prepared(let data) = $0 { notes = data.notes }
      }
      let rare = texts.filter { $0.label == "rare" }
      let found = model.predictions(for: rare.map(\.text)).count { $0[0].label == "rare" }
      return (Double(found) / Double(rare.count), notes.filter { $0.hasPrefix("classes:") })
    }
    let none = try trained("ngramBalance=none")
    let root = try trained("ngramBalance=root")
    let full = try trained("ngramCost=1", balanced: true)
    #expect(none.recall <= root.recall && root.recall <= full.recall && none.recall < full.recall)
    #expect(none.notes.count == 1 && root.notes.count == 1 && full.notes.isEmpty)
    #expect(!none.notes[0].contains("count more") && root.notes[0].contains("count more"))
    #expect(root.notes[0].contains("rare has 30 texts, frequent 600"))
  }

  @Test func `the other ways to a model and from it`() throws {
    let model = try model()
    let small = try model.quantized()
    let texts = ToyTexts.texts(100, seed: 3).map(\.text)
    let agreed = zip(small.predictions(for: texts), model.predictions(for: texts)).count { $0[0].label == $1[0].label }
    #expect(agreed > 95)
    _ = try files(small, "small.charcnn")
    let opened = try TextClassifier(contentsOf: folder.path("small.charcnn"))
    #expect(opened.predictions(for: texts) == small.predictions(for: texts))
    #expect(model.vectors(for: texts).count == 100)
    // Its network lends itself to another one.
    _ = try files(model, "base.charcnn")
    var options = try self.options()
    try options.use(base: folder.path("base.charcnn"))
    let tuned = try TextClassifier.train(on: Examples(ToyTexts.texts(100, seed: 6)), options: options).model
    #expect(tuned.predictions(for: texts).count == 100)
  }

  @Test func `models of tables are as they were`() throws {
    var options = ClassificationOptions()
    for assignment in ["filters=16", "embedding=8", "blocks=1", "epochs=1", "ngramBits=8"] {
      try options.set(assignment)
    }
    let model = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options).model
    let all = try files(model, "table.charcnn")
    #expect(all["ngrams.safetensors"] == nil)
    let configuration = String(decoding: try #require(all["config.json"]), as: UTF8.self)
    for key in ["ngramTraining", "wordNgrams", "wordPairs", "ngramLength"] { #expect(!configuration.contains(key)) }
    #expect(configuration.contains("\"version\" : 1"))
  }

  @Test(arguments: [
    ["ngramTraining=solved", "ngramBits=8"], ["ngramTraining=solved", "ngramBayes=1"],
    ["ngramTraining=steps", "wordNgrams=1"], ["ngramTraining=steps", "ngramCost=1"], ["ngramBits=8", "ngramCost=1"],
    ["ngramTraining=solved", "ngramCost=0"], ["ngramTraining=solved", "ngramCost=1e-9"],
    ["ngramTraining=solved", "wordNgrams=0"],
    ["ngramTraining=solved", "wordNgrams=2,2"], ["ngramTraining=solved", "wordPairs=0"],
    ["ngramTraining=steps", "wordPairs=2"],
    ["ngramTraining=solved", "ngramSize=9999"], ["ngramTraining=steps", "ngramSize=20000"],
  ])
  func `settings that do not go together are refused`(settings: [String]) throws {
    var options = ClassificationOptions()
    for assignment in settings { try options.set(assignment) }
    #expect(throws: ConfigurationError.self) {
      try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options)
    }
  }

  @Test(arguments: ["roles", "buckets", "rarities", "scale", "exponents", "remainders", "weights", "bias"])
  func `a tensor of the n-grams that was changed is refused`(name: String) throws {
    _ = try files(model(), "good.charcnn")
    let bundle = try ModelBundle(contentsOf: folder.path("good.charcnn"))
    let file = try bundle.safetensors(named: "ngrams.safetensors")
    var changed = SafetensorsWriter()
    for tensor in file.names {
      let shape = try file.shape(of: tensor)
      let isChanged = tensor == name
      switch try file.dtype(of: tensor) {
      case .float32:
        var floats = try file.floats(tensor)
        if isChanged { floats[0] = .nan }
        try changed.add(tensor, shape: shape, floats)
      case .uint16:
        let integers = try file.uint16s(tensor)
        try changed.add(
          tensor, shape: isChanged ? [shape[0] - 1] : shape, Array(isChanged ? integers.dropLast() : integers[...]))
      case .uint8:
        var bytes = try file.bytes(tensor)
        // Any byte may be a rarity or an exponent; their number is fixed.
        let isAnyByte = ["rarities", "exponents"].contains(tensor)
        if isChanged, isAnyByte { bytes.removeLast() }
        if isChanged, !isAnyByte { bytes[bytes.count / 2] &+= 7 }
        try changed.add(tensor, shape: [bytes.count], bytes)
      default:
        let bytes = try file.int8s(tensor)
        try changed.add(tensor, shape: isChanged ? shape.reversed() : shape, bytes)
      }
    }
    let crafted = folder.path("crafted.charcnn")
    let names = ["config.json", "alphabet.json", "labels.json", "model.safetensors"]
    try ModelBundle.write(
      to: crafted,
      files: try names.map { BundleFile($0, bytes: try bundle.data(named: $0)) }
        + [BundleFile("ngrams.safetensors", bytes: changed.bytes())])
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: crafted) }
  }

  @Test(arguments: [
    ("\"version\" : 3", "\"version\" : 2"), ("\"ngrams\" : [", "\"unknown\" : ["),
    ("\"ngrams\" : {", "\"unknown\" : {"),
  ])
  func `a model that does not say its n-grams, or is of a version without them, is refused`(
    change: (from: String, to: String)
  ) throws {
    _ = try files(model(), "good.charcnn")
    let bundle = try ModelBundle(contentsOf: folder.path("good.charcnn"))
    let names = ["config.json", "alphabet.json", "labels.json", "model.safetensors", "ngrams.safetensors"]
    var files = try names.map { BundleFile($0, bytes: try bundle.data(named: $0)) }
    let configuration = String(decoding: try bundle.data(named: "config.json"), as: UTF8.self)
    let changed = configuration.replacingOccurrences(of: change.from, with: change.to)
    #expect(changed != configuration)
    files[0] = BundleFile("config.json", bytes: Array(changed.utf8))
    let crafted = folder.path("crafted.charcnn")
    try ModelBundle.write(to: crafted, files: files)
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: crafted) }
  }

  @Test func `buckets whose sizes have no sum in 32 bits are refused`() throws {
    _ = try files(model(), "good.charcnn")
    let bundle = try ModelBundle(contentsOf: folder.path("good.charcnn"))
    let file = try bundle.safetensors(named: "ngrams.safetensors")
    var changed = SafetensorsWriter()
    for name in ["bias", "scale"] { try changed.add(name, shape: file.shape(of: name), file.floats(name)) }
    try changed.add("remainders", shape: file.shape(of: "remainders"), file.uint16s("remainders"))
    try changed.add("weights", shape: file.shape(of: "weights"), file.int8s("weights"))
    try changed.add("buckets", shape: [1 << 25], [UInt8](repeating: 255, count: 1 << 25))
    for name in ["rarities", "exponents", "roles"] {
      try changed.add(name, shape: file.shape(of: name), file.bytes(name))
    }
    let names = ["config.json", "alphabet.json", "labels.json", "model.safetensors"]
    let crafted = folder.path("crafted.charcnn")
    try ModelBundle.write(
      to: crafted,
      files: try names.map { BundleFile($0, bytes: try bundle.data(named: $0)) }
        + [BundleFile("ngrams.safetensors", bytes: changed.bytes())])
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: crafted) }
  }

  @Test func `the rate is what suits the network and what stands beside it, where none is given`() throws {
    let folder = try TemporaryFolder()
    func trained(_ settings: [String], base: String? = nil) throws -> TextClassifier {
      var options = ClassificationOptions()
      options.threads = 1
      if let base { try options.use(base: base) }
      let small = base == nil ? ["filters=8", "embedding=4", "blocks=1"] : []
      for setting in small + ["epochs=1", "minimumCount=1"] + settings { try options.set(setting) }
      return try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options).model
    }
    func rate(_ model: TextClassifier) -> Float? { model.record?.settings.training.rate }
    let model = try trained([])
    #expect(rate(model) == 0.004)
    #expect(try rate(trained(["rate=0.002"])) == 0.002)
    #expect(try rate(trained(["rate=0.01"])) == 0.01)
    #expect(try rate(trained(["ngrams=none"])) == 0.002)
    #expect(try rate(trained(["ngramTraining=steps"])) == 0.002)
    try model.write(to: folder.path("base.charcnn"))
    #expect(try rate(trained([], base: folder.path("base.charcnn"))) == 0.002)
    #expect(try rate(trained(["rate=0.004"], base: folder.path("base.charcnn"))) == 0.004)
    // A program may hand over the settings of any other training.
    var options = ClassificationOptions()
    options.architecture = .ngrams
    options.training = TrainingSettings()
    _ = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options)
  }
}
