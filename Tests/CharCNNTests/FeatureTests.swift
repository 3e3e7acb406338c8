import CharCNNToolkit
import Foundation
import TestSupport
import Testing

@Suite struct FeatureTests {
  private func trained(_ assignments: String..., model: String? = nil) throws -> TextClassifier {
    var options = try ToyTexts.options()
    if let model {
      options = ClassificationOptions()
      options.threads = 1
      try options.use(model: model)
      for assignment in ["epochs=1", "batchTexts=16", "minimumCount=1"] { try options.set(assignment) }
    }
    for assignment in assignments { try options.set(assignment) }
    return try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options).model
  }

  private let texts = ["plum iron", "", "a  danube\tplum loire danube plum ", "z"]

  @Test(arguments: ["hidden=none", "hidden=7", "widths=2,3"])
  func `the vector of a text is what the scores are computed from`(setting: String) throws {
    let classifier = try trained("ngrams=none", setting)
    let folder = try TemporaryFolder()
    try classifier.write(to: folder.path("m.charcnn"))
    let weights = try SafetensorsFile(path: folder.path("m.charcnn/model.safetensors"))
    let (weight, bias) = (try weights.floats("output.weight"), try weights.floats("output.bias"))
    let features = try classifier.features(of: texts, FeatureOptions())
    for (text, feature) in zip(texts, features) {
      #expect(feature.ranges == [0..<text.utf8.count])
      let scores = bias.indices.map { output in
        zip(feature.values, weight[output * feature.dimension..<(output + 1) * feature.dimension]).reduce(
          Double(bias[output])
        ) { $0 + Double($1.0) * Double($1.1) }
      }
      let total = scores.reduce(0) { $0 + exp($1) }
      let answers = classifier.predictedLabelHypotheses(for: text.isEmpty ? " " : text, maximumCount: 3)
      if text.isEmpty { continue }
      for (label, score) in zip(classifier.labels, scores) {
        #expect(abs(exp(score) / total - (answers[label] ?? 0)) < 1e-4)
      }
    }
  }

  @Test(arguments: ["kim", "gated-multikernel"])
  func `other networks give vectors of texts and none of words`(model: String) throws {
    let classifier = try trained(model: model)
    let features = try classifier.features(of: texts, FeatureOptions())
    #expect(features.allSatisfy { $0.values.count == features[0].dimension })
    #expect(throws: ConfigurationError.self) { try classifier.featureDimension(FeatureOptions(level: .word)) }
  }

  @Test func `layer 0 of a character is its embedding`() throws {
    let classifier = try trained()
    let embeddings = try #require(classifier.embeddings)
    let features = try classifier.features(of: ["plum"], FeatureOptions(level: .character, layer: 0))[0]
    #expect(features.ranges == [0..<1, 1..<2, 2..<3, 3..<4])
    for (number, letter) in "plum".enumerated() {
      #expect(Array(features[number]) == embeddings[String(letter)].map(Array.init))
    }
  }

  @Test func `words have the largest or the mean value of their characters`() throws {
    let classifier = try trained("pooling=none")
    let text = "Café  plum\u{3000}z"
    let characters = try classifier.features(of: [text], FeatureOptions(level: .character, layer: 1))[0]
    for pooling in Pooling.allCases {
      let words = try classifier.features(of: [text], FeatureOptions(level: .word, layer: 1, pooling: pooling))[0]
      #expect(words.ranges == [0..<5, 7..<11, 14..<15])
      for (number, range) in words.ranges.enumerated() {
        let members = characters.ranges.indices.filter { characters.ranges[$0].overlaps(range) }
        for channel in 0..<words.dimension {
          let values = members.map { characters[$0][characters[$0].startIndex + channel] }
          let expected = pooling == .max ? values.max() : values.reduce(0, +) / Float(values.count)
          #expect(abs(words[number][words[number].startIndex + channel] - (expected ?? .nan)) < 1e-6)
        }
      }
    }
  }

  @Test(arguments: FeatureOptions.Level.allCases, [nil, 0, 2])
  func `a text's vectors do not depend on its neighbours`(level: FeatureOptions.Level, layer: Int?) throws {
    let classifier = try trained("ngrams=none")
    let options = FeatureOptions(level: level, layer: layer)
    let together = try classifier.features(of: texts, options)
    #expect(together.count == texts.count)
    for (number, text) in texts.enumerated() {
      #expect(try classifier.features(of: [text], options) == [together[number]])
      #expect(together[number].values.count == together[number].ranges.count * together[number].dimension)
    }
  }

  @Test func `what is beyond the longest text gets zeros`() throws {
    let classifier = try trained("length=6")
    let words = try classifier.features(of: ["plum iron zinc"], FeatureOptions(level: .word))[0]
    #expect(words.ranges.count == 3)
    #expect(words[0].contains { $0 != 0 } && words[1].contains { $0 != 0 } && words[2].allSatisfy { $0 == 0 })
  }

  @Test func `a layer that is none is named`() throws {
    let classifier = try trained()
    let error = #expect(throws: ConfigurationError.self) {
      try classifier.features(of: texts, FeatureOptions(level: .word, layer: 3))
    }
    #expect(error?.setting == "layer" && error?.problem.contains("0 (the embedding) to 2") == true)
  }

  @Test(arguments: FeatureWriter.Format.allCases)
  func `the file holds the vectors of all texts`(format: FeatureWriter.Format) throws {
    let classifier = try trained()
    let folder = try TemporaryFolder()
    let path = folder.path("f.\(format.rawValue)")
    let options = FeatureOptions(level: .word)
    let writer = try FeatureWriter(path, of: classifier, options)
    try writer.append(Array(texts[..<2]))
    try writer.append(Array(texts[2...]))
    try writer.finish()
    let expected = try classifier.features(of: texts, options)
    let values = expected.flatMap(\.values)
    switch format {
    case .npy: #expect(try VectorFile(path: path).withFloats { Array($0) } == values)
    case .safetensors:
      let file = try SafetensorsFile(path: path)
      #expect(try file.floats("vectors") == values)
      #expect(try file.int64s("texts") == [0, 2, 2, 8, 9])
      let ranges = expected.flatMap { $0.ranges.flatMap { [Int64($0.lowerBound), Int64($0.upperBound)] } }
      #expect(try file.int64s("ranges") == ranges)
    case .jsonLines:
      let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      #expect(lines.count == texts.count)
      struct Line: Decodable {
        let text: String
        let ranges: [[Int]]
        let vectors: [[Float]]
      }
      let read = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
      #expect(read.map(\.text) == texts)
      #expect(read.flatMap { $0.vectors.flatMap { $0 } } == values)
    }
    #expect(throws: StorageError.self) { try FeatureWriter(path, of: classifier, options) }
    #expect(throws: ConfigurationError.self) { try FeatureWriter(folder.path("f.txt"), of: classifier, options) }
  }
}
