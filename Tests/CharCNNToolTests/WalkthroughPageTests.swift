import CharCNN
import CharCNNTool
import Foundation
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

/// The page that shows what a network computes for a text.
@Suite struct WalkthroughPageTests {
  private func untrained(_ text: String, _ model: String = "gated-tutorial", _ settings: String...) throws
    -> TextClassifier
  {
    var options = ClassificationOptions()
    try options.use(model: model)
    options.threads = 1
    for setting in settings { try options.set(setting) }
    return try TextClassifier.untrained(for: text, options: options)
  }

  private func page(_ classifier: TextClassifier, _ text: String, _ language: String = "en") throws -> String {
    WalkthroughPage(
      classifier.detailedWalkthrough(of: text), language: try #require(.init(rawValue: language))
    ).html()
  }

  /// What the page's script reads.
  private func data(_ page: String) throws -> [String: Any] {
    let start = try #require(page.range(of: "id=\"data\">")?.upperBound)
    let end = try #require(page[start...].range(of: "</script>")?.lowerBound)
    return try #require(try JSONSerialization.jsonObject(with: Data(page[start..<end].utf8)) as? [String: Any])
  }

  private func expectWellFormed(_ page: String) {
    let parser = XMLParser(data: Data(page.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
  }

  @Test(arguments: [
    "", "<script>alert('a & b')</script>", "好看的电影😀👨‍👩‍👧", "a\u{0}b\u{8}c\u{1B}[31m\u{FFFF}\u{202E}\r\n\t", "]]>\"'",
  ])
  func `the page is well-formed, and nothing of the text is markup or comes from elsewhere`(text: String) throws {
    for language in ["en", "zh"] {
      let page = try page(untrained(text), text, language)
      expectWellFormed(page)
      let own = page.replacing("http://www.w3.org/1999/xhtml", with: "")
      for outside in ["http", "href", "src=", "url(", "@import", "<script>alert"] {
        #expect(!own.contains(outside), "\(outside)")
      }
      #expect(text.contains("script") == page.contains("&lt;script&gt;"))
    }
  }

  @Test func `the answer stands before the matrices`() throws {
    let text = "I love this movie!"
    let page = try page(untrained(text, "gated-tutorial", "foldsCase=false"), text)
    let places = try ["<h2>Answer", "class=\"verdict\"", "<h2>Step by step", "class=\"matrix\"", "id=\"bar\""].map {
      try #require(page.range(of: $0)?.lowerBound, "\($0)")
    }
    #expect(places == places.sorted())
    #expect(page.contains("not trained") && page.contains("Dauphin"))
    for name in ["value half", "gate half", "product", "the winners outlined", "Which characters win"] {
      #expect(page.contains(name), "\(name)")
    }
  }

  @Test func `rows are named by their characters, and padding is folded`() throws {
    let text = "I love\n<b>"
    let page = try page(untrained(text, "gated-tutorial", "foldsCase=false", "length=40"), text)
    #expect(page.contains("<i>I</i><i>␣</i><wbr/><i>l</i>") && page.contains("<i>␊</i><br/><i>&lt;</i>"))
    #expect(page.contains("… 30 rows of padding") && page.contains("… 15 rows of padding"))
    let data = try data(page)
    let maps = try #require(data["maps"] as? [[String: Any]]).compactMap { $0["labels"] as? [String] }
    #expect(maps.contains { Array($0.prefix(11)) == ["I", "␣", "l", "o", "v", "e", "␊", "<", "b", ">", "·"] })
    #expect(maps.contains { Array($0.prefix(6)) == ["I␣", "lo", "ve", "␊<", "b>", "·"] })
    let steps = try #require(data["steps"] as? [Any]).compactMap { $0 as? [String: Any] }
    #expect(steps.contains { $0["rows"] as? Int == 40 && $0["shown"] as? Int == 10 })
    #expect(steps.contains { $0["kind"] as? String == "glu" && $0["data"] == nil })
    #expect(steps.contains { $0["winners"] != nil })
  }

  @Test func `numbers of the page are those of the walkthrough`() throws {
    let text = "numbers"
    let classifier = try untrained(text, "kim", "maps=4", "embedding=6")
    let walkthrough = classifier.walkthrough(of: text)
    let steps = try #require(try data(page(classifier, text))["steps"] as? [Any])
    #expect(steps.count == walkthrough.steps.count)
    var compared = 0
    for (step, found) in zip(walkthrough.steps, steps) {
      guard let found = found as? [String: Any], let text = found["data"] as? String else { continue }
      let scale = try #require(found["scale"] as? Double)
      let bytes = try #require(Data(base64Encoded: text))
      let codes = bytes.withUnsafeBytes { $0.bindMemory(to: Int16.self).map { Int16(littleEndian: $0) } }
      let order = found["order"] as? [Int] ?? Array(0..<step.rows)
      for (row, stored) in order.enumerated() {
        for column in 0..<step.columns {
          let value = Double(codes[stored * step.columns + column]) * scale
          #expect(abs(value - Double(step.values[row * step.columns + column])) <= scale)
          compared += 1
        }
      }
    }
    #expect(compared > 100)
  }

  @Test func `with --language zh every word is Chinese`() throws {
    let text = "好看 the film"
    let page = try page(untrained(text, "gated", "ngramTraining=steps", "ngramBits=10", "length=32"), text, "zh")
    for words in [
      "lang=\"zh-CN\"", "网络怎样读一条文本", "答案", "门半", "数值半", "乘积", "行填充", "n 元组怎么说", "一步一步", "网络没有训练过",
    ] { #expect(page.contains(words), "\(words)") }
    for words in ["Answer", "padding", "Step by", "gate half", "probability", "n-gram", "it sees", "Point at"] {
      let start = try #require(page.range(of: "<body>")?.upperBound)
      let end = try #require(page.range(of: "id=\"data\"")?.lowerBound)
      #expect(!page[start..<end].contains(words), "\(words)")
    }
  }

  @Test func `a long text and a deep network make a page of a few megabytes`() throws {
    let text = String(
      String(repeating: "All that is gold does not glitter, not all who wander. ", count: 6).prefix(300))
    for model in ["gated", "zhang-small", "vdcnn-29"] {
      let page = try page(untrained(text, model), text)
      #expect(page.utf8.count < 4_500_000, "\(model): \(page.utf8.count)")
      expectWellFormed(page)
    }
  }

  /// A classifier of two kinds of words, whose labels are markup.
  private func trained(_ model: String, _ settings: String..., kind: String = "one") throws -> TextClassifier {
    var options = ClassificationOptions()
    try options.use(model: model)
    options.threads = 1
    let small =
      ["minimumCount=1"] + (model == "gated" ? ["epochs=2", "filters=16", "embedding=8", "blocks=2"] : [])
    for setting in small + settings { try options.set(setting) }
    let labels = ["<fruit> & \"more\"", "it's 金属"]
    let words = [["apple", "plum", "pear"], ["iron", "zinc", "tin"]]
    let texts = (0..<120).map { number in
      let own = words[number % 2]
      let text = "\(own[number / 2 % 3]) \(own[number / 6 % 3]) \(number % 7)"
      return switch kind {
      case "several": LabeledText(text, labels: number % 5 == 0 ? labels : [labels[number % 2]])
      case "soft": LabeledText(text, shares: [labels[number % 2]: 0.8, labels[1 - number % 2]: 0.2])
      default: LabeledText(text, label: labels[number % 2])
      }
    }
    if kind == "several" { options.labels = .several }
    return try TextClassifier.train(on: Examples(texts), options: options).model
  }

  @Test(arguments: ["one", "several", "soft"])
  func `n-grams, mixture and answer are shown for every kind of model`(kind: String) throws {
    let models = [
      try trained("gated", kind: kind), try trained("gated", "ngramTraining=steps", "ngramBits=12", kind: kind),
      try trained("ngrams", kind: kind), try trained("ngrams", "ngramTraining=steps", "ngramBits=12", kind: kind),
      try trained("gated", "ngrams=none", kind: kind),
    ]
    for (number, model) in models.enumerated() {
      for language in ["en", "zh"] {
        let page = try page(model, "apple <plum>", language)
        expectWellFormed(page)
        #expect(page.contains("&lt;fruit&gt; &amp; &quot;more&quot;") && page.contains("it&#39;s 金属"))
        #expect(!page.contains("<fruit>") && !page.contains("<plum>"))
        let hasNgrams = number < 4
        #expect(page.contains("data-places=\"") == hasNgrams, "\(number)")
        #expect(page.contains("class=\"matrix\"") == ![2, 3].contains(number), "\(number)")
        let mixed = language == "en" ? "times that of the network plus" : "网络得分的"
        #expect(page.contains(mixed) == (number < 2), "\(number)")
      }
    }
  }

  @Test func `a text of which the model is not sure is unknown`() throws {
    let model = try trained("ngrams").rejecting(TextClassifier.RejectOption(temperature: 3, threshold: 1))
    let page = try page(model, "apple zinc")
    #expect(page.contains("<b>unknown</b>") && page.contains("an answer needs 1.000"))
    #expect(page.contains("divided by the temperature 3"))
    #expect(try self.page(model, "apple zinc", "zh").contains("不知道（unknown）"))
  }
}
