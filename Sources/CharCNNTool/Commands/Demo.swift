#if Tool
internal import ArgumentParser
internal import CharCNN

/// `charcnn demo`.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a language detector in a minute, with data that is built in.",
    discussion: """
      Writes the names of countries, languages and currencies in about a hundred languages as CSV, trains a model that \
      tells the language of a name, shows how good it is, and tells the commands for data of your own. Nothing is \
      downloaded.

      A folder that holds an earlier demo is left alone, with an error; --overwrite replaces the demo's own files in it.

      Example:
        charcnn demo
        charcnn demo --output /tmp/languages --overwrite
      """)

  /// Leaves room for everything else within a minute.
  private static let trainingTime = Duration.seconds(45)

  @Option(help: ArgumentHelp("Folder for the data and the model.", valueName: "folder"))
  var output = "charcnn-demo"

  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Replace the files of an earlier demo.")
  var overwrite = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func run() throws {
    let folder = DemoFolder(path: output)
    try folder.prepare(overwrite: overwrite)
    let names = LocaleNames.collect()
    let (train, heldOut) = names.split(heldOutFraction: 0.2, seed: 1)
    try folder.write(train: train, heldOut: heldOut)
    try StandardOutput.write(DemoText.data(names, train: train, heldOut: heldOut, folder: folder))

    let heldOutSource = try folder.source(folder.heldOut)
    let trainSource = try folder.source(folder.train)
    let (classifier, summary) = try TrainingProgress(console: Console(isQuiet: quiet)).follow { progress, isCancelled in
      try TextClassifier.train(
        on: Examples(trainSource), validation: Examples(heldOutSource), options: options(), progress: progress,
        isCancelled: isCancelled)
    }
    try classifier.write(to: folder.model, overwrite: overwrite)
    let report = try classifier.evaluate(on: Examples(heldOutSource))
    try StandardOutput.write(DemoText.result(summary, report: report, folder: folder))
    try StandardOutput.write(DemoText.sentences(classifier) + DemoText.commands(folder))
  }

  private func options() -> ClassificationOptions {
    var options = ClassificationOptions()
    options.timeLimit = Self.trainingTime
    // What tells the languages of short names best: n-grams that start as a naive Bayes classifier.
    options.ngrams.ngramBayes = 0.03
    options.ngrams.ngramRate = 1
    options.threads = computing.threads
    if let instructions = computing.instructions { options.instructions = instructions }
    return options
  }
}
#endif
