#if Tool
internal import CharCNN
import CharCNNNetworks
import CharCNNTraining

/// What a bundle remembers of its training.
struct TrainingFacts: Encodable {
  /// Lines for people: name and value.
  let rows: [[String]]
  private let write: (any Encoder) throws -> Void

  /// Nil for a model that was put together by hand.
  init?(_ record: TextClassifier.Record?) {
    guard let record else { return nil }
    self.init(
      record, learned: Numbers.count(record.trainingExamples, "text"), record.settings.training, epochs: record.epochs,
      bestEpoch: record.bestEpoch,
      validation: record.validationExamples == 0
        ? "none"
        : Numbers.count(record.validationExamples, "text")
          + (record.microF1.map { ": micro F1 \(Numbers.fixed($0)), subset accuracy" } ?? ": accuracy")
          + " \(Numbers.fixed(record.accuracy)), macro F1 \(Numbers.fixed(record.macroF1))")
  }

  /// Of a language model.
  init?(_ record: CharacterLanguageModel.Record?) {
    guard let record else { return nil }
    self.init(
      record, learned: Numbers.count(record.characters, "character"), record.settings.training, epochs: record.epochs,
      bestEpoch: record.bestEpoch, validation: "\(Numbers.fixed(record.bitsPerCharacter)) bits per character")
  }

  /// Of a tagger.
  init?(_ record: SequenceTagger.Record?) {
    guard let record else { return nil }
    self.init(
      record, learned: Numbers.count(record.trainingExamples, "sentence"), record.settings.training,
      epochs: record.epochs,
      bestEpoch: record.bestEpoch,
      validation: Numbers.count(record.validationExamples, "sentence")
        + ": span F1 \(Numbers.fixed(record.spanF1)), accuracy \(Numbers.fixed(record.accuracy))")
  }

  /// Of a matcher.
  init?(_ record: TextMatcher.Record?) {
    guard let record else { return nil }
    let figures = [
      ("accuracy", record.accuracy), ("macro F1", record.macroF1), ("Pearson", record.pearson),
      ("Spearman", record.spearman),
    ].compactMap { name, value in value.map { "\(name) \(Numbers.fixed($0))" } }
    self.init(
      record, learned: Numbers.count(record.trainingExamples, "pair"), record.settings.training, epochs: record.epochs,
      bestEpoch: record.bestEpoch,
      validation: Numbers.count(record.validationExamples, "pair") + ": \(figures.joined(separator: ", "))")
  }

  /// Of a model of scores.
  init?(_ record: TextRegressor.Record?) {
    guard let record else { return nil }
    self.init(
      record, learned: Numbers.count(record.trainingExamples, "text"), record.settings.training, epochs: record.epochs,
      bestEpoch: record.bestEpoch,
      validation: Numbers.count(record.validationExamples, "text") + ": \(record.figures)")
  }

  /// Of a model that gives vectors.
  init?(_ record: TextEmbedder.Record?) {
    guard let record else { return nil }
    self.init(
      record, learned: Numbers.count(record.trainingExamples, "text"), record.settings.training, epochs: record.epochs,
      bestEpoch: record.bestEpoch,
      validation: Numbers.count(record.validationExamples, "text") + ": cosine \(Numbers.fixed(record.cosine))")
  }

  /// What the record of any task's model says.
  ///
  /// - Parameters:
  ///   - record: The record, for programs.
  ///   - learned: What it learned from, such as "90 texts".
  ///   - settings: How.
  ///   - epochs: Epochs done; 0 for a training that does not go in steps.
  ///   - bestEpoch: Epoch of the kept model.
  ///   - validation: How it did on what.
  init(
    _ record: some Encodable, learned: String, _ settings: TrainingSettings, epochs: Int, bestEpoch: Int,
    validation: String
  ) {
    let (rate, steps) =
      epochs == 0
      ? ("", [])
      : (
        ", learning rate \(settings.rate.map { "\($0)" } ?? "none")",
        [["epochs", "\(epochs), the best was \(bestEpoch)"]]
      )
    rows =
      [["trained on", "\(learned), seed \(settings.seed)\(rate)"]] + steps + [["validation", validation]]
    write = { try record.encode(to: $0) }
  }

  func encode(to encoder: any Encoder) throws { try write(encoder) }
}

/// Settings of any network.
struct NetworkSettings: Encodable {
  let configuration: any NetworkConfiguration

  func encode(to encoder: any Encoder) throws { try configuration.encode(to: encoder) }
}
#endif
