internal import CharCNNFiles

/// The README of a matcher: what it does, what it was trained with, how to use it. The same model gives the same text.
struct MatcherCard {
  let text: String

  init(_ matcher: TextMatcher) {
    var lines = ["# Text matcher", ""]
    let shown = matcher.labels.prefix(20).map { "`\($0)`" }.joined(separator: ", ")
    let more = matcher.labels.count > 20 ? " and \(matcher.labels.count - 20) more" : ""
    switch matcher.objective {
    case .classification: lines.append("Gives two texts one of \(matcher.labels.count) labels: \(shown)\(more).")
    case .contrastive: lines.append("Says by the cosine of their vectors whether two texts match: \(shown).")
    case .regression:
      let range = matcher.configuration.range
      lines.append("Gives two texts a score from \(range.lowerBound) to \(range.upperBound).")
    }
    lines += ["", "| | |", "|---|---|"]
    lines.append("| objective | \(matcher.objective.rawValue) |")
    if let positive = matcher.positive { lines.append("| positive label | `\(positive)` |") }
    lines.append("| the order of the texts | \(matcher.isSymmetric ? "does not matter" : "matters") |")
    lines.append("| parameters | \(matcher.network.parameters.learnedCount) |")
    lines.append("| characters | \(matcher.alphabet.count) |")
    lines.append("| longest text | \(matcher.textSettings.maximumLength) characters; the rest is not read |")
    lines.append("| vector of a text | \(matcher.dimension) numbers |")
    if let threshold = matcher.threshold {
      lines.append("| texts match from a cosine of | \(Decimals.rounded(max(threshold, 0))) |")
    }
    if let record = matcher.record {
      lines.append("| trained on | \(record.trainingExamples) pairs, seed \(record.settings.seed) |")
      lines.append("| epochs | \(record.epochs), the best was \(record.bestEpoch) |")
      let figures = [
        ("accuracy", record.accuracy), ("macro F1", record.macroF1), ("Pearson", record.pearson),
        ("Spearman", record.spearman),
      ].compactMap { name, value in value.map { "\(name) \(Decimals.rounded($0))" } }
      lines.append("| validation | \(record.validationExamples) pairs: \(figures.joined(separator: ", ")) |")
      lines += [
        "",
        "The validation pairs chose the best epoch, so the figures are slightly kind; measure on pairs of your own.",
      ]
    }
    lines += [
      "", "## Use", "", "```", "charcnn predict FOLDER \"a text\" \"another text\"",
      "charcnn evaluate FOLDER pairs.tsv", "```", "", "```swift", "import CharCNN", "",
      "let matcher = try TextMatcher(opening: \"FOLDER\")", "matcher.match(\"a text\", \"another text\")", "```", "",
      "`model.safetensors` holds the weights under PyTorch's names and layouts; `manifest.json` the checksums.", "",
    ]
    text = lines.joined(separator: "\n")
  }
}
