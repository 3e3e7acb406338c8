#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

/// `charcnn distill`.
struct Distill: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a small base that gives texts the vectors of a large teacher.",
    discussion: """
      Texts are a file of lines, a table or JSON lines; their vectors, which any sentence encoder has made of them, stand in a file \
      of their own, row for row, or in a field of JSON lines. The base gives such vectors for any text, read from its characters and words, \
      at the speed of n-grams: for semantic search (`charcnn neighbors --bundle`) and for other programs (`charcnn embed`). Without --validation, one text in twenty is held out. The figures are the mean cosine with the teacher's vectors \
      of the held-out texts, the share of the teacher's ten nearest texts that are the base's too, and the rank correlation of all similarities.

      Ctrl-C, checkpoints and --resume work as in `charcnn train`; vectors that are elsewhere now are said again with --vectors and \
      --validation-vectors. Texts and vectors are read where they lie, in each epoch anew: leave the files as they are until the base is there.

      Example:
        charcnn distill texts.txt --vectors vectors.npy --output base.charcnn
        charcnn distill texts.jsonl --vector-field embedding --size 4MB --output base.charcnn
        charcnn neighbors texts.txt "how do I get my money back" --bundle base.charcnn

      Settings for --set and their defaults, each explained by 'charcnn help settings NAME':
        \(settings)
      """)

  private static var settings: String {
    Train.asksForHelp ? TextEmbedder.Options().settings.map { "\($0.name)=\($0.value)" }.joined(separator: " ") : ""
  }

  @Argument(help: "Texts: lines, a table, or JSON lines.")
  var texts: String?

  @OptionGroup var vectors: VectorArguments

  @Option(help: ArgumentHelp("Texts to choose the best model with.", valueName: "file"))
  var validation: String?

  @Option(help: ArgumentHelp("The vectors of the texts of --validation.", valueName: "file"))
  var validationVectors: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Size of the base's n-grams and layers at most: 800kB, 8MB. Its card, settings and history take some kilobytes besides. (default: 8MB)",
      valueName: "size"),
    transform: SizeArgument.init(parsing:))
  var size: SizeArgument?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of network, training or text, such as rank=32 epochs=5.", valueName: "key=value"))
  var assignments: [String] = []

  @OptionGroup var reading: DataArguments
  @OptionGroup var training: RunArguments

  func validate() throws {
    guard training.checkpoints.resume == nil else {
      if saysWhatCheckpointsKnow {
        throw ValidationError(
          "--resume goes on with the settings of the checkpoint; only the texts, --validation and their vectors, where they were moved to, --threads, --output, --overwrite, --history, --tensorboard, --json and --quiet may stand beside it"
        )
      }
      return
    }
    if training.config == nil, texts == nil { throw ValidationError("missing expected argument '<texts>'") }
    if training.config != nil, vectors.isGiven || size != nil || validationVectors != nil || reading.isGiven {
      throw ValidationError("--config brings how its run read texts and vectors; nothing of that can stand beside it")
    }
    if validationVectors != nil, validation == nil {
      throw ValidationError("--validation-vectors goes with --validation")
    }
    if training.output == nil { throw ValidationError("missing expected argument '--output <bundle>'") }
    try training.refuse(doubled: assignments)
    if size != nil, assignments.contains(where: { $0.hasPrefix("size=") }) {
      throw ValidationError("--size and --set size=… say the same; give one of them")
    }
    try reading.refuseLabels()
  }

  private var saysWhatCheckpointsKnow: Bool {
    vectors.vectorField != nil || size != nil || !assignments.isEmpty || reading.isGiven
      || training.saysWhatCheckpointsKnow
  }

  func run() throws {
    let files = (texts.map { [$0] } ?? [], validation.map { [$0] } ?? [])
    if let folder = training.checkpoints.resume {
      return try resume(folder, files)
    }
    for assignment in assignments where !assignment.contains("=") {
      throw ValidationError(
        "--set needs key=value, not '\(assignment)'; a file that follows --set must stand before it")
    }
    if let config = training.config { return try again(ModelBundle.Run(contentsOf: config), files) }
    guard let texts else { return }
    var options = TextEmbedder.Options()
    for assignment in assignments { try options.set(assignment) }
    if let size { options.network.size = size.bytes }
    try training.apply(to: &options)
    _ = try training.checkedOutput()
    let source = try vectors.source(texts, reading: reading)
    training.console.say("\(texts): \(source.summary)")
    let held = try validation.map { path in
      let held = try vectors.validation(path, vectors: validationVectors, reading: reading)
      training.console.say("\(path): \(held.summary)")
      return held
    }
    try training.train(
      TextEmbedder.self, on: Examples(source), validation: held.map { Examples($0) }, options: options)
  }

  /// Goes on with a training, and says how to name vectors that are elsewhere now.
  private func resume(_ folder: String, _ files: ([String], [String])) throws {
    do {
      try training.resume(
        folder, data: files.0, validation: files.1, vectors: (vectors.vectors, validationVectors))
    } catch var error as DataError where error.kind == .missingFile && VectorFormat(path: error.path) != nil {
      error.advice =
        "say where the vectors are now: charcnn distill --resume \(folder) --vectors FILE, or --validation-vectors FILE"
      throw error
    }
  }

  /// Does the training of another base again.
  private func again(_ run: ModelBundle.Run, _ files: ([String], [String])) throws {
    let again = try training.opened(
      TextEmbedder.self, run, training: files.0, validation: files.1, assignments: assignments)
    try training.train(
      TextEmbedder.self, on: again.examples, validation: again.validation, options: again.options,
      digests: again.digests,
      former: training.former(again, of: run, files: files.0 + files.1, assignments: assignments))
  }
}
#endif
