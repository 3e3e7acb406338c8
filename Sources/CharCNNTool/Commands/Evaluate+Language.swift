internal import ArgumentParser
internal import CharCNN

/// `charcnn evaluate` with a language model.
extension Evaluate {
  /// Measures a language model on running text.
  func evaluate(_ model: CharacterLanguageModel) throws {
    if reading.isGiven {
      throw ValidationError("--text, --label and --format are for labelled texts; a language model reads plain text")
    }
    let terminal = quiet ? nil : Terminal()
    let report = try model.evaluate(onFiles: [data]) { characters in
      terminal?.draw("evaluating: \(Numbers.count(characters, "character"))")
    }
    terminal?.clear()
    if json { return try StandardOutput.write(json: report) }
    try StandardOutput.write(
      Table.text(
        [
          ["characters", Numbers.grouped(report.characters)],
          ["bits per character", Numbers.fixed(report.bitsPerCharacter)],
          ["nats per character", Numbers.fixed(report.natsPerCharacter)],
          ["accuracy", Numbers.fixed(report.accuracy)],
        ], leftColumns: 2))
  }
}
