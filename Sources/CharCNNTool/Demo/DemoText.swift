#if Tool
internal import CharCNN
import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNTraining
internal import Foundation

/// What the demo says.
enum DemoText {
  /// The data.
  static func data(_ names: LocaleNames, train: LocaleNames, heldOut: LocaleNames, folder: DemoFolder) -> String {
    """
    Data: \(Numbers.grouped(names.names.count)) names of countries, languages and currencies in \
    \(names.languages.count) languages.
      \(folder.train): \(Numbers.grouped(train.names.count)) names to learn from
      \(folder.heldOut): \(Numbers.grouped(heldOut.names.count)) names of other things, held out

    The model reads each name character by character and learns to tell its language.

    """
  }

  /// How good the model is on names that were held out.
  static func result(_ summary: TrainingSummary<ClassificationReport>, report: ClassificationReport, folder: DemoFolder)
    -> String
  {
    let guess = 1 / Double(max(report.labels.count, 1))
    let pairs = report.mostConfused.prefix(6).map { pair in
      let total = report.labels.first { $0.label == pair.actual }?.support ?? 0
      return [
        LocaleNames.englishName(ofLanguage: pair.actual), "taken for",
        LocaleNames.englishName(ofLanguage: pair.predicted), "\(pair.count) of \(total) names",
      ]
    }
    return """

      Model: \(folder.model), \(Numbers.grouped(summary.parameters)) parameters, trained in \
      \(Numbers.time(summary.seconds)) (\(summary.epochs) epochs, \
      \(Numbers.short(summary.charactersPerSecond)) characters/s)
      Accuracy on the held-out names: \(Numbers.percent(report.accuracy)) among \(report.labels.count) languages; \
      guessing gets \(Numbers.percent(guess)).
      Single names are short, and related languages spell many of them almost alike. The held-out names also chose the \
      best epoch, so the figure flatters a little.

      Most confused:
      \(indented(TextTable(rows: pairs, leftColumns: 3, cells: .whole).text()))
      """
  }

  /// Predictions for sentences, which look unlike the names the model has learned from.
  static func sentences(_ classifier: TextClassifier) -> String {
    let sentences = DemoSentence.all
    let answers = classifier.predictions(for: sentences.map(\.text), maximumCount: 1)
    var right = 0
    var rows: [[String]] = []
    for (sentence, hypotheses) in zip(sentences, answers) {
      guard let best = hypotheses.first else { continue }
      let isRight = best.label == sentence.language
      right += isRight ? 1 : 0
      let verdict = isRight ? "" : "wrong: " + LocaleNames.englishName(ofLanguage: sentence.language)
      let name = LocaleNames.englishName(ofLanguage: best.label)
      rows.append([sentence.text, name, Numbers.percent(best.probability), verdict])
    }
    return """

      Whole sentences, though it has only seen names: \(right) of \(sentences.count) right.
      \(indented(TextTable(rows: rows, leftColumns: 4, cells: .whole).text()))
      """
  }

  /// What to type next.
  static func commands(_ folder: DemoFolder) -> String {
    let tool = invocation
    let train = ShellText.quoted(folder.train)
    let heldOut = ShellText.quoted(folder.heldOut)
    let model = ShellText.quoted(folder.path + "/mine.charcnn")
    return """

      The same by hand; put your own file in place of the demo's, any table with a column of texts and one of labels:
        \(tool) train \(train) --label language --validation \(heldOut) --output \(model) --time-limit 1m
        \(tool) evaluate \(model) \(heldOut) --label language
        \(tool) predict \(model) --top 3 "Guten Morgen" "Bonjour"

      """
  }

  private static func indented(_ lines: String) -> String {
    lines.split(separator: "\n").map { "  " + $0 + "\n" }.joined()
  }

  /// How this tool was started, so that the commands work where they are pasted.
  private static var invocation: String {
    let path = CommandLine.arguments.first ?? "charcnn"
    guard path.contains("/") else { return "charcnn" }
    // `swift run` names the tool by its place in the build folder.
    let here = FileManager.default.currentDirectoryPath + "/"
    let place = path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
    return place.hasPrefix(".build/") && place.contains("/release/")
      ? "swift run -c release charcnn" : ShellText.quoted(path)
  }
}
#endif
