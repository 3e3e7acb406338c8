#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn predict --input`.
extension Predict {
  /// Writes all records of a file with the answers of a classifier.
  func predictFile(_ path: String, _ classifier: TextClassifier) throws {
    if classifier.allowsSeveralLabels { return try predictSeveralLabels(path, classifier) }
    var names = ["label", "probability"]
    for place in stride(from: 2, through: top, by: 1) { names += ["label_\(place)", "probability_\(place)"] }
    var (cutTexts, unread) = (0, 0)
    try answeredFile(path, AnsweredFile.Columns(names: names, trained: classifier.columns)).write {
      texts, _, areObjects in
      unread += texts.count { classifier.hasNoEvidence(in: $0) }
      cutTexts += texts.count { classifier.cuts($0) }
      return classifier.answers(for: texts, maximumCount: top).map { answer in
        var values = answer.hypotheses.flatMap { hypothesis -> [AnnotatedRecords.Value] in
          [.text(hypothesis.label), .number(Decimals.toMillionths(hypothesis.probability))]
        }
        if answer.label == nil { values[0] = areObjects ? .json("null") : .text(Self.unknown) }
        return values + [AnnotatedRecords.Value](repeating: .none, count: names.count - values.count)
      }
    }
    Console(isQuiet: quiet).warn(
      cutTexts: cutTexts, to: classifier.textSettings.maximumLength, ngrams: classifier.ngramLength)
    Console(isQuiet: quiet).warn(textsWithoutEvidence: unread)
  }

  /// The same where a text may have several labels: lists of them and of their probabilities.
  private func predictSeveralLabels(_ path: String, _ classifier: TextClassifier) throws {
    let separator = classifier.labelSeparator
    var cutTexts = 0
    let columns = AnsweredFile.Columns(names: ["labels", "probabilities"], trained: classifier.columns)
    try answeredFile(path, columns).write { texts, _, areObjects in
      cutTexts += texts.count { classifier.cuts($0) }
      let answers =
        top == 1 ? classifier.assignedLabels(for: texts) : classifier.predictions(for: texts, maximumCount: top)
      return answers.map { answer in
        let labels = answer.map(\.label)
        let probabilities = answer.map { "\(Decimals.toMillionths($0.probability))" }
        guard areObjects else {
          return [.text(labels.joined(separator: separator)), .text(probabilities.joined(separator: separator))]
        }
        return [
          .json("[" + labels.map { JSONText.quoted($0) }.joined(separator: ",") + "]"),
          .json("[" + probabilities.joined(separator: ",") + "]"),
        ]
      }
    }
    Console(isQuiet: quiet).warn(
      cutTexts: cutTexts, to: classifier.textSettings.maximumLength, ngrams: classifier.ngramLength)
  }

  /// The same with the answers of a matcher.
  func predictPairs(_ path: String, _ matcher: TextMatcher) throws {
    let isScore = matcher.objective == .regression
    var names = isScore ? ["score"] : ["label", matcher.objective == .classification ? "probability" : "score"]
    if matcher.objective == .classification {
      for place in stride(from: 2, through: top, by: 1) { names += ["label_\(place)", "probability_\(place)"] }
    } else if top > 1 {
      throw ValidationError(
        "--top \(top) is for matchers that give each label a probability; \(bundle) gives one answer")
    }
    let columns = AnsweredFile.Columns(names: names, trained: matcher.columns, arePairs: true, areScores: isScore)
    var cutTexts = 0
    try answeredFile(path, columns).write { firsts, seconds, _ in
      cutTexts += (firsts + seconds).count { matcher.cuts($0) }
      return matcher.matches(for: Array(zip(firsts, seconds))).map { match in
        let values: [AnnotatedRecords.Value] =
          match.hypotheses.isEmpty
          ? (match.label.map { [.text($0)] } ?? []) + [.number(Decimals.toMillionths(match.score))]
          : match.hypotheses.prefix(top).flatMap { hypothesis -> [AnnotatedRecords.Value] in
            [.text(hypothesis.label), .number(Decimals.toMillionths(hypothesis.probability))]
          }
        return values + [AnnotatedRecords.Value](repeating: .none, count: names.count - values.count)
      }
    }
    Console(isQuiet: quiet).warn(cutTexts: cutTexts, to: matcher.textSettings.maximumLength)
  }

  /// The same with the tags of a tagger.
  func predictSentences(_ path: String, _ tagger: SequenceTagger) throws {
    if top > 1 { throw ValidationError("--top \(top) goes with texts; a file gets the best tags") }
    if let source = try sentences(path) { return try predictTagsOfFile(path, tagger, source) }
    let cutter = try segmenter.map(openSegmenter)
    try answeredFile(path, AnsweredFile.Columns(names: ["tokens", "tags"], trained: nil)).write {
      texts, _, areObjects in
      let cut = texts.map { tagger.sentences(of: $0, segmenter: cutter) }
      let tagged = tagger.tags(of: cut.flatMap { $0 }, sequences: 1)
      var next = 0
      return cut.map { sentences in
        let tokens = tagged[next..<next + sentences.count].flatMap(\.tokens)
        next += sentences.count
        let (words, tags) = (tokens.map(\.text), tokens.map(\.tag))
        guard areObjects else { return [.text(words.joined(separator: " ")), .text(tags.joined(separator: " "))] }
        return [words, tags].map { list in .json("[" + list.map { JSONText.quoted($0) }.joined(separator: ",") + "]") }
      }
    }
  }

  /// The sentences of a file that is CoNLL-U or has columns of tokens; nil for one of texts.
  private func sentences(_ path: String) throws -> TaggedTextSource? {
    switch reading.format {
    case .conllu, .columns: return try reading.taggedSource(path, needsTags: false)
    case nil where TaggedTextSource.looksLikeSentences(path): return try reading.taggedSource(path, needsTags: false)
    default: return nil
    }
  }

  func answeredFile(_ path: String, _ columns: AnsweredFile.Columns) throws -> AnsweredFile {
    try AnsweredFile(
      path, columns, output: destination, overwrite: overwrite, reading: reading, console: Console(isQuiet: quiet))
  }

  /// Single precision has no more digits worth writing.
}

extension TextClassifier {
  /// What stands between several labels in one field of a table: what stood there in the training data, or the first of some characters that
  /// no label has.
  var labelSeparator: String {
    let usual = [",", "|", ";", "\t"]
    return columns?.labelSeparator ?? usual.first { separator in !labels.contains { $0.contains(separator) } } ?? "\n"
  }
}
#endif
