public import CharCNNEvaluation
import CharCNNNetworks
public import CharCNNText
import CharCNNTraining

extension TextClassifier {
  /// Measures how much accuracy is left when characters go wrong; see `CharacterNoise`.
  ///
  /// - Parameters:
  ///   - examples: Labelled texts.
  ///   - rates: The parts of the characters to which something happens.
  ///   - mostTexts: Number of texts at most; of more, some that are spread evenly.
  ///   - progress: Receives the part of the work that is done.
  /// - Returns: The accuracy without noise, with all kinds of noise together, and with each alone.
  /// - Throws: `DataError` for faulty records; ``TrainingError/noExamples(path:isInMemory:)`` for examples without one;
  ///   ``ConfigurationError`` for rates that are not 0 to 1.
  public func robustness(
    on examples: Examples<LabeledText>, rates: [Double] = [0.02, 0.05, 0.1, 0.2], mostTexts: Int = 2_000,
    progress: (_ fraction: Double) -> Void = { _ in }
  ) throws -> ClassificationReport.Robustness {
    if let rate = rates.first(where: { !(0...1).contains($0) }) {
      throw ConfigurationError(setting: "noise", problem: "must be 0 to 1, not \(rate)")
    }
    let texts = try spread(examples, most: max(mostTexts, 1))
    if texts.isEmpty { throw TrainingError.noExamples(path: examples.name, isInMemory: examples.isInMemory) }
    let kinds: [CharacterNoise.Kind?] = [nil] + CharacterNoise.Kind.allCases
    var done = 0
    let characters = texts.reduce(0) { $0 + $1.text.count }
    /// The accuracy, and the part of all characters that are not what they were.
    func measured(_ noise: CharacterNoise?) -> (accuracy: Double, changed: Double) {
      var (noisy, changed): ([String], Int) = ([], 0)
      for (number, text) in texts.enumerated() {
        let found = noise?.noisy(text.text, seed: 1, stream: UInt64(number)) ?? (text: text.text, changed: 0)
        noisy.append(found.text)
        changed += found.changed
      }
      let answers = assignedLabels(for: noisy)
      done += 1
      progress(Double(done) / Double(kinds.count * rates.count + 1))
      let right = zip(answers, texts).count { Set($0.map(\.label)) == Set($1.labels ?? []) }
      return (Double(right) / Double(texts.count), Double(changed) / Double(max(characters, 1)))
    }
    let clean = measured(nil).accuracy
    let rows = kinds.map { kind in
      let found = rates.map { rate in
        measured(CharacterNoise(rate: rate, kinds: kind.map { [$0] } ?? CharacterNoise.Kind.allCases))
      }
      return ClassificationReport.Robustness.Row(
        kind: kind?.rawValue, accuracies: found.map(\.accuracy), changed: found.map(\.changed))
    }
    return ClassificationReport.Robustness(texts: texts.count, accuracy: clean, rates: rates, rows: rows)
  }

  /// Some texts that are spread evenly; of those that may have one label, with this one alone.
  private func spread(_ examples: Examples<LabeledText>, most: Int) throws -> [LabeledText] {
    var kept: [LabeledText] = []
    var (number, stride) = (0, 1)
    try examples.forEachText(allowsNone: allowsSeveralLabels) { text, _, _ in
      if number % stride == 0 { kept.append(allowsSeveralLabels ? text : LabeledText(text.text, label: text.label)) }
      number += 1
      guard kept.count > most else { return }
      stride *= 2
      kept = kept.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    }
    return kept
  }
}
