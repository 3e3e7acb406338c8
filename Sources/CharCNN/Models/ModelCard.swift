internal import CharCNNFiles
import CharCNNStorage
import CharCNNTraining

/// The README of a model: what it does, what it was trained with, how to use it. The same model gives the same text.
struct ModelCard {
  /// What the model is.
  var title: String
  /// What it does, in a sentence.
  var purpose: String
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
    names.prefix(most).map(code).joined(separator: ", ")
      + (names.count > most ? " and \(names.count - most) more" : "")
  }

  /// A name as code in Markdown: on one line, between more backquotes than it has one after another (CommonMark, "Code spans").
  private static func code(_ name: String) -> String {
    var (longest, run) = (0, 0)
    for character in name.unicodeScalars {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let mark = String(repeating: "`", count: longest + 1)
    return longest == 0 ? mark + name.onOneLine + mark : "\(mark) \(name.onOneLine) \(mark)"
  }

  /// The same with where the model comes from, and what its owner says of it.
  func describing(_ provenance: ModelBundle.Provenance?) -> ModelCard {
    guard let provenance else { return self }
    var card = self
    if let description = provenance.description {
      if let name = description.name {
        card.purpose = "\(title). \(purpose)"
        card.title = name.onOneLine
      }
      if let note = description.note { card.purpose += "\n\n\(note)" }
      if let licence = description.licence { card.addCell("licence", licence) }
    }
    let data = [
      ("training data", provenance.training), ("validation data", provenance.validation),
      ("calibrated with", provenance.calibration),
    ]
    for (name, data) in data {
      guard let data else { continue }
      card.addCell(name, data.summary)
    }
    if let limits = provenance.limits { card.addCell("left out", limits.leftOut) }
    if let command = provenance.command {
      card.addCell("made by", "\(provenance.program): `\(ModelBundle.Provenance.shown(command))`")
    } else {
      card.addCell("made by", provenance.program)
    }
    return card
  }

  /// Adds a fact that may have characters which would break a table.
  private mutating func addCell(_ name: String, _ value: String) {
    add(name, value.onOneLine.replacing("|", with: #"\|"#))
  }
}

extension ModelBundle.Provenance {
  /// A command as a shell takes it.
  package static func shown(_ command: [String]) -> String {
    (["charcnn"] + command.map { $0.hasPrefix("-") ? $0 : ShellText.quoted($0) }).joined(separator: " ")
  }
}

extension ModelBundle.Provenance.Data {
  /// It in a line, for people.
  package var summary: String {
    let examples = "\(examples) \(examples == 1 ? "example" : "examples")"
    let origin = name.map { "\(examples) of \($0)" } ?? examples
    return digest.map { "\(origin), SHA-256 \($0.prefix(16))…" } ?? "\(examples) split off the training data"
  }
}

extension ModelBundle.Provenance.Limits {
  /// What the model has not seen, in a line, for people.
  package var leftOut: String {
    let unseen = unseenLabels.values.reduce(0, +)
    let parts = [
      cutExamples > 0 ? "\(cutExamples) texts cut at \(longestText) characters" : nil,
      emptyExamples > 0 ? "\(emptyExamples) texts without a character" : nil,
      unseen > 0 ? "\(unseen) validation labels that training lacks" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }
}
