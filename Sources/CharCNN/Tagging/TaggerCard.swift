internal import CharCNNFiles

/// The README of a tagger: what it does, what it was trained with, how to use it. The same model gives the same text.
struct TaggerCard {
  let text: String

  init(_ tagger: SequenceTagger) {
    let unit = tagger.unit == .character ? "character" : "word"
    var lines = ["# Sequence tagger", ""]
    let shown = tagger.labels.prefix(40).map { "`\($0)`" }.joined(separator: ", ")
    let more = tagger.labels.count > 40 ? " and \(tagger.labels.count - 40) more" : ""
    lines.append("Gives every \(unit) of a sentence one of \(tagger.labels.count) tags: \(shown)\(more).")
    lines += ["", "| | |", "|---|---|"]
    lines.append("| network | \(tagger.architecture.name) |")
    lines.append("| parameters | \(tagger.network.parameters.learnedCount) |")
    lines.append("| characters | \(tagger.alphabet.count) |")
    if tagger.scheme.marksSpans { lines.append("| tags mark spans in the scheme | \(tagger.scheme.rawValue) |") }
    if let record = tagger.record {
      lines.append("| trained on | \(record.trainingExamples) sentences, seed \(record.settings.seed) |")
      lines.append("| epochs | \(record.epochs), the best was \(record.bestEpoch) |")
      lines.append(
        "| validation | \(record.validationExamples) sentences: span F1 \(Decimals.rounded(record.spanF1)), accuracy \(Decimals.rounded(record.accuracy)) |"
      )
      lines += [
        "",
        "The validation sentences chose the best epoch, so the figures are slightly kind; measure on sentences of your own.",
      ]
    }
    lines += [
      "", "## Use", "", "```", "charcnn predict FOLDER \"a text\"", "charcnn evaluate FOLDER data.conllu", "```", "",
      "```swift", "import CharCNN", "", "let tagger = try SequenceTagger(opening: \"FOLDER\")",
      "tagger.tags(in: \"a text\")", "```", "",
      "`model.safetensors` holds the weights under PyTorch's names and layouts; `manifest.json` the checksums.", "",
    ]
    text = lines.joined(separator: "\n")
  }
}
