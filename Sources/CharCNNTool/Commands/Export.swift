#if Tool
internal import ArgumentParser
internal import CharCNN

/// `charcnn export`.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write parts of a model in other formats.",
    discussion: """
      Example:
        charcnn export reviews.charcnn --embeddings characters.vec
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Option(
    help: ArgumentHelp(
      "Write the character vectors as text, a character a line, as word2vec and fastText do.", valueName: "file"))
  var embeddings: String

  @Flag(help: "Replace an existing file.")
  var overwrite = false

  func run() throws {
    try TextClassifier(.open(bundle, for: .classification, command: "export"), threads: 1).writeEmbeddings(
      to: embeddings, overwrite: overwrite)
  }
}
#endif
