#if Tool
internal import CharCNN
import CharCNNStorage

/// Cards that the owner of a model has written, in models that are made of it.
extension ModelBundle {
  /// The card, where it is another than the one that this program writes for the model; nil where it is that one, and for models of other
  /// versions, whose cards may look otherwise.
  func ownCard(besides classifier: TextClassifier) throws -> String? {
    guard let card, try provenance()?.program == Provenance.ofThisProgram else { return nil }
    return try card == classifier.generatedCard() ? nil : card
  }

  /// Puts a card into a model that was made of another one, and says so.
  static func keepCard(_ card: String, in path: String, _ console: Console) throws {
    try replaceCard(of: path, with: card, overwrite: true)
    console.say("\(path): the card that was edited stays as it is; \"charcnn card\" shows it")
  }
}
#endif
