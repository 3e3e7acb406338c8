import CharCNN
import Testing

/// Many texts are predicted in another way than few: in small batches, each by one thread.
@Suite struct BatchPredictionTests {
  private static func texts() -> [String] {
    (0..<900).map { number in
      String(repeating: ["ab ", "cde ", "f", "gh, "][number % 4], count: number % 61)
    }
  }

  private static func classifier(_ classifierOptions: (inout ClassificationOptions) throws -> Void = { _ in }) throws
    -> TextClassifier
  {
    var options = ClassificationOptions()
    options.threads = 3
    try options.set("filters=64")
    try options.set("embedding=16")
    try classifierOptions(&options)
    return try TextClassifier.untrained(for: "abcdefgh, ", options: options)
  }

  @Test(arguments: ["chunkLength=none", "chunkLength=40"])
  func `a text among many has the bits that it has alone`(setting: String) throws {
    let classifier = try Self.classifier { try $0.set(setting) }
    let texts = Self.texts()
    let together = classifier.predictions(for: texts, maximumCount: 9)
    #expect(together.count == texts.count)
    for number in stride(from: 0, to: texts.count, by: 7) {
      #expect(classifier.predictions(for: [texts[number]], maximumCount: 9)[0] == together[number], "text \(number)")
    }
  }

  @Test func `several callers at once get the answers of one`() async throws {
    let classifier = try Self.classifier()
    let texts = Self.texts()
    let expected = classifier.predictions(for: texts, maximumCount: 9)
    let answers = await withTaskGroup(of: [[Hypothesis]].self) { group in
      for _ in 0..<4 { group.addTask { classifier.predictions(for: texts, maximumCount: 9) } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(answers.count == 4)
    for answer in answers { #expect(answer == expected) }
  }
}
