import CharCNN
import Testing

/// What a training tells and what a model answers, as a program keeps it: with `import CharCNN` alone every type has a name.
private struct Diary {
  var data: DataSummary?
  var steps: [StepReport<ClassificationReport>] = []
  var epochs: [EpochReport<ClassificationReport>] = []
  var checkpoints: [CheckpointOptions.Report] = []
  var stopReason: StopReason?
  var reading: ReadingReport?

  mutating func write(_ update: TrainingRun<TextClassifier>.Update) {
    switch update {
    case .progress(.prepared(let data)): self.data = data
    case .progress(.step(let step)): steps.append(step)
    case .progress(.epoch(let epoch)): epochs.append(epoch)
    case .progress(.checkpoint(let report)): checkpoints.append(report)
    case .finished(_, let summary): stopReason = summary.stopReason
    default: break
    }
  }
}

/// What a program sets, by the names of its types.
private struct Choices {
  var unit = TaggingUnit.word
  var scheme: TagScheme = .bio
  var matching: MatchingObjective = .contrastive
  var language: LanguageObjective = .masked
  var level: FeatureOptions.Level = .word
  var pooling: FeatureOptions.Pooling = .mean
  var similarity: VectorIndex.Similarity = .dot
  var sampling = CharacterLanguageModel.SamplingOptions()
  var detection = LanguageDetector.Settings()
  var scores = TextRegressor.Options()
  var scale = TextRegressor.Scale()
  var scored: TextRegressor.Prediction?
  var report: TextRegressor.Report?
}

/// Types that a program gets in hand or sets can be named with `import CharCNN` alone; that this file compiles is half of the
/// test.
@Suite struct NamedTypesTests {
  @Test func `what a training tells can be kept`() async throws {
    var options = try ToyTexts.options()
    options.training.epochs = 2
    var diary = Diary()
    var model: TextClassifier?
    for try await update in TextClassifier.training(on: Examples(ToyTexts.texts(60)), options: options) {
      diary.write(update)
      if case .finished(let classifier, _) = update { model = classifier }
    }
    #expect(diary.data?.labels == ["fruit", "metal", "river"])
    #expect(diary.epochs.map(\.epoch) == [1, 2] && diary.stopReason == .finished)
    #expect(diary.steps.allSatisfy { $0.epochs == 2 } && diary.checkpoints.isEmpty)

    let classifier = try #require(model)
    let (report, reading) = try await classifier.evaluate(on: Examples(ToyTexts.texts(30)), answered: { _ in })
    diary.reading = reading
    #expect(report.examples == 30 && diary.reading?.faultCount == 0)
    let quantization: TextClassifier.Quantization? = try classifier.quantized().quantization
    #expect(quantization == .int8)
    let spans: [LanguageDetector.Span] = LanguageDetector(classifier).spans(in: "plum pear")
    #expect(spans.count == 1)
  }

  @Test func `what a program sets can be written down`() throws {
    let choices = Choices()
    let tokens = [TaggedToken(text: "Ada", range: 0..<3, tag: "B-PER")]
    #expect(TaggedSentence(text: "Ada", tokens: tokens).tokens == tokens)
    #expect(TaggingOptions(choices.unit).architecture.unit == .word && choices.scheme.marksSpans)
    #expect(MatchingOptions(choices.matching).network.objective == .contrastive)
    #expect(LanguageOptions(choices.language).objective == .masked)
    let features = FeatureOptions(level: choices.level, pooling: choices.pooling)
    #expect(features.level == .word && features.pooling == .mean)
    var index = try VectorIndex(dimension: 1, similarity: choices.similarity)
    try index.append([2])
    let nearest: [VectorIndex.Neighbor] = try index.nearest(to: [3], count: 1)
    #expect(nearest.map(\.score) == [6])
    #expect(choices.sampling.temperature == 1 && choices.detection.switchCost == 8)
  }
}
