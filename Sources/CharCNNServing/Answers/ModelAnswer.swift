package import CharCNN

/// What a model answers to a question.
package enum ModelAnswer: Sendable, Hashable {
  /// The label, nil where the model does not know, and the likeliest labels.
  case label(TextClassifier.Answer)
  /// All labels that are likely enough, and the likeliest labels.
  case labels([Hypothesis], likeliest: [Hypothesis])
  /// A score, of grades with the likeliest ones.
  case score(TextRegressor.Prediction)
  /// The sentences with their tags.
  case tags([SentenceTags])
  /// How two texts relate.
  case match(TextMatch)
}

extension ModelAnswer {
  /// The same with a threshold that a client asks for.
  func obeying(_ settings: PlainRequest.Settings) -> ModelAnswer {
    guard let threshold = settings.threshold else { return self }
    switch self {
    case .label(let answer):
      guard let first = answer.hypotheses.first else { return self }
      return .label(
        TextClassifier.Answer(
          label: first.probability >= threshold ? first.label : nil, hypotheses: answer.hypotheses,
          certainty: answer.certainty))
    case .labels(_, let likeliest):
      let labels = likeliest.filter { $0.probability >= threshold }
      let top = settings.top ?? 1
      return .labels(labels, likeliest: top > 1 ? Array(likeliest.prefix(top)) : labels)
    case .match(let match):
      guard let label = match.label, let own = match.hypotheses.first(where: { $0.label == label }),
        own.probability < threshold
      else { return self }
      return .match(TextMatch(score: match.score, label: nil, hypotheses: match.hypotheses))
    case .score, .tags: return self
    }
  }
}

extension ServedModel {
  /// The answers to some questions, each as if it were asked alone.
  package func answers(to questions: [Question]) -> [ModelAnswer] {
    // One call for all: of the likeliest labels the first ones are the same, however many are wanted.
    let top = questions.reduce(1) { max($0, $1.top) }
    switch kind {
    case .classifier(let classifier) where classifier.allowsSeveralLabels:
      let texts = questions.map(\.text)
      let assigned = classifier.assignedLabels(for: texts)
      // A second pass over the texts only where somebody asks for more.
      let likeliest = top > 1 ? classifier.predictions(for: texts, maximumCount: top) : assigned
      return questions.indices.map { place in
        .labels(
          assigned[place],
          likeliest: questions[place].top > 1 ? Array(likeliest[place].prefix(questions[place].top)) : assigned[place])
      }
    case .classifier(let classifier): return Self.answers(to: questions, by: classifier)
    case .regressor(let regressor):
      return zip(questions, regressor.predictions(for: questions.map(\.text))).map { question, prediction in
        .score(
          TextRegressor.Prediction(
            score: prediction.score, grade: prediction.grade,
            hypotheses: prediction.hypotheses.map { Array($0.prefix(max(question.top, 1))) }))
      }
    case .tagger(let tagger): return tags(of: questions, tagger)
    case .matcher(let matcher):
      return zip(questions, matcher.matches(for: questions.map { ($0.text, $0.second ?? "") })).map { question, match in
        .match(
          TextMatch(
            score: match.score, label: match.label, hypotheses: Array(match.hypotheses.prefix(max(question.top, 1)))))
      }
    case .language, .embedder: preconditionFailure("models of the kind predict nothing")
    }
  }

  /// The answers of a classifier whose texts have one label each.
  static func answers(to questions: [Question], by classifier: TextClassifier) -> [ModelAnswer] {
    let top = questions.reduce(1) { max($0, $1.top) }
    return zip(questions, classifier.answers(for: questions.map(\.text), maximumCount: top)).map { question, answer in
      .label(
        TextClassifier.Answer(
          label: answer.label, hypotheses: Array(answer.hypotheses.prefix(max(question.top, 1))),
          certainty: answer.certainty))
    }
  }

  /// The sentences of all texts are tagged together, but for those of which another number of sequences is wanted.
  private func tags(of questions: [Question], _ tagger: SequenceTagger) -> [ModelAnswer] {
    var answers = [ModelAnswer](repeating: .tags([]), count: questions.count)
    for (sequences, places) in Dictionary(grouping: questions.indices, by: { questions[$0].top }) {
      let sentences = places.map { tagger.sentences(of: questions[$0].text) }
      var tagged = tagger.tags(of: sentences.flatMap(\.self), sequences: sequences)[...]
      for (place, own) in zip(places, sentences) {
        answers[place] = .tags(Array(tagged.prefix(own.count)))
        tagged = tagged.dropFirst(own.count)
      }
    }
    return answers
  }
}
