#if Tool
internal import ArgumentParser
internal import CharCNN

/// How label errors are searched for.
struct AuditArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "List so many suspected label errors, best first. (default: as many as are probably wrong)", valueName: "count"))
  var suspects: Int?

  @Flag(help: "Search no label errors, which takes a training.")
  var noSuspects = false

  @Option(parsing: .unconditional, help: "Parts of the texts that are left out in turn to judge their labels.")
  var folds = TextClassifier.SuspectOptions().folds

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Texts whose labels are judged at most; of more, some are drawn at random.", valueName: "count"))
  var sample = TextClassifier.SuspectOptions().mostTexts

  @Option(parsing: .unconditional, help: "Seed of what is drawn at random.")
  var seed: UInt64 = 1

  func validate() throws {
    if noSuspects, suspects != nil { throw ValidationError("--no-suspects and --suspects cannot stand together") }
    if let suspects, suspects < 0 { throw ValidationError("--suspects must be 0 or more, not \(suspects)") }
    guard (2...100).contains(folds) else { throw ValidationError("--folds must be 2 to 100, not \(folds)") }
    guard sample >= 10 else { throw ValidationError("--sample must be 10 or more, not \(sample)") }
  }

  /// What was said.
  func options(threads: Int?) -> TextClassifier.SuspectOptions {
    var options = TextClassifier.SuspectOptions()
    options.most = suspects
    options.folds = folds
    options.mostTexts = sample
    options.seed = seed
    options.threads = threads
    return options
  }
}
#endif
