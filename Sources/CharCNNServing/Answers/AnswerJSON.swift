internal import CharCNN
internal import CharCNNFiles
internal import CharCNNText

/// Answers as JSON, with the names that the command line has.
///
/// Single precision has no more digits than seven, so probabilities are written to the nearest millionth.
enum AnswerJSON {
  /// An answer to a question.
  static func text(_ answer: ModelAnswer, to question: Question) -> String {
    switch answer {
    case .label(let answer):
      "{\"label\":\(orNull(answer.label)),\"predictions\":\(hypotheses(answer.hypotheses))}"
    case .labels(let labels, let likeliest):
      "{\"labels\":[\(labels.map { JSONText.quoted($0.label) }.joined(separator: ","))],\"predictions\":\(hypotheses(likeliest))}"
    case .score(let prediction): score(prediction)
    case .tags(let sentences): tags(sentences, in: question.text)
    case .match(let match): self.match(match)
    }
  }

  /// A label, or null where there is none.
  private static func orNull(_ label: String?) -> String { label.map { JSONText.quoted($0) } ?? "null" }

  /// A number to the nearest millionth.
  static func number(_ value: Double) -> String { "\(Decimals.toMillionths(value))" }

  /// `[{"label":"sport","probability":0.93}]`.
  private static func hypotheses(_ hypotheses: [Hypothesis], name: String = "label") -> String {
    let pairs = hypotheses.map {
      "{\"\(name)\":\(JSONText.quoted($0.label)),\"probability\":\(number($0.probability))}"
    }
    return "[\(pairs.joined(separator: ","))]"
  }

  private static func score(_ prediction: TextRegressor.Prediction) -> String {
    var json = "{\"score\":\(number(prediction.score))"
    if let grade = prediction.grade { json += ",\"grade\":\(Decimals.short(grade))" }
    if let hypotheses = prediction.hypotheses {
      // Labels of grades are numbers.
      let pairs = hypotheses.map { "{\"grade\":\($0.label),\"probability\":\(number($0.probability))}" }
      json += ",\"predictions\":[\(pairs.joined(separator: ","))]"
    }
    return json + "}"
  }

  private static func match(_ match: TextMatch) -> String {
    var json = "{\"score\":\(number(match.score))"
    // A model without labels has none, and one with labels may not be sure enough.
    if match.label != nil || !match.hypotheses.isEmpty { json += ",\"label\":\(orNull(match.label))" }
    if !match.hypotheses.isEmpty { json += ",\"predictions\":\(hypotheses(match.hypotheses))" }
    return json + "}"
  }

  private static func place(_ place: TextPlace) -> String {
    "\"start\":\(place.start),\"end\":\(place.end),\"utf8Start\":\(place.utf8Start),\"utf8End\":\(place.utf8End)"
  }

  private static func tags(_ sentences: [SentenceTags], in text: String) -> String {
    // Ranges of all sentences are places in the whole text.
    var places = ScalarPlaces(text)
    let all = sentences.map { sentence in
      let tokens = sentence.tokens.map { token in
        let place = place(TextPlace(token.range, of: text, &places))
        return
          "{\"text\":\(JSONText.quoted(token.text)),\(place),\"tag\":\(JSONText.quoted(token.tag)),\"probability\":\(number(token.probability))}"
      }
      let spans = sentence.spans.map { span in
        let place = place(TextPlace(span.range, of: text, &places))
        return
          "{\"type\":\(JSONText.quoted(span.type)),\"text\":\(JSONText.quoted(span.text)),\(place),\"probability\":\(number(span.probability))}"
      }
      let sequences = sentence.sequences.map { sequence in
        "{\"tags\":[\(sequence.tags.map { JSONText.quoted($0) }.joined(separator: ","))],\"probability\":\(number(sequence.probability))}"
      }
      return
        "{\"tokens\":[\(tokens.joined(separator: ","))],\"spans\":[\(spans.joined(separator: ","))],\"sequences\":[\(sequences.joined(separator: ","))]}"
    }
    return "{\"sentences\":[\(all.joined(separator: ","))]}"
  }

  /// A vector; the numbers are those of single precision.
  static func vector(_ vector: [Float]) -> String { "{\"vector\":\(numbers(vector))}" }

  /// Numbers of single precision.
  static func numbers(_ numbers: [Float]) -> String {
    "[\(numbers.map { $0.isFinite ? "\($0)" : "0" }.joined(separator: ","))]"
  }

  /// The language of a text; null below a probability.
  static func language(_ detection: LanguageDetector.Detection, threshold: Double?) -> String {
    let isSure = (detection.hypotheses.first?.probability ?? 0) >= threshold ?? 0
    return
      "{\"language\":\(orNull(isSure ? detection.language : nil)),\"hypotheses\":\(hypotheses(detection.hypotheses, name: "language"))}"
  }

  /// The languages of the parts of a text; null below a probability.
  static func spans(_ spans: [LanguageDetector.Span], of text: String, threshold: Double?) -> String {
    var places = ScalarPlaces(text)
    let parts = spans.map { span in
      let place = place(TextPlace(span.offsets, &places))
      return
        "{\"language\":\(orNull(span.probability >= threshold ?? 0 ? span.language : nil)),\(place),\"text\":\(JSONText.quoted(String(text[span.range]))),\"probability\":\(number(span.probability))}"
    }
    return "{\"spans\":[\(parts.joined(separator: ","))]}"
  }

  /// Why a text, or a pair of texts, has its answer.
  static func explanation(_ explanation: TextClassifier.Explanation, of question: Question) -> String {
    let texts = [question.text] + (question.second.map { [$0] } ?? [])
    var json = "{"
    if let range = explanation.token {
      var places = ScalarPlaces(question.text)
      let place = place(TextPlace(range, of: question.text, &places))
      json += "\"token\":{\"text\":\(JSONText.quoted(String(question.text[range]))),\(place)},"
    }
    if !explanation.label.isEmpty { json += "\"label\":\(JSONText.quoted(explanation.label))," }
    json += "\"\(explanation.isLogOdds ? "probability" : "score")\":\(number(explanation.probability)),"
    json += "\"total\":\(sevenDigits(explanation.total)),\"baseline\":\(sevenDigits(explanation.baseline)),"
    var parts: [String] = []
    for (number, contributions) in [explanation.contributions, explanation.secondContributions].prefix(texts.count)
      .enumerated()
    {
      var places = ScalarPlaces(texts[number])
      for contribution in contributions {
        let place = place(TextPlace(contribution.range, of: texts[number], &places))
        let own = texts.count == 2 ? ",\"text\":\(number + 1)" : ""
        parts.append("{\(place),\"value\":\(sevenDigits(contribution.value))\(own)}")
      }
    }
    return json
      + "\"contributions\":[\(parts.joined(separator: ","))],\"method\":\"\(explanation.method.rawValue)\",\"part\":\"\(explanation.part.rawValue)\",\"unreadCharacters\":\(explanation.unreadCharacters)}"
  }

  /// A number with seven significant digits.
  private static func sevenDigits(_ number: Double) -> String {
    number != 0 && number.isFinite ? "\(number.toSevenDigits)" : "0"
  }
}
