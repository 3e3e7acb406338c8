#if Tool
public import ArgumentParser
public import CharCNN
import CharCNNNetworks

/// `charcnn pretrain`.
struct Pretrain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a language model on running text.",
    discussion: """
      Texts are plain files in UTF-8, or folders of them, of any size. The model learns to predict the next character \
      (--objective causal), which `charcnn generate` writes texts with, or hidden characters from both sides \
      (--objective masked). `charcnn train --from` makes either into a classifier or a matcher, and a masked one into a \
      tagger of characters. Without --validation, blocks that are spread over the texts are held out. The figures are \
      bits and nats (bits times 0.693) per character.

      Ctrl-C, checkpoints and --resume work as in `charcnn train`.

      Example:
        charcnn pretrain novels/ --output novels.charcnn --time-limit 1h
        charcnn generate novels.charcnn --prompt "It was"
        charcnn pretrain reviews.txt --objective masked --output base.charcnn
        charcnn train labelled.csv --from base.charcnn --output reviews.charcnn

      Settings for --set and their defaults with the causal objective, each explained by 'charcnn help settings NAME':
        \(settings)
      """)

  private static var settings: String {
    Train.asksForHelp ? LanguageOptions().settings.map { "\($0.name)=\($0.value)" }.joined(separator: " ") : ""
  }

  @Argument(help: "Files of text, or folders of them.")
  var texts: [String] = []

  @Option(help: ArgumentHelp("Text to choose the best model with.", valueName: "file"))
  var validation: [String] = []

  @Option(help: "What to predict. (default: causal)")
  var objective: LanguageObjective?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of network, training or text, such as filters=128 epochs=5.", valueName: "key=value"))
  var assignments: [String] = []

  @OptionGroup var training: RunArguments

  func validate() throws {
    guard training.checkpoints.resume == nil else {
      if saysWhatCheckpointsKnow {
        throw ValidationError(
          "--resume goes on with the settings of the checkpoint; only the texts and --validation, where they were moved to, --threads, --output, --overwrite, --history, --tensorboard, --json and --quiet may stand beside it"
        )
      }
      return
    }
    if training.config != nil {
      if objective != nil {
        throw ValidationError("--config brings the objective of its run; --objective cannot stand beside it")
      }
    } else if texts.isEmpty {
      throw ValidationError("missing expected argument '<texts>'")
    }
    if training.output == nil { throw ValidationError("missing expected argument '--output <bundle>'") }
    try training.refuse(doubled: assignments)
  }

  private var saysWhatCheckpointsKnow: Bool {
    objective != nil || !assignments.isEmpty || training.saysWhatCheckpointsKnow
  }

  func run() throws {
    if let folder = training.checkpoints.resume {
      return try training.resume(folder, data: texts, validation: validation)
    }
    for assignment in assignments where !assignment.contains("=") {
      throw ValidationError(
        "--set needs key=value, not '\(assignment)'; a file that follows --set must stand before it")
    }
    if let config = training.config { return try again(ModelBundle.Run(contentsOf: config)) }
    var options = LanguageOptions(objective ?? .causal)
    for assignment in assignments { try options.set(assignment) }
    try training.apply(to: &options)
    try training.train(
      CharacterLanguageModel.self, on: Examples(contentsOf: texts),
      validation: validation.isEmpty ? nil : Examples(contentsOf: validation), options: options)
  }

  /// Does the training of another model again.
  private func again(_ run: ModelBundle.Run) throws {
    let again = try training.opened(
      CharacterLanguageModel.self, run, training: texts, validation: validation, assignments: assignments)
    try training.train(
      CharacterLanguageModel.self, on: again.examples, validation: again.validation, options: again.options,
      digests: again.digests,
      former: training.former(again, of: run, files: texts + validation, assignments: assignments))
  }
}

extension LanguageObjective: ExpressibleByArgument {}
#endif
