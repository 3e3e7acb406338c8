#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// What makes a class, as JSON.
struct ReadingOutput: Encodable {
  struct Example: Encodable {
    let text: String
    let start: Int
    let end: Int
    let utf8Start: Int
    let utf8End: Int

    init(_ example: ClassifierReading.Example) {
      var places = ScalarPlaces(example.text)
      let place = TextPlace(example.range, of: example.text, &places)
      text = example.text
      (start, end, utf8Start, utf8End) = (place.start, place.end, place.utf8Start, place.utf8End)
    }
  }

  struct Ngram: Encodable {
    let text: String
    let kind: String
    let effect: Double
    let texts: Int
    let example: Example
  }

  struct Filter: Encodable {
    let name: String
    let number: Int
    let effect: Double
    let windows: [Example]
  }

  let label: String
  let texts: Int
  let ngrams: [Ngram]
  let filters: [Filter]

  init(_ own: ClassifierReading.Class) {
    label = own.label
    texts = own.texts
    ngrams = own.ngrams.map {
      Ngram(
        text: $0.text, kind: $0.kind, effect: $0.effect.toSevenDigits, texts: $0.texts, example: Example($0.example))
    }
    filters = own.filters.map {
      Filter(name: $0.name, number: $0.number, effect: $0.effect.toSevenDigits, windows: $0.windows.map(Example.init))
    }
  }
}

/// What makes each class, as a page that needs nothing else.
struct ReadingPage {
  private let model: String
  private let reading: ClassifierReading

  /// - Parameters:
  ///   - model: What the page calls the model.
  ///   - reading: What was found.
  init(model: String, _ reading: ClassifierReading) { (self.model, self.reading) = (model, reading) }

  /// The page.
  func html() -> String {
    let sections = reading.classes.map { own in
      let ngrams = own.ngrams.map {
        [
          $0.text.replacing(" ", with: "␣"), ExplanationPrinting.signed($0.effect), "\($0.texts)",
          Self.shown($0.example),
        ]
      }
      let filters = own.filters.map { filter in
        [
          "\(filter.name) \(filter.number)", ExplanationPrinting.signed(filter.effect),
          filter.windows.map { String($0.text[$0.range]).replacing(" ", with: "␣") }.joined(separator: "  "),
          filter.windows.first.map(Self.shown) ?? "",
        ]
      }
      return "<section><h2>\(MarkupText.escaped(own.label)) <span>\(Numbers.count(own.texts, "text"))</span></h2>\n"
        + (ngrams.isEmpty ? "" : MarkupTable([["n-gram", "adds", "texts", "example"]] + ngrams, hasHeader: true).html)
        + (filters.isEmpty
          ? "" : MarkupTable([["filter", "adds", "windows", "example"]] + filters, hasHeader: true).html)
        + "</section>\n"
    }
    return ExplanationPage.page(
      title: "What the model goes by", "<p>Model: <code>\(MarkupText.escaped(model))</code>.</p>\n" + sections.joined())
  }

  private static func shown(_ example: ClassifierReading.Example) -> String {
    let before = example.text[..<example.range.lowerBound]
    let after = example.text[example.range.upperBound...]
    return "\(before.suffix(24))[\(example.text[example.range])]\(after.prefix(24))"
  }
}
#endif
