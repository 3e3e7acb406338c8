#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNNetworks

/// Labels that a base of vectors knows by their names.
struct ZeroShotArguments: ParsableArguments {
  @Option(
    name: .customLong("labels"),
    help: ArgumentHelp(
      "A base of vectors: the labels to choose from, in words, with commas between; no labelled text is needed.",
      valueName: "names"))
  var names: String?

  @Option(
    help: ArgumentHelp(
      "With --labels: what is read of a label, with {} in the place of its name.", valueName: "words"))
  var labelTemplate: String?

  func validate() throws {
    if labelTemplate != nil, names == nil { throw ValidationError("--label-template goes with --labels") }
  }

  /// The classifier of a base.
  func classifier(_ base: TextEmbedder, _ path: String) throws -> TextClassifier {
    guard let names else {
      throw ValidationError("\(path) is a base of vectors, which has no labels; --labels \"sports,music\" names some")
    }
    let labels = names.split(separator: ",", omittingEmptySubsequences: false).map { label in
      label.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    if labels.contains("") { throw ValidationError("--labels has an empty name: \"\(names)\"") }
    return try base.classifier(labels: labels, template: labelTemplate ?? "{}")
  }

  /// Refuses labels beside a model that has its own.
  func refuse(beside model: any ToolModel.Type, _ path: String) throws {
    if names != nil, model.task != .embedding {
      throw ValidationError("--labels is for bases of vectors; \(path) is a \(model.noun)")
    }
  }
}
#endif
