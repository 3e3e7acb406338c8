import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Models that learn a teacher's vectors.
@Suite struct TextEmbedderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a base learns where texts point`() throws {
    let (base, summary) = try TextEmbedder.train(
      on: Examples(ToyVectors.texts(600)), options: ToyVectors.options())
    #expect(summary.report.cosine > 0.9 && summary.report.texts == 30, "\(summary.report)")
    #expect((summary.report.neighborAgreement ?? 0) > 0.6 && (summary.report.similarityCorrelation ?? 0) > 0.8)
    let held = ToyVectors.texts(300, seed: 7)
    let report = try base.evaluate(on: Examples(held))
    #expect(report.cosine > 0.9 && report.texts == 300)
    // What nobody has learned from the vectors is far from them.
    let others = held.map { EmbeddedText($0.text, vector: $0.vector.reversed()) }
    #expect(try base.evaluate(on: Examples(others)).cosine < 0.6)
    #expect(base.similarity(of: "river lake water", to: "lake water river") > 0.9)
    #expect(base.similarity(of: "river lake water", to: "bread cheese apple") < 0.7)
  }

  @Test func `each of many texts has the vector that it has alone`() throws {
    let (base, _) = try TextEmbedder.train(
      on: Examples(ToyVectors.texts(200)), options: ToyVectors.options(["epochs=1"]))
    // More than one batch of predictions, with texts of no character and of none that is known among them.
    let texts = ToyVectors.texts(2_000, seed: 3).map(\.text) + ["", "дом", String(repeating: "river ", count: 3_000)]
    let all = base.vectors(for: texts)
    #expect(all.count == texts.count)
    for place in stride(from: 0, to: texts.count, by: 97) { #expect(base.vector(for: texts[place]) == all[place]) }
    for place in texts.count - 3..<texts.count { #expect(base.vector(for: texts[place]) == all[place]) }
    for vector in all {
      let square = vector.reduce(0) { $0 + $1 * $1 }
      #expect(abs(square - 1) < 1e-3)
    }
  }

  @Test func `vectors of other lengths keep them`() throws {
    let (base, summary) = try TextEmbedder.train(
      on: Examples(ToyVectors.texts(600, length: 25)), options: ToyVectors.options())
    #expect(!base.givesUnits && summary.report.cosine > 0.9)
    let lengths = base.vectors(for: ToyVectors.texts(100, seed: 5).map(\.text)).map { vector in
      vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    #expect(lengths.allSatisfy { (15...35).contains($0) }, "\(lengths.sorted())")
    let path = folder.path("long.charcnn")
    try base.write(to: path)
    #expect(try TextEmbedder(contentsOf: path).vector(for: "rain snow") == base.vector(for: "rain snow"))
  }

  @Test func `a size limits the file`() throws {
    let texts = Examples(ToyVectors.texts(600))
    func size(_ setting: String) throws -> Int {
      let (base, _) = try TextEmbedder.train(on: texts, options: ToyVectors.options(["epochs=1", setting]))
      let path = folder.path("\(setting).charcnn")
      try base.write(to: path)
      let bundle = try ModelBundle(contentsOf: path)
      return try ["ngrams.safetensors", "model.safetensors"].reduce(0) { try $0 + bundle.data(named: $1).count }
    }
    #expect(try size("size=12000") <= 12_000)
    #expect(try size("size=8000000") > 12_000)
    var options = try ToyVectors.options(["size=10000"])
    options.network.hidden = 4_096
    let error = #expect(throws: ConfigurationError.self) { try TextEmbedder.train(on: texts, options: options) }
    #expect(error?.setting == "size")
  }

  @Test(arguments: [
    ([Float](repeating: 0, count: 8), "zero"), ([1, .nan, 0, 0, 0, 0, 0, 0], "no number"), ([1, 2], "2 numbers"),
    ([], "no numbers"), ([.infinity, 0, 0, 0, 0, 0, 0, 0], "no number"),
  ])
  func `a vector that cannot be learned is refused by its number`(vector: [Float], problem: String) throws {
    var texts = ToyVectors.texts(40)
    texts[11].vector = vector
    let error = #expect(throws: DataError.self) {
      try TextEmbedder.train(on: Examples(texts), options: ToyVectors.options())
    }
    let text = error?.description ?? ""
    #expect(text.contains("text 12") && text.contains(problem), "\(text)")
  }

  @Test(arguments: [([Float](repeating: 3e38, count: 8), "too large"), ([Float](repeating: 1e-35, count: 8), "zero")])
  func `vectors whose lengths floats cannot hold are refused`(vector: [Float], problem: String) throws {
    let texts = ToyVectors.texts(40).map { EmbeddedText($0.text, vector: vector) }
    let error = #expect(throws: DataError.self) {
      try TextEmbedder.train(on: Examples(texts), options: ToyVectors.options())
    }
    #expect(error?.description.contains(problem) == true)
  }

  @Test func `one text is too few to learn from and to measure with`() throws {
    for count in [0, 1] {
      #expect(throws: TrainingError.self) {
        try TextEmbedder.train(on: Examples(ToyVectors.texts(count)), options: ToyVectors.options())
      }
    }
  }

  @Test func `a text that is left out takes its vector with it`() throws {
    let texts = ToyVectors.texts(300)
    let places = [0, 137, 301]
    var lines = texts.map { Array(($0.text + "\n").utf8) }
    var vectors = texts.map(\.vector)
    for place in places {
      lines.insert([0xC3, 0x28, 0x0A], at: place)
      vectors.insert([Float](repeating: 9, count: ToyVectors.dimension), at: place)
    }
    func written(_ vectors: [[Float]], _ name: String) throws -> String {
      let writer = try VectorFileWriter(
        folder.path(name), format: .npy, columns: ToyVectors.dimension, overwrite: false)
      try writer.append(vectors.flatMap { $0 })
      try writer.finish()
      return folder.path(name)
    }
    let faulty = folder.path("faulty.txt")
    try Data(lines.flatMap { $0 }).write(to: URL(filePath: faulty))
    let whole = try folder.write(texts.map { $0.text + "\n" }.joined(), to: "whole.txt")
    func source(_ path: String, _ vectors: String) throws -> Examples<EmbeddedText> {
      var data = DataOptions(format: .lines)
      data.skipsInvalid = true
      return Examples(try EmbeddedTextSource(path: path, options: .init(vectors: vectors, data: data)))
    }
    let given = try source(faulty, written(vectors, "faulty.npy"))
    let expected = try source(whole, written(texts.map(\.vector), "whole.npy"))
    let options = try ToyVectors.options(["epochs=2"])
    var warnings: [String] = []
    let model = try TextEmbedder.train(on: given, options: options) { event in
      if case .prepared(let data) = event { warnings = data.warnings }
    }.model
    let other = try TextEmbedder.train(on: expected, options: options).model
    #expect(model.vector(for: "rain and snow") == other.vector(for: "rain and snow"))
    #expect(warnings.contains { $0.contains("3 faulty records were left out") }, "\(warnings)")
    // And so where a model is measured, which tells it too.
    let (report, told) = try model.measured(on: given)
    #expect(try report == model.evaluate(on: expected) && told == warnings, "\(told)")
  }

  @Test func `texts and vectors come from files, row for row`() throws {
    let texts = ToyVectors.texts(120)
    let lines = try folder.write(texts.map { $0.text + "\n" }.joined(), to: "texts.txt")
    let npy = folder.path("vectors.npy")
    let writer = try VectorFileWriter(npy, format: .npy, columns: ToyVectors.dimension, overwrite: false)
    try writer.append(texts.flatMap(\.vector))
    try writer.finish()
    let objects = texts.map { text in
      "{\"id\": 3, \"text\": \"\(text.text)\", \"vector\": [\(text.vector.map { "\($0)" }.joined(separator: ", "))]}\n"
    }
    let json = try folder.write(objects.joined(), to: "texts.jsonl")
    let options = try ToyVectors.options(["epochs=1"])
    let expected = try TextEmbedder.train(on: Examples(texts), options: options).model
    let sources = [
      try EmbeddedTextSource(path: lines, options: .init(vectors: npy)),
      try EmbeddedTextSource(path: json, options: .init()),
      try EmbeddedTextSource(path: json, options: .init(field: "vector")),
    ]
    for source in sources {
      let model = try TextEmbedder.train(on: Examples(source), options: options).model
      #expect(model.vector(for: "rain and snow") == expected.vector(for: "rain and snow"), "\(source.summary)")
    }
    #expect(sources[1].summary.contains("vectors = field \"vector\""), "\(sources[1].summary)")
    // A model says nothing of where files were, and its run finds them beside it.
    let model = try TextEmbedder.train(on: Examples(sources[0]), options: options).model
    let bundle = folder.path("base.charcnn")
    try model.write(to: bundle)
    let run = try String(contentsOfFile: bundle + "/run.json", encoding: .utf8)
    #expect(run.contains("vectors.npy") && !run.contains(folder.path("vectors.npy")), "\(run)")
    let (again, _) = try TextEmbedder.train(repeating: ModelBundle.Run(contentsOf: bundle))
    #expect(again.vector(for: "rain and snow") == expected.vector(for: "rain and snow"))
    for count in [119, 121] {
      let other = try folder.write((texts + texts).prefix(count).map { $0.text + "\n" }.joined(), to: "other.txt")
      let error = #expect(throws: DataError.self) {
        try TextEmbedder.train(
          on: Examples(EmbeddedTextSource(path: other, options: .init(vectors: npy))), options: options)
      }
      #expect(error?.description.contains("120 vectors") == true, "\(error?.description ?? "")")
    }
    #expect(throws: DataError.self) { try EmbeddedTextSource(path: lines, options: .init()) }
    #expect(throws: DataError.self) { try EmbeddedTextSource(path: lines, options: .init(vectors: "nowhere.npy")) }
  }
}
