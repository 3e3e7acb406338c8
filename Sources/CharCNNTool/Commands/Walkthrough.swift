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
      first values. --html also writes a page: the answer, what the n-grams say, and every matrix with its rows named by \
      the characters that they stand for; pointing at a cell marks the characters that it sees. With a bundle the weights are the trained \
      ones. Without one they are random, the alphabet is that of the text, and the answer means nothing; the network is \
      then the tutorial's worked example (gated-tutorial) unless --model says otherwise.

      Example:
        charcnn walkthrough "I love this movie!"
        charcnn walkthrough "I love this movie!" reviews.charcnn --html movie.html
        charcnn walkthrough "我喜欢这部电影！" reviews.charcnn --html movie.html --language zh
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

  @Option(help: "Language of the page: en or zh.")
  var language = SettingWords.Language.english

  @Flag(help: "Replace an existing file.")
  var overwrite = false

  @Flag(help: "Write a JSON object with all values.")
  var json = false

  func validate() throws {
    if overwrite, html == nil { throw ValidationError("--overwrite goes with --html") }
    if language != .english, html == nil { throw ValidationError("--language is for the page of --html") }
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
    if let html { try AtomicFile.checkWritable(html, overwrite: overwrite) }
    let classifier = try classifier()
    let walkthrough: CharCNN.Walkthrough
    if let html {
      let detail = classifier.detailedWalkthrough(of: text)
      walkthrough = detail.walkthrough
      let page = WalkthroughPage(detail, language: language).html()
      try AtomicFile.write(Array(page.utf8), to: html, overwrite: overwrite)
    } else {
      walkthrough = classifier.walkthrough(of: text)
    }
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
