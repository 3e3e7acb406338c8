#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn demo`.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a classifier in seconds, with data that is built in, and see what else there is.",
    discussion: """
      Writes some 1,500 messages to the support of a shop, in English and Chinese, trains a model that tells what a customer wants, and shows \
      how good it is, where it is surely wrong, why it answers as it does, that it can say "I don't know", which labels of its data are \
      probably wrong, and the commands for data of your own. Nothing is downloaded.

      A folder that holds an earlier demo is left alone, with an error; --overwrite replaces the demo's own files in it.

      Example:
        charcnn demo
        charcnn demo --output /tmp/support --overwrite
      """)

  @Option(help: ArgumentHelp("Folder for the data and the model.", valueName: "folder"))
  var output = "charcnn-demo"

  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Replace the files of an earlier demo.")
  var overwrite = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func run() throws {
    let console = Console(isQuiet: quiet)
    let folder = DemoFolder(path: output)
    try folder.prepare(overwrite: overwrite)
    let (train, held, other) = (
      try folder.messages(folder.train), try folder.messages(folder.held), try folder.messages(folder.other)
    )
    let audit = try LabeledText.Audit(of: train)
    try StandardOutput.write(DemoText.data(folder, audit.texts.labelNames.count))
    let (trained, summary) = try TrainingProgress(console: console).follow { progress, isCancelled in
      try TextClassifier.train(
        on: train, options: options(), progress: progress, isCancelled: isCancelled)
    }
    // Thresholds are chosen by one half of what the model has not seen, and measured with the other.
    let (odd, even) = ({ @Sendable (row: Int) in row % 2 == 1 }, { @Sendable (row: Int) in row % 2 == 0 })
    let (classifier, _) = try trained.calibrated(
      on: held.keeping(odd), outside: other.keeping(odd), goal: .coverage(0.8))
    try classifier.write(to: folder.model, overwrite: overwrite)
    let (report, _) = try classifier.evaluate(on: held, answered: nil)
    try StandardOutput.write(DemoText.result(folder, summary, report))
    try StandardOutput.write(try DemoText.explanation(classifier))
    let careful = try classifier.evaluate(
      on: held.keeping(even), outside: other.keeping(even), answered: nil)
    try StandardOutput.write(DemoText.unknown(classifier, careful.report))
    let progress = WorkProgress(console: console)
    var search = TextClassifier.SuspectOptions()
    search.threads = computing.threads
    let found = try TextClassifier.labelSuspects(in: audit, options: search) {
      progress.tell($0)
    }
    progress.end()
    try StandardOutput.write(DemoText.suspects(found, folder) + DemoText.commands(folder))
  }

  private func options() -> ClassificationOptions {
    var options = ClassificationOptions()
    options.threads = computing.threads
    if let instructions = computing.instructions { options.instructions = instructions }
    return options
  }
}
#endif
