#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage

/// `charcnn card`.
struct Card: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the card of a model, or replace it.",
    discussion: """
      The card, README.md of the bundle, says what the model is, what it was trained on and how well it does. Its owner may edit \
      it, also by hand: 'charcnn inspect' says so then, and the model is opened all the same. --edit replaces it by a file and \
      renews its seal, the checksum of the card; all else stays as it is. A card that was edited by hand is replaced by another \
      text with --overwrite only.

      Example:
        charcnn card reviews.charcnn
        charcnn card reviews.charcnn > card.md
        charcnn card reviews.charcnn --edit card.md
        charcnn card reviews.charcnn --edit reviews.charcnn/README.md
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Option(help: ArgumentHelp("Replace the card by the text of a file, in UTF-8.", valueName: "file"))
  var edit: String?

  @Flag(help: "Replace a card that was edited by hand.")
  var overwrite = false

  @Flag(help: "Write a JSON object.")
  var json = false

  /// What `--json` writes.
  private struct Result: Encodable {
    let path: String
    let isEdited: Bool
    let text: String?
  }

  func run() throws {
    if let edit { try ModelBundle.replaceCard(of: bundle, with: text(of: edit), overwrite: overwrite) }
    let model = try ModelBundle(contentsOf: bundle)
    let result = Result(
      path: FilePath.join(model.path, ModelBundle.cardName), isEdited: !model.isCardSealed, text: model.card)
    if json { return try StandardOutput.write(json: result) }
    if edit != nil { return try StandardOutput.write("\(result.path): replaced and sealed\n") }
    guard let text = result.text else { throw Failure(.noInput, "\(result.path): there is no card any more") }
    try StandardOutput.write(text)
  }

  private func text(of path: String) throws -> String {
    let bytes = try FileBytes(mapping: path)
    guard bytes.count <= Self.longest else {
      throw Failure(.data, "\(path): has \(bytes.count) bytes, more than the \(Self.longest) of a card")
    }
    guard let text = bytes.withBytes({ String(validating: $0, as: UTF8.self) }) else {
      throw Failure(.data, "\(path): is no text in UTF-8; write the card in UTF-8")
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Failure(.data, "\(path): is empty; write what is to be known of the model")
    }
    return text
  }

  /// Bytes of a card at most.
  private static let longest = 1 << 20
}
#endif
