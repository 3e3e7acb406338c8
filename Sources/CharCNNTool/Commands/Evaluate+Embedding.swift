#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn evaluate` with a base of vectors.
extension Evaluate {
  /// Measures a base on texts and its teacher's vectors.
  func evaluate(_ embedder: TextEmbedder, console: Console) throws {
    if reading.secondColumn != nil {
      if vectors.isGiven {
        throw ValidationError("--second measures the cosine of pairs, and --vectors vectors; give one of them")
      }
      let source = try reading.pairSource(data, scores: true, trained: nil)
      console.say("\(data): \(source.summary)")
      let (report, read) = try embedder.evaluate(onPairs: Examples(source))
      for warning in read.warnings { console.warn(warning) }
      console.warn(cutTexts: report.cutTexts ?? 0, to: embedder.textSettings.maximumLength)
      if json { return try StandardOutput.write(json: report) }
      return try StandardOutput.write(report.table())
    }
    try reading.refuseLabels()
    let source = try vectors.source(data, reading: reading)
    console.say("\(data): \(source.summary)")
    let (report, warnings) = try embedder.measured(on: Examples(source))
    for warning in warnings { console.warn(warning) }
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
#endif
