internal import BenchmarkSupport
internal import CharCNNToolkit

extension PreparedSet {
  /// Predicts texts through the public interface, from strings to labels.
  func predict(count: Int) -> Reply {
    let strings = texts.prefix(count).map(\.text)
    var reply = Reply()
    _ = classifier.predictions(for: Array(strings.prefix(20)), maximumCount: 1)
    let clock = ContinuousClock()
    let start = clock.now
    let answers = classifier.predictions(for: strings, maximumCount: 1)
    reply.seconds = [(clock.now - start).seconds]
    reply.texts = answers.count
    reply.characters = (0..<answers.count).reduce(0) { $0 + corpus.length(of: $1) }
    return reply
  }

  /// The probabilities of all classes for some texts, to compare with the others' answers.
  func probabilities(of numbers: [Int]) -> Reply {
    var reply = Reply()
    reply.probabilities = numbers.map { number in
      let found = classifier.predictedLabelHypotheses(
        for: texts[number].text, maximumCount: classifier.labels.count)
      return classifier.labels.map { found[$0] ?? 0 }
    }
    reply.texts = numbers.count
    return reply
  }

  /// The time of one call for one text of `length` characters, again and again.
  func latency(length: Int, repeats: Int) -> Reply {
    let text = longText(length)
    let clock = ContinuousClock()
    var reply = Reply()
    for number in 0..<repeats + 10 {
      let start = clock.now
      let label = classifier.predictedLabel(for: text)
      let time = (clock.now - start).seconds
      if number >= 10, label != nil { reply.seconds.append(time) }
    }
    reply.texts = repeats
    reply.characters = repeats * length
    return reply
  }

  /// The first `length` characters of the texts one after another.
  func longText(_ length: Int) -> String {
    var scalars = String.UnicodeScalarView()
    while scalars.count < length {
      for text in texts where scalars.count < length { scalars.append(contentsOf: text.text.unicodeScalars) }
    }
    return String(String.UnicodeScalarView(scalars.prefix(length)))
  }
}
