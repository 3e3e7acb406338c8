import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Several trainings, and models beside one another.
@Suite struct RepetitionTests {
  private func options() throws -> ClassificationOptions {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = 2
    return options
  }

  /// Texts of two kinds, some of them copies.
  private static func texts(_ count: Int, hasCopies: Bool = true) -> [LabeledText] {
    let words = [["red", "blue", "green"], ["dog", "cat", "cow"]]
    return (0..<count).map { number in
      let own = words[number % 2]
      let text =
        hasCopies && number % 10 < 2
        ? "copy of \(own[0])" : "\(own[number % 3]) and \(own[number / 2 % 3]) \(number)"
      return LabeledText(text, label: ["colour", "animal"][number % 2])
    }
  }

  @Test func `folds measure every text once, by models that have not learned from it`() throws {
    let texts = Self.texts(2_600)
    var held: [[String]] = []
    let runs = try TextClassifier.trainRepeatedly(
      on: Examples(texts), folds: 3, seeds: 2, options: try options(),
      measure: { model, part, fold in
        var rows: [String] = []
        let report = try model.evaluate(on: part, answered: { rows.append("\($0.row) \($0.text) \($0.label)") }).report
        if held.count < fold {
          held.append(rows)
        } else {
          #expect(held[fold - 1] == rows, "each seed has the same parts")
        }
        #expect(report.examples == rows.count)
        return report
      })
    #expect(runs.map(\.fold) == [1, 1, 2, 2, 3, 3] && runs.map(\.seed) == [1, 2, 1, 2, 1, 2])
    let all = held.flatMap { $0 }
    #expect(
      all.count == 2_600
        && Set(all) == Set(texts.enumerated().map { "\($0.offset + 1) \($0.element.text) \($0.element.label ?? "")" }))
    #expect(held.allSatisfy { (840...900).contains($0.count) }, "\(held.map(\.count))")
    for copy in ["copy of red", "copy of dog"] {
      #expect(held.count { part in part.contains { $0.contains(copy) } } == 1, "copies stay together")
    }
    for part in held {
      #expect((0.4...0.6).contains(Double(part.count { $0.hasSuffix("animal") }) / Double(part.count)))
    }
    #expect(runs.allSatisfy { $0.report.accuracy > 0.7 && $0.summary.report.examples > 0 })
  }

  @Test func `groups stay in one part, and seeds alone are measured by validation`() throws {
    var parts: [Set<Int>] = []
    _ = try TextClassifier.trainRepeatedly(
      on: Examples(Self.texts(300, hasCopies: false)), folds: 4, options: try options(), group: { "\($0 / 10)" },
      measure: { model, part, _ in
        var groups: Set<Int> = []
        let report = try model.evaluate(on: part, answered: { groups.insert($0.row / 10) }).report
        parts.append(groups)
        return report
      })
    #expect(parts.reduce(0) { $0 + $1.count } == 31 && parts.reduce(Set()) { $0.union($1) }.count == 31)
    let seeds = try TextClassifier.trainRepeatedly(on: Examples(Self.texts(300)), seeds: 2, options: try options())
    #expect(seeds.map(\.fold) == [nil, nil] && seeds.map(\.seed) == [1, 2])
    #expect(seeds.allSatisfy { $0.report == $0.summary.report })
    for faulty in [1, 101] {
      #expect(throws: ConfigurationError.self) {
        try TextClassifier.trainRepeatedly(on: Examples(Self.texts(30)), folds: faulty)
      }
    }
    #expect(throws: ConfigurationError.self) {
      try TextClassifier.trainRepeatedly(on: Examples(Self.texts(3)), folds: 5)
    }
    #expect(throws: TrainingError.stoppedBeforeFirstStep) {
      try TextClassifier.trainRepeatedly(
        on: Examples(Self.texts(300)), folds: 2, options: try options(), isCancelled: { true })
    }
  }

  @Test func `models are compared text by text, on more than a piece of texts`() throws {
    let texts = Self.texts(2_300)
    let good = try TextClassifier.train(on: Examples(texts), options: options()).model
    let wrong = texts.enumerated().map { LabeledText($1.text, label: $0 % 4 == 0 ? "animal" : $1.label ?? "") }
    let poor = try TextClassifier.train(on: Examples(wrong), options: options()).model
    let comparison = try good.comparison(with: poor, on: Examples(texts))
    let (first, second) = (try poor.evaluate(on: Examples(texts)), try good.evaluate(on: Examples(texts)))
    #expect(comparison.examples == 2_300 && comparison.accuracy == second.accuracy)
    #expect(comparison.otherAccuracy == first.accuracy && comparison.macroF1 == second.macroF1)
    let same = try good.comparison(with: good, on: Examples(texts))
    #expect(same.onlyThis == 0 && same.onlyOther == 0 && same.pValue == 1)
    #expect(second.accuracyInterval != nil && second.surestErrors?.count ?? 0 <= 10)
    for (error, next) in zip(first.surestErrors ?? [], (first.surestErrors ?? []).dropFirst()) {
      #expect(error.probability >= next.probability && texts[error.row - 1].text == error.text)
    }
  }

  @Test func `noise costs accuracy, more the more there is`() throws {
    let texts = Self.texts(2_300)
    let model = try TextClassifier.train(on: Examples(texts), options: options()).model
    let measured = try model.robustness(on: Examples(texts), rates: [0, 0.3, 0.9], mostTexts: 500)
    #expect((250...500).contains(measured.texts) && measured.rows.count == 1 + CharacterNoise.Kind.allCases.count)
    for row in measured.rows { #expect(row.accuracies[0] == measured.accuracy) }
    #expect(measured.rows[0].accuracies[2] < measured.accuracy && measured.table().contains("all kinds"))
    #expect(throws: ConfigurationError.self) { try model.robustness(on: Examples(texts), rates: [2]) }
  }
}
