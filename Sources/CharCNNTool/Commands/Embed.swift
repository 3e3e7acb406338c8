#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNCompute
import CharCNNStorage

/// `charcnn embed`.
struct Embed: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn texts, words or characters into vectors for other models.",
    discussion: """
      Reads lines of standard input, or of a file, a text a line, and writes their vectors. The ending of the output \
      chooses the format: .safetensors, .npy or .jsonl; without an output JSON lines go to standard output. Texts get what \
      the scores are computed from, of a matcher the vectors that it compares; words (what white space separates) and \
      characters get the rows of a layer, of words the largest value of their characters. Of language models and taggers \
      texts get such a value of all rows. Words of a tagger of words, and characters of a tagger of characters, are what it \
      gives tags. The file appears when it is complete.

      Example:
        charcnn embed reviews.charcnn --texts reviews.txt --output reviews.npy
        charcnn embed reviews.charcnn --level word --layer 2 --output words.safetensors < tokens.txt
        charcnn embed novels.charcnn --level character --output characters.npy < lines.txt
      """)

  @Argument(help: "A base of charcnn distill, or a model with a network, of any task.")
  var bundle: String

  @Option(help: ArgumentHelp("Texts, one a line. (default: standard input)", valueName: "file"))
  var texts: String?

  @Option(help: ArgumentHelp("File to write. (default: JSON lines to standard output)", valueName: "file"))
  var output: String?

  @Option(help: "What gets a vector.")
  var level = FeatureOptions.Level.text

  @Option(
    parsing: .unconditional,
    help: "Layer: 0 is the embedding, N block N. (default: the last block; texts: see above)")
  var layer: Int?

  @Option(help: "How the rows of a word, or of a text that is made of rows, become one vector. (default: max)")
  var pooling: Pooling?

  @OptionGroup var computing: ComputingArguments
  @OptionGroup var precision: PrecisionArguments

  @Flag(help: "Replace an existing file.")
  var overwrite = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  func validate() throws {
    if overwrite, output == nil { throw ValidationError("--overwrite goes with --output") }
    if pooling != nil, level == .character {
      throw ValidationError("--pooling makes one vector of several characters, and --level character takes each alone")
    }
  }

  func run() throws {
    let model = try ModelBundle(contentsOf: bundle)
    let extractor = try precision.featureExtractor(model, computing, say: Console(isQuiet: quiet).say)
    let options = FeatureOptions(level: level, layer: layer, pooling: pooling ?? .max)
    try checkPooling(try model.task(), extractor)
    guard let output else {
      var standard = StandardOutput()
      _ = try extractor.featureDimension(options)
      return try TextLines(path: texts).forEachPiece { lines in
        for (text, features) in zip(lines, try extractor.features(of: lines, options)) {
          standard.append(FeatureWriter.line(text, features, level: level))
        }
        try standard.flush()
      }
    }
    let writer = try FeatureWriter(output, of: extractor, options, overwrite: overwrite)
    let terminal = quiet ? nil : Terminal()
    try TextLines(path: texts).forEachPiece { lines in
      try writer.append(lines)
      terminal?.draw("embedding: \(Numbers.count(writer.texts, "text"))")
    }
    terminal?.clear()
    try writer.finish()
    Console(isQuiet: quiet).say(
      "\(output): \(Numbers.count(writer.vectors, "vector")) of \(writer.dimension) numbers, of \(Numbers.count(writer.texts, "text"))"
    )
  }

  /// Refuses --pooling where each vector is a row by itself.
  private func checkPooling(_ task: ModelTask, _ extractor: any FeatureExtractor) throws {
    guard pooling != nil else { return }
    if task == .embedding {
      throw ValidationError("--pooling has no effect on a base, which gives whole texts a vector")
    }
    if level == .text, layer == nil, [.classification, .matching, .regression].contains(task) {
      throw ValidationError("--pooling has no effect on what scores are computed from; say a --layer too")
    }
    if level == .word, (extractor as? SequenceTagger)?.unit == .word {
      throw ValidationError("--pooling has no effect on a tagger of words, which has a row for each word")
    }
  }
}
#endif
