internal import CharCNN

/// `charcnn evaluate` with a tagger.
extension Evaluate {
  /// Measures a tagger.
  func evaluate(_ tagger: SequenceTagger, console: Console) throws {
    let source = try reading.taggedSource(data)
    console.say("\(data): \(source.summary)")
    let terminal = quiet ? nil : Terminal()
    let report = try tagger.evaluate(on: .source(source)) { sentences in
      terminal?.draw("evaluating: \(Numbers.count(sentences, "sentence"))")
    }
    terminal?.clear()
    if !report.unseenTags.isEmpty {
      let total = report.unseenTags.values.reduce(0, +)
      console.say("warning: \(Numbers.count(total, "token")) counted as wrong, with tags that the model does not know")
    }
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
