internal import CharCNNFiles

/// The README of a model: what it does, what it was trained with, how to use it. The same model gives the same text.
struct ModelCard {
  let text: String

  init(_ classifier: TextClassifier) {
    var lines = ["# Text classifier", ""]
    let shown = classifier.labels.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    let more = classifier.labels.count > 20 ? " and \(classifier.labels.count - 20) more" : ""
    lines.append("Chooses one of \(classifier.labels.count) classes for a text: \(shown)\(more).")
    lines += ["", "| | |", "|---|---|"]
    lines.append("| network | \(classifier.architecture.name) |")
    lines.append("| parameters | \(classifier.network.parameters.learnedCount) |")
    if classifier.quantization != nil { lines.append("| weights | 8-bit integers with scales |") }
    lines.append("| characters | \(classifier.alphabet.count) |")
    lines.append("| longest text | \(classifier.textSettings.maximumLength) characters; the rest is not read |")
    if let record = classifier.record {
      lines.append("| trained on | \(record.trainingExamples) texts, seed \(record.settings.seed) |")
      lines.append("| epochs | \(record.epochs), the best was \(record.bestEpoch) |")
      lines.append(
        "| validation | \(record.validationExamples) texts: accuracy \(Decimals.rounded(record.accuracy)), macro F1 \(Decimals.rounded(record.macroF1)) |"
      )
      lines += [
        "",
        "The validation texts chose the best epoch and what the parts of the network count, so the figures are slightly kind; measure on texts of your own.",
      ]
    }
    lines += [
      "", "## Use", "", "```", "charcnn predict FOLDER \"a text\"", "charcnn evaluate FOLDER data.csv", "```", "",
      "```swift", "import CharCNN", "", "let classifier = try TextClassifier(opening: \"FOLDER\")",
      "classifier.predictedLabel(for: \"a text\")", "```", "",
      "`model.safetensors` holds the weights under PyTorch's names and layouts; `manifest.json` the checksums.", "",
    ]
    text = lines.joined(separator: "\n")
  }
}
