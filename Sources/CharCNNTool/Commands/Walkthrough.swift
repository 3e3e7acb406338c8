#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNStorage

/// `charcnn walkthrough`.
struct Walkthrough: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show step by step what a network computes for one text.",
    discussion: """
      Characters, indices, embedding, convolutions, gates, pooling, scores, probabilities: each with its shape and its \
      first values; --html also writes a page with the matrices as pictures. With a bundle the weights are the trained \
      ones. Without one they are random, the alphabet is that of the text, and the answer means nothing; the network is \
      then the tutorial's worked example (gated-tutorial) unless --model says otherwise.

      Example:
        charcnn walkthrough "I love this movie!"
        charcnn walkthrough "I love this movie!" reviews.charcnn --html movie.html
        charcnn walkthrough "I love this movie!" --model kim --set maps=8 --json
      """)

  @Argument(help: "The text.")
  var text: String

  @Argument(help: ArgumentHelp("A model bundle.", valueName: "bundle"))
  var path: String?

  @Option(help: ArgumentHelp("A model bundle.", valueName: "bundle"))
  var bundle: String?

  @OptionGroup var network: ModelArguments

  @Option(help: ArgumentHelp("Write a page for a browser.", valueName: "file"))
  var html: String?

  @Flag(help: "Replace an existing file.")
  var overwrite = false

  @Flag(help: "Write a JSON object with all values.")
  var json = false

  func validate() throws {
    if overwrite, html == nil { throw ValidationError("--overwrite goes with --html") }
    try TextArguments.refuseFiles([text]) { "charcnn walkthrough \"$(cat \($0))\"" }
    if bundle != nil, path != nil { throw ValidationError("name the bundle once") }
    if bundle ?? path != nil, network.model != nil || !network.assignments.isEmpty {
      throw ValidationError("--model and --set describe a network without a bundle; give one or the other")
    }
    if network.assignments.contains(where: { $0.hasPrefix("alphabetSize=") }) {
      throw ValidationError("alphabetSize cannot be set: the alphabet is that of the text")
    }
  }

  func run() throws {
    let walkthrough = try classifier().walkthrough(of: text)
    if let html { try AtomicFile.write(Array(walkthrough.html().utf8), to: html, overwrite: overwrite) }
    if json { try StandardOutput.write(json: walkthrough) } else { try StandardOutput.write(walkthrough.plainText()) }
  }

  private func classifier() throws -> TextClassifier {
    if let bundle = bundle ?? path {
      return try TextClassifier(.open(bundle, for: .classification, command: "walkthrough"), threads: 1)
    }
    var described = network
    described.model = network.model ?? Self.workedExample
    // The worked example's alphabet has letters of both cases.
    if described.model == Self.workedExample { described.assignments.insert("foldsCase=false", at: 0) }
    var options = try described.describedClassifier()
    options.threads = 1
    return try TextClassifier.untrained(for: text, options: options)
  }

  private static let workedExample = "gated-tutorial"
}
#endif
