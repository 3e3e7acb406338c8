#if Tool
internal import CharCNN

/// `charcnn evaluate` with a tagger.
extension Evaluate {
  /// Measures a tagger.
  func evaluate(_ tagger: SequenceTagger, console: Console) throws {
    let source = try reading.taggedSource(data, usualColumn: tagger.columnOfCoNLLU)
    console.say("\(data): \(source.summary)")
    let terminal = quiet ? nil : Terminal()
    let report = try tagger.evaluate(on: Examples(source)) { sentences in
      terminal?.draw("evaluating: \(Numbers.count(sentences, "sentence"))")
    }
    terminal?.clear()
    console.warn(unseen: report.unseenTags, of: "token", with: "tags")
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
#endif
