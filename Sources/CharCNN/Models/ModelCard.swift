internal import CharCNNFiles
import CharCNNTraining

/// The README of a model: what it does, what it was trained with, how to use it. The same model gives the same text.
struct ModelCard {
  /// What the model is.
  let title: String
  /// What it does, in a sentence.
  let purpose: String
  /// Names and values.
  var facts: [(name: String, value: String)] = []
  /// What is to be known of the figures; nil for nothing.
  var note: String?
  /// Commands that use it.
  var commands: [String] = []
  /// Which files have the weights.
  var weights = "`model.safetensors` holds the weights under PyTorch's names and layouts"
  /// Lines of Swift that use it; none leaves Swift out.
  var code: [String] = []

  /// The text of the file.
  var text: String {
    var lines = ["# \(title)", "", purpose, "", "| | |", "|---|---|"]
    lines += facts.map { "| \($0.name) | \($0.value) |" }
    if let note { lines += ["", note] }
    lines += ["", "## Use", "", "```"] + commands + ["```", ""]
    if !code.isEmpty {
      lines += ["```swift", "import CharCNN", ""] + code
      lines += [
        "```", "", "\(weights); `manifest.json` the checksums.", "",
      ]
    }
    return lines.joined(separator: "\n")
  }

  /// Adds a fact.
  mutating func add(_ name: String, _ value: some CustomStringConvertible) { facts.append((name, "\(value)")) }

  /// Adds how long a training was, and how its best model did.
  ///
  /// - Parameters:
  ///   - examples: What it learned from.
  ///   - settings: How.
  ///   - epochs: Epochs done; 0 for a training that does not go in steps.
  ///   - bestEpoch: Epoch of the kept model.
  ///   - validation: How it did.
  mutating func addTraining(
    on examples: String, _ settings: TrainingSettings, epochs: Int, bestEpoch: Int, validation: String
  ) {
    add("trained on", "\(examples), seed \(settings.seed)")
    if epochs > 0 { add("epochs", "\(epochs), the best was \(bestEpoch)") }
    add("validation", validation)
  }

  /// The first names of a list, in the type of code.
  static func listed(_ names: [String], most: Int = 20) -> String {
    names.prefix(most).map { "`\($0)`" }.joined(separator: ", ")
      + (names.count > most ? " and \(names.count - most) more" : "")
  }
}
