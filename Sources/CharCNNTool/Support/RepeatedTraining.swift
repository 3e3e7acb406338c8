#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNEvaluation
import CharCNNStorage
import CharCNNText
import CharCNNTraining

/// Trains several times and tells what came of it.
struct RepeatedTraining<Model: ToolModel> {
  let arguments: RepetitionArguments
  let console: Console
  let overwrite: Bool
  let isJSON: Bool

  /// - Parameter groups: What rows belong to, by their numbers.
  func run(
    on examples: Examples<Model.Example>, validation: Examples<Model.Example>?, options: Model.Options,
    groups: [Int: UInt64]
  ) throws {
    if arguments.predictions != nil, Model.task != .classification {
      throw ValidationError("--predictions with --folds is for classifiers")
    }
    if let source = examples.source {
      try FilePlace.refuse(arguments.predictions, amongst: [source.path], option: "--predictions")
    }
    if arguments.folds != nil, validation != nil {
      throw ValidationError("--validation goes with one training; --folds measures on parts of the data, leave it out")
    }
    // Before the work, so that it is not done in vain.
    if let path = arguments.predictions { try AtomicFile.checkWritable(path, overwrite: overwrite) }
    if arguments.folds == nil {
      console.say(
        "the figures are of the validation texts, which choose the best epoch and flatter a little; --folds measures on others"
      )
    }
    if !groups.isEmpty {
      console.say(
        "\(Numbers.count(Set(groups.values).count, "group")) of \"\(arguments.group ?? "")\", none torn apart")
    }
    var table: AnswerTable?
    let whole = (arguments.folds ?? 1) * (arguments.seeds ?? 1)
    let first = options.training.seed
    var done = 0
    let runs = try TrainingProgress(console: console).follow { progress, isCancelled in
      try Model.trainRepeatedly(
        on: examples, validation: validation, folds: arguments.folds, seeds: arguments.seeds ?? 1, options: options,
        group: { groups[$0].map { String($0) } },
        progress: { number, event in
          if number == done {
            done += 1
            console.say(heading(number, of: whole, first))
          }
          progress(event)
        },
        measure: { model, held, fold in
          guard let path = arguments.predictions, let classifier = model as? TextClassifier,
            let texts = held as? Examples<LabeledText>, isFirstSeed(done - 1)
          else { return try model.evaluate(on: held) }
          let rows =
            try table
            ?? AnswerTable(
              path, columns: ["fold"] + AnswerTable.columns(of: classifier), overwrite: overwrite)
          table = rows
          let separator = classifier.labelSeparator
          let report = try classifier.evaluate(
            on: texts,
            answered: { answer in
              try rows.append([.integer(fold)] + AnswerTable.cells(of: answer, separator: separator))
            }
          ).report
          return try (report as? Model.Report) ?? model.evaluate(on: held)
        }, isCancelled: isCancelled)
    }
    try table?.finish()
    let result = RepetitionResult(runs, predictions: arguments.predictions)
    if isJSON { try StandardOutput.write(json: result) } else { try StandardOutput.write(result.text) }
  }

  private func isFirstSeed(_ number: Int) -> Bool { number % (arguments.seeds ?? 1) == 0 }

  private func heading(_ number: Int, of whole: Int, _ first: UInt64) -> String {
    let seeds = arguments.seeds ?? 1
    var parts = ["training \(number + 1) of \(whole)"]
    if let folds = arguments.folds { parts.append("without part \(number / seeds + 1) of \(folds)") }
    if seeds > 1 { parts.append("seed \(first &+ UInt64(number % seeds))") }
    return parts.joined(separator: ", ")
  }
}

/// What several trainings came to.
private struct RepetitionResult: Encodable {
  struct Run: Encodable {
    let fold: Int?
    let seed: UInt64
    let examples: Int
    let figures: [String: Double]
    let seconds: Double
  }

  let runs: [Run]
  /// By the names of the figures: their mean, and their standard deviation, which one training alone does not have.
  let mean: [String: Double]
  let spread: [String: Double]
  let predictions: String?
  private let names: [(key: String, name: String)]

  private enum CodingKeys: String, CodingKey { case runs, mean, spread, predictions }

  init<Report: ModelReport>(_ repetitions: [TrainingSummary<Report>.Repetition], predictions: String?) {
    names = repetitions[0].report.measuredFigures.map { ($0.key, $0.name) }
    runs = repetitions.map { run in
      Run(
        fold: run.fold, seed: run.seed, examples: run.report.examples,
        figures: Dictionary(uniqueKeysWithValues: run.report.measuredFigures.map { ($0.key, $0.value) }),
        seconds: run.summary.seconds)
    }
    self.predictions = predictions
    var (mean, spread): ([String: Double], [String: Double]) = ([:], [:])
    for (key, _) in names {
      let values = runs.compactMap { $0.figures[key] }
      let middle = values.reduce(0, +) / Double(values.count)
      mean[key] = middle
      guard values.count > 1 else { continue }
      let squares = values.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
      spread[key] = (squares / Double(values.count - 1)).squareRoot()
    }
    (self.mean, self.spread) = (mean, spread)
  }

  var text: String {
    let (hasFolds, hasSeeds) = (runs[0].fold != nil, Set(runs.map(\.seed)).count > 1)
    func row(_ fold: String, _ seed: String, _ cells: [String]) -> [String] {
      (hasFolds ? [fold] : []) + (hasSeeds || !hasFolds ? [seed] : []) + cells
    }
    var rows = [row("left out", "seed", names.map(\.name) + ["examples", "seconds"])]
    for run in runs {
      let figures = names.map { Numbers.fixed(run.figures[$0.key] ?? 0) }
      rows.append(
        row(
          run.fold.map { "part \($0)" } ?? "", String(run.seed),
          figures + [Numbers.grouped(run.examples), Numbers.fixed(run.seconds, decimals: 1)]))
    }
    let table = TextTable(rows: rows).text()
    let summary = names.map { key, name in
      [name, Numbers.fixed(mean[key] ?? 0) + (spread[key].map { " ± " + Numbers.fixed($0) } ?? "")]
    }
    if names.isEmpty { return table + "\nnothing was measured: there was no text to measure with\n" }
    return table + "\n" + TextTable(rows: [["mean ± standard deviation", ""]] + summary, leftColumns: 2).text()
      + (predictions.map { "written: \($0.withEscapedControls)\n" } ?? "")
  }
}
#endif
