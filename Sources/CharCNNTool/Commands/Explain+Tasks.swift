#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn explain` with a matcher, with a model of scores and with a tagger.
extension Explain {
  /// Explains how the texts of pairs relate.
  func explain(_ matcher: TextMatcher) throws {
    if let top, top > 1, matcher.objective != .classification {
      throw ValidationError("--top \(top) has no effect: \(bundle) gives each pair one score and no labels")
    }
    let label = try onlyLabel()
    if label != nil, matcher.objective != .classification {
      throw ValidationError("--label has no effect: \(bundle) gives each pair one score, which is what is explained")
    }
    var cutTexts = 0
    var sink = try ExplanationSink(self)
    try forEachPair(matcher) { first, second in
      cutTexts += [first, second].count { matcher.cuts($0) }
      var chosen = [label]
      if let top, top > 1 { chosen = matcher.match(first, second).hypotheses.prefix(top).map(\.label) }
      for label in chosen {
        try sink.append(
          ExplainedText(
            [first, second], matcher.explanation(of: first, second, for: label, method: method)))
      }
    }
    try sink.finish()
    Console(isQuiet: quiet).warn(cutTexts: cutTexts, to: matcher.textSettings.maximumLength)
  }

  /// Explains the scores of texts.
  func explain(_ regressor: TextRegressor) throws {
    if top != nil || !labels.isEmpty {
      throw ValidationError(
        "\(top == nil ? "--label" : "--top") has no effect: \(bundle) gives each text one score, which is what is explained"
      )
    }
    var cutTexts = 0
    var sink = try ExplanationSink(self)
    try forEachText(trained: regressor.columns) { text in
      if regressor.cuts(text) { cutTexts += 1 }
      try sink.append(ExplainedText([text], regressor.explanation(of: text, method: method)))
    }
    try sink.finish()
    Console(isQuiet: quiet).warn(
      cutTexts: cutTexts, to: regressor.textSettings.maximumLength, ngrams: regressor.ngramLength)
  }

  private func forEachPair(_ matcher: TextMatcher, _ body: (_ first: String, _ second: String) throws -> Void) throws {
    if let input {
      var own = reading
      own.labelColumns = []
      let source = try own.pairSource(
        input, scores: matcher.objective == .regression, trained: matcher.columns, needsLabels: false)
      try source.forEachPair { pair, _ in try body(pair.first, pair.second) }
      return
    }
    if !texts.isEmpty, texts != ["-"] {
      guard texts.count == 2 else {
        throw ValidationError("a matcher needs two texts, not \(texts.count); many pairs go through standard input")
      }
      return try body(texts[0], texts[1])
    }
    var reader = LineReader(descriptor: 0)
    var line = 0
    while let lines = try reader.next() {
      for text in lines {
        line += 1
        let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 2 else {
          throw DataError(
            .raggedRow, path: "standard input", line: line,
            problem: "there \(fields.count == 1 ? "is no tab" : "are \(fields.count - 1) tabs")",
            advice: "give two texts a line with a tab between")
        }
        try body(fields[0], fields[1])
      }
    }
  }

  /// Explains the tags of texts.
  func explain(_ tagger: SequenceTagger) throws {
    if method != .gradients {
      throw ValidationError("--method \(method.rawValue) is for whole texts; tags are explained by gradients")
    }
    if top != nil { throw ValidationError("--top is for labels of texts; --label names another tag to explain") }
    let label = try onlyLabel()
    var sink = try ExplanationSink(self)
    try forEachText(trained: nil) { text in
      var place: String.Index?
      if let at {
        let scalars = text.unicodeScalars
        guard let index = scalars.index(scalars.startIndex, offsetBy: at, limitedBy: scalars.endIndex) else {
          throw ValidationError("--at \(at) is beyond the end of a text of \(scalars.count) Unicode scalars")
        }
        place = index
      }
      let explanations = try tagger.explanations(of: text, at: place, for: label)
      if explanations.isEmpty {
        Console(isQuiet: quiet).say("no tag to explain in: \(text.prefix(60)); --at names a token")
      }
      for explanation in explanations { try sink.append(ExplainedText([text], explanation)) }
    }
    try sink.finish()
  }
}
#endif
