import CharCNNCompute
import CharCNNNetworks
import CharCNNText

/// A text that a network has read, with what it computed.
struct TracedText {
  let walkthrough: Walkthrough
  let notes: [SettingWords]
  let encoded: EncodedText
  let trace: Trace
  let batch: CharacterBatch
  let isAnsweredByNgrams: Bool
  let workspace: Workspace
}

extension DetailedWalkthrough {
  init(_ traced: TracedText, of classifier: TextClassifier) {
    walkthrough = traced.walkthrough
    let text = traced.walkthrough.text
    let whole = classifier.wholeEncoder.encodeWithRanges(text)
    units = VisibleUnits(text, encoded: whole, encoder: classifier.wholeEncoder).labels
    networkUnits = traced.encoded.indices.count
    let read = whole.ranges.reduce(0) { max($0, $1.upperBound) }
    unread = text[text.utf8.index(text.startIndex, offsetBy: read)...]
    layers = Self.layers(traced, of: classifier)
    votes = classifier.ngramVotes(
      whole.indices, units: units, batch: traced.batch, isAlone: traced.isAnsweredByNgrams,
      workspace: traced.workspace)
    let chunks = classifier.textSettings.chunkLength.map {
      TextChunks.count(characters: whole.indices.count, chunkLength: $0)
    }
    answer = Answer(text, chunks: chunks ?? 1, of: classifier)
    var notes = traced.notes
    if let chunks, chunks > 1 {
      notes.append(
        SettingWords(
          "The model judges the text in \(chunks) pieces and takes the mean of what it says of them. The steps show the text read at once, so that their end differs from the answer.",
          "模型把文本分成 \(chunks) 段分别判断，再取平均。下面的步骤是一次读完整条文本，所以结尾和答案不同。"))
    }
    self.notes = notes
    labels = classifier.labels
    allowsSeveralLabels = classifier.allowsSeveralLabels
    hasNetwork = classifier.architecture.hasNetwork
  }

  private static func layers(_ traced: TracedText, of classifier: TextClassifier) -> [Layer] {
    let steps = traced.walkthrough.steps
    let indices = StepRows(characters: steps[1].rows)
    let text =
      traced.trace.isReversed
      ? StepRows(characters: steps[1].rows, reversed: min(traced.encoded.indices.count, steps[1].rows)) : indices
    var layers = [
      Layer(
        title: Walkthrough.Step.charactersTitle,
        explanation: Walkthrough.Step.words(ofCharacters: classifier.textSettings), operation: nil, inputs: [],
        rows: StepRows(characters: steps[0].rows), winners: nil),
      Layer(
        title: Walkthrough.Step.indicesTitle,
        explanation: Walkthrough.Step.words(
          ofIndices: classifier.alphabet, unknown: traced.encoded.unknownCount),
        operation: nil, inputs: [0], rows: indices, winners: nil),
    ]
    for entry in traced.trace.entries {
      let description = OperationDescription(entry.operation, name: entry.name)
      let inputs = entry.inputs.map { $0 + 2 }
      layers.append(
        Layer(
          title: description.title, explanation: description.explanation, operation: entry.operation,
          inputs: inputs.isEmpty ? [1] : inputs,
          rows: StepRows(entry, inputs: inputs.map { layers[$0].rows }, text: text),
          winners: entry.inputs.first.flatMap { PoolingWinners(entry, of: traced.trace.entries[$0]) }))
    }
    return layers
  }
}

extension DetailedWalkthrough.Answer {
  init(_ text: String, chunks: Int, of classifier: TextClassifier) {
    var probabilities: [Float] = []
    classifier.forEachProbabilities(of: [text]) { probabilities = Array($0) }
    hypotheses = classifier.best(probabilities[...], maximumCount: classifier.labels.count)
    self.chunks = chunks
    temperature = classifier.temperature?.value
    if let several = classifier.several {
      labels = classifier.assigned(probabilities[...], several).map(\.label)
      thresholds = hypotheses.map { hypothesis in
        classifier.labelSet.index(of: hypothesis.label).map { Double(several.thresholds[Int($0)]) } ?? 0
      }
      certainty = nil
      return
    }
    let answer = classifier.answer(probabilities[...], hypotheses: hypotheses)
    labels = answer.label.map { [$0] } ?? []
    thresholds = nil
    if let rejection = classifier.rejection, rejection.refuses {
      certainty = (answer.certainty, rejection.labelThresholds[hypotheses[0].label] ?? rejection.threshold)
    } else {
      certainty = nil
    }
  }
}
