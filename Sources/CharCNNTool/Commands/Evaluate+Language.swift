#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNText

/// `charcnn evaluate` with a language model.
extension Evaluate {
  /// Measures a language model on running text.
  func evaluate(_ model: CharacterLanguageModel, console: Console) throws {
    if reading.isGiven {
      throw ValidationError("--text, --label and --format are for labelled texts; a language model reads plain text")
    }
    for note in try PlainText.found(in: [data]).notes { console.warn(note) }
    let terminal = quiet ? nil : Terminal()
    let report = try model.evaluate(on: Examples(contentsOf: [data])) { characters in
      terminal?.draw("evaluating: \(Numbers.count(characters, "character"))")
    }
    terminal?.clear()
    if let share = report.unknownShare, share >= Self.worthTelling {
      console.say(
        "warning: \(Numbers.percent(share)) of the characters are unknown to the model and one to it; the figures cannot be compared with those of a model that knows them"
      )
    }
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }

  /// The part of the characters that may be unknown without a word.
  private static let worthTelling = 0.001
}
#endif
