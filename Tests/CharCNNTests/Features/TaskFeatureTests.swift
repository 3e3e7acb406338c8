import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Features of models that are no classifiers.
@Suite struct TaskFeatureTests {
  private let texts = [
    "the old cat sees a tree", "", "  ", "张三看见李四海。王五去", "plum iron\tz", "e\u{301}a",
    String(repeating: "a river finds this stone. ", count: 200),
  ]

  private func weights(_ bundle: TaskBundle) throws -> SafetensorsFile {
    try SafetensorsFile(path: bundle.path() + "/model.safetensors")
  }

  @Test(arguments: TaskBundle.allCases)
  func `vectors depend neither on the number of threads nor on neighbours`(bundle: TaskBundle) throws {
    let (one, three) = (try bundle.model(threads: 1), try bundle.model(threads: 3))
    for level in bundle.levels {
      for layer in [nil, 0, 1, 2] {
        for pooling in Pooling.allCases {
          let options = FeatureOptions(level: level, layer: layer, pooling: pooling)
          let dimension = try one.featureDimension(options)
          let together = try one.features(of: texts, options)
          #expect(together.count == texts.count)
          #expect(try three.features(of: texts.reversed(), options) == Array(together.reversed()))
          for (text, features) in zip(texts, together) {
            #expect(features.dimension == dimension)
            #expect(features.values.count == features.ranges.count * features.dimension)
            #expect(features.values.allSatisfy { $0.isFinite })
            #expect(features.ranges.allSatisfy { (0...text.utf8.count).contains($0.upperBound) })
            #expect(try one.features(of: [text], options) == [features])
          }
          #expect(try one.features(of: [], options).isEmpty)
        }
      }
    }
  }

  @Test(arguments: TaskBundle.allCases, FeatureOptions.Level.allCases)
  func `layers and levels that are none are errors`(bundle: TaskBundle, level: FeatureOptions.Level) throws {
    let model = try bundle.model()
    for layer in [nil, -1, 0, 1, 99, .min, .max] {
      let options = FeatureOptions(level: level, layer: layer)
      if bundle.levels.contains(level), layer.map((0...2).contains) ?? true {
        #expect(try model.features(of: texts, options).count == texts.count)
      } else {
        #expect(throws: ConfigurationError.self) { try model.featureDimension(options) }
        #expect(throws: ConfigurationError.self) { try model.features(of: texts, options) }
      }
    }
  }

  @Test(arguments: [TaskBundle.causal, .masked])
  func `a language model's characters get the rows that its body computes`(bundle: TaskBundle) throws {
    let model = try #require(try bundle.model() as? CharacterLanguageModel)
    let file = try weights(bundle)
    let device = CPUDevice(threads: 1)
    let store = try ParameterStore(layout: model.network.parameters, device: device) { name, _ in
      try file.floats(name)
    }
    let text = "plum danube"
    let encoded = TextEncoder(settings: model.textSettings, alphabet: model.alphabet).encodeWithRanges(text)
    let workspace = Workspace()
    let batch = CharacterBatch(
      count: 1, fixedLength: nil, workspace: workspace, length: { _ in encoded.indices.count },
      copy: { _ = $1.update(fromContentsOf: encoded.indices) })
    let rows = model.network.rows(of: batch, .prediction(device: device, workspace: workspace, store: store))
    let features = try model.features(of: [text], FeatureOptions(level: .character))[0]
    #expect(features.values == device.read(rows.values))
    #expect(features.ranges == encoded.ranges)

    let embedding = try file.floats("embedding.weight")
    let bottom = try model.features(of: [text], FeatureOptions(level: .character, layer: 0))[0]
    for (number, index) in encoded.indices.enumerated() {
      #expect(Array(bottom[number]) == Array(embedding[Int(index) * 8..<(Int(index) + 1) * 8]))
    }
  }

  @Test func `a causal model's characters know nothing of what follows`() throws {
    func rows(_ bundle: TaskBundle, _ text: String) throws -> [Float] {
      try Array(bundle.model().features(of: [text], FeatureOptions(level: .character))[0].values.prefix(4 * 8))
    }
    #expect(try rows(.causal, "plum iron") == rows(.causal, "plumtin"))
    #expect(try rows(.masked, "plum iron") != rows(.masked, "plumtin"))
  }

  @Test(arguments: [TaskBundle.causal, .characters])
  func `texts without a vector of their own get that of their rows`(bundle: TaskBundle) throws {
    let model = try bundle.model()
    let text = "张三看见 plum"
    let rows = try model.features(of: [text], FeatureOptions(level: .character))[0]
    let whole = try model.features(of: [text], FeatureOptions())[0]
    #expect(whole.ranges == [0..<text.utf8.count])
    for channel in 0..<whole.dimension {
      let values = rows.ranges.indices.map { rows.values[$0 * rows.dimension + channel] }
      #expect(whole.values[channel] == values.max())
    }
  }

  @Test(arguments: [TaskBundle.contrastive, .regression])
  func `a matcher's texts get the vectors that it compares`(bundle: TaskBundle) throws {
    let matcher = try #require(try bundle.model() as? TextMatcher)
    let features = try matcher.features(of: texts, FeatureOptions())
    #expect(features.map(\.values) == matcher.vectors(for: texts))
    #expect(features.map(\.ranges) == texts.map { [0..<$0.utf8.count] })
    guard bundle == .contrastive else { return }
    func product(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
    let (a, b) = (features[0].values, features[4].values)
    let cosine = product(a, b) / (product(a, a) * product(b, b)).squareRoot()
    #expect(abs(cosine - matcher.score(texts[0], texts[4])) < 1e-5)
  }

  @Test func `what is beyond a matcher's longest text gets zeros`() throws {
    let text = String(repeating: "cat ", count: 11)
    let words = try TaskBundle.contrastive.model().features(of: [text], FeatureOptions(level: .word))[0]
    #expect(words.ranges.count == 11)
    #expect(words.ranges.indices.map { words[$0].contains { $0 != 0 } } == [Bool](repeating: true, count: 10) + [false])
  }

  @Test func `the rows of words are what a tagger's scores are computed from`() throws {
    let tagger = try #require(try TaskBundle.words.model() as? SequenceTagger)
    let file = try weights(.words)
    let (weight, bias) = (try file.floats("output.weight"), try file.floats("output.bias"))
    let text = "the old cat, sees\nthis stone!"
    let tokens = tagger.sentences(of: text).flatMap(\.tokens)
    let features = try tagger.features(of: [text], FeatureOptions(level: .word))[0]
    #expect(features.ranges == tokens.map(\.range) && tokens.map(\.text).contains(","))
    let answers = tagger.tags(in: text).flatMap(\.tokens)
    #expect(answers.count == features.ranges.count)
    for (number, answer) in answers.enumerated() {
      let scores = bias.indices.map { tag in
        zip(features[number], weight[tag * features.dimension..<(tag + 1) * features.dimension]).reduce(
          Double(bias[tag])
        ) { $0 + Double($1.0) * Double($1.1) }
      }
      let total = scores.reduce(0) { $0 + exp($1) }
      let tag = try #require(tagger.labels.firstIndex(of: answer.tag))
      #expect(abs(exp(scores[tag]) / total - answer.probability) < 1e-4)
    }
  }

  @Test func `a tagger's characters are its tokens, over all sentences of a text`() throws {
    let tagger = try #require(try TaskBundle.characters.model() as? SequenceTagger)
    let text = "张三 看见！\n\n李四海去"
    let features = try tagger.features(of: [text], FeatureOptions(level: .character))[0]
    #expect(features.ranges == tagger.sentences(of: text).flatMap(\.tokens).map(\.range))
    #expect(features.ranges.count == 9)
    let words = try tagger.features(of: [text], FeatureOptions(level: .word, pooling: .max))[0]
    #expect(words.ranges == [0..<6, 7..<16, 18..<30])
    for channel in 0..<words.dimension {
      let values = (2..<5).map { features.values[$0 * features.dimension + channel] }
      #expect(words.values[words.dimension + channel] == values.max())
    }
  }

  @Test(arguments: TaskBundle.allCases)
  func `files take vectors of every task`(bundle: TaskBundle) throws {
    let folder = try TemporaryFolder()
    let writer = try FeatureWriter(folder.path("f.npy"), of: bundle.model(), FeatureOptions(level: .word))
    try writer.append(Array(texts[..<3]))
    try writer.append(Array(texts[3...]))
    try writer.finish()
    let expected = try bundle.model().features(of: texts, FeatureOptions(level: .word)).flatMap(\.values)
    #expect(try VectorFile(path: folder.path("f.npy")).withFloats { Array($0) } == expected)
  }
}
