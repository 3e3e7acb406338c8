#if Tool
internal import CharCNN
import CharCNNEvaluation
internal import CharCNNFiles
import CharCNNText
import CharCNNTraining

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What the demo says.
enum DemoText {
  /// A message whose answer is explained.
  private static let explained = "my parcel hasnt arrived and the tracking page is empty"
  /// Messages to the shop, and one that is for somebody else.
  private static let asked = ["优惠码怎么用不了", "the app crashes when i open the camera", "妈，我晚上不回家吃饭了"]
  /// Rows that a list shows.
  private static let shown = 4

  /// The data.
  static func data(_ folder: DemoFolder, _ labels: Int) -> String {
    """
    Data: messages to the support of a shop, in English and Chinese. \(folder.train), with \(labels) labels, to learn from; \
    \(folder.held) to measure with; \(folder.other), of no label

    """
  }

  /// How good the model is on messages that it has not seen, and where it is surely wrong.
  static func result(
    _ folder: DemoFolder, _ summary: TrainingSummary<ClassificationReport>, _ report: ClassificationReport
  ) -> String {
    var text = """

      Model: \(folder.model), trained in \(Numbers.time(summary.seconds))
      Accuracy: \(Numbers.percent(report.accuracy)) of \(report.examples) messages that it has not seen
      """
    if let interval = report.accuracyInterval {
      text += ", 95 % interval \(Numbers.percent(interval.lower)) to \(Numbers.percent(interval.upper))"
    }
    let rows = (report.surestErrors ?? []).prefix(shown).map { error in
      ["row \(error.row)", error.label, "taken for", error.predicted, Numbers.percent(error.probability), error.text]
    }
    return text + "\n\nSurest errors:\n" + indented(TextTable(rows: Array(rows), leftColumns: 6).text())
  }

  /// Why one answer is given.
  static func explanation(_ classifier: TextClassifier) throws -> String {
    let explanation = try classifier.explanation(of: explained)
    return "\nWhy? What each character says for the answer:\n"
      + indented(ExplanationPrinting().text(ExplainedText([explained], explanation)))
  }

  /// That it does not know.
  static func unknown(_ classifier: TextClassifier, _ report: ClassificationReport) -> String {
    let rows = zip(asked, classifier.answers(for: asked)).map { text, answer in
      [text, answer.label ?? "unknown", Numbers.percent(answer.hypotheses[0].probability)]
    }
    var text =
      "\nIt says when it does not know:\n" + indented(TextTable(rows: rows, leftColumns: 2, cells: .whole).text())
    if let outside = report.outside, let refused = outside.refused, let coverage = report.coverage,
      let accuracy = report.accuracyAnswered
    {
      text +=
        "  \(Numbers.percent(refused)) of the messages of no label are refused; of the others it answers \(Numbers.percent(coverage)), and \(Numbers.percent(accuracy)) of these right.\n"
    }
    return text
  }

  /// Labels that are probably wrong.
  static func suspects(_ found: TextClassifier.LabelSuspects, _ folder: DemoFolder) -> String {
    let rows = found.suspects.prefix(shown).map { suspect in
      ["row \(suspect.place.row)", suspect.label, "rather", suspect.suggested, suspect.place.text]
    }
    return "\nLabels of \(folder.train) that are probably wrong: \(found.suspects.count), the surest first\n"
      + indented(TextTable(rows: Array(rows), leftColumns: 5).text())
  }

  /// What to type next.
  static func commands(_ folder: DemoFolder) -> String {
    let tool = invocation
    let model = ShellText.quoted(folder.model)
    return """

      Next, with the demo's files or a table of your own with a column of texts and one of labels:
        \(tool) audit \(ShellText.quoted(folder.train))
        \(tool) train \(ShellText.quoted(folder.train)) --output mine.charcnn
        \(tool) predict \(model) "Where is my order 81723?" "晚上好"

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
