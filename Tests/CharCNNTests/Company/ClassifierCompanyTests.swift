import CharCNN
import TestSupport
import Testing

/// A text among thousands gets the answer that it gets alone, with the same bits, on any number of threads.
@Suite struct ClassifierCompanyTests {
  private static let texts = MixedTexts.texts(1_200)

  /// A classifier on one and on three threads.
  private func pair(_ settings: [String], model: String? = nil, quantized: Bool = false) throws
    -> (one: TextClassifier, three: TextClassifier)
  {
    var options = try ToyTexts.options()
    if let model {
      options = ClassificationOptions()
      options.threads = 1
      try options.use(model: model)
      for assignment in ["epochs=1", "batchTexts=16", "minimumCount=1"] { try options.set(assignment) }
    }
    for assignment in settings { try options.set(assignment) }
    let own = ToyTexts.texts(60) + Self.texts.prefix(90).enumerated().map { ($1, ["fruit", "metal", "river"][$0 % 3]) }
    let trained = try TextClassifier.train(on: Examples(own), options: options).model
    let folder = try TemporaryFolder()
    let path = folder.path("m.charcnn")
    try (quantized ? trained.quantized() : trained).write(to: path)
    return (try TextClassifier(contentsOf: path, threads: 1), try TextClassifier(contentsOf: path, threads: 3))
  }

  @Test(
    arguments: [
      ([], nil, false), (["maximumLength=100", "ngramBits=8"], nil, false), (["chunkLength=40"], nil, false),
      ([], nil, true), (["ngrams=none", "length=60"], nil, false), (["padding=causal", "stride=2"], nil, false),
      ([], "kim", false), (["maps=8", "hidden=8"], "zhang-small", false), (["maps=4,4,4,4"], "vdcnn-9", false),
    ] as [([String], String?, Bool)])
  func `predictions of many texts are those of each alone`(settings: [String], model: String?, quantized: Bool) throws {
    let (one, three) = try pair(settings, model: model, quantized: quantized)
    let texts = model == nil ? Self.texts : Array(Self.texts.prefix(300))
    let all = one.labels.count
    let together = one.predictions(for: texts, maximumCount: all)
    #expect(three.predictions(for: texts, maximumCount: all) == together)
    #expect(three.predictions(for: texts.reversed(), maximumCount: all) == together.reversed())
    #expect(one.predictions(for: texts).map { $0.map(\.label) } == together.map { [$0[0].label] })
    for (number, text) in texts.enumerated() {
      #expect(one.predictions(for: [text], maximumCount: all)[0] == together[number], "text \(number)")
      #expect(one.predictedLabel(for: text) == (text.isEmpty ? nil : together[number][0].label))
    }
  }

  @Test(arguments: [["ngramBits=8"], ["chunkLength=40"]])
  func `the figures of an evaluation are those of the texts alone`(settings: [String]) throws {
    let (one, three) = try pair(settings)
    let texts = Self.texts.filter { text in text.contains { $0.isLetter } && !text.contains("\u{0}") }
    let labels = texts.indices.map { one.labels[$0 % 3] }
    let folder = try TemporaryFolder()
    let rows = zip(texts, labels).map { "\"\($0)\",\($1)\n" }.joined()
    let source = try Examples<LabeledText>(contentsOf: folder.write("text,label\n" + rows, to: "held.csv"))
    let report = try one.evaluate(on: source)
    #expect(try three.evaluate(on: source) == report)
    let right = zip(texts, labels).count { one.predictedLabel(for: $0) == $1 }
    #expect(report.accuracy == Double(right) / Double(texts.count))
  }

  @Test(arguments: ["ngrams=none", "maximumLength=100", "stride=2"])
  func `vectors of many texts, their words and characters are those of each alone`(setting: String) throws {
    let (one, three) = try pair([setting])
    try Company.expectFeatures(one, three, FeatureOptions.Level.allCases, Self.texts)
  }

  @Test func `vectors of other networks are those of each text alone`() throws {
    let (one, three) = try pair([], model: "kim")
    try Company.expectFeatures(one, three, [.text], Array(Self.texts.prefix(500)))
  }

  @Test func `languages of many texts are those of each alone`() throws {
    let (one, three) = try pair(["cuts=0.6", "ngramBayes=0.03"])
    let (detector, other) = (LanguageDetector(one), LanguageDetector(three))
    let together = detector.detections(for: Self.texts, maximumCount: 3)
    #expect(other.detections(for: Self.texts, maximumCount: 3) == together)
    for (number, text) in Self.texts.enumerated() {
      #expect(detector.detections(for: [text], maximumCount: 3)[0] == together[number], "text \(number)")
      if number % 5 == 0 { #expect(detector.spans(in: text) == other.spans(in: text)) }
    }
  }

  @Test func `parts of a long text in several languages are the same on one thread and on three`() throws {
    let (one, three) = try pair(["cuts=0.6", "ngramBayes=0.03"])
    let text = Self.texts.joined(separator: " ")
    var (detector, other) = (LanguageDetector(one), LanguageDetector(three))
    (detector.settings.switchCost, other.settings.switchCost) = (0.1, 0.1)
    let spans = detector.spans(in: text)
    #expect(spans.count > 10)
    #expect(other.spans(in: text) == spans)
    #expect(spans.allSatisfy { text[$0.range] == text.utf8Part($0.offsets) })
  }
}

extension String {
  /// The part between two UTF-8 offsets.
  fileprivate func utf8Part(_ offsets: Range<Int>) -> Substring {
    self[
      utf8.index(
        utf8.startIndex, offsetBy: offsets.lowerBound)..<utf8.index(utf8.startIndex, offsetBy: offsets.upperBound)]
  }
}
