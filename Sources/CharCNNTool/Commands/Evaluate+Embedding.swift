#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn evaluate` with a base of vectors.
extension Evaluate {
  /// Measures a base on texts and its teacher's vectors.
  func evaluate(_ embedder: TextEmbedder, console: Console) throws {
    let source = try vectors.source(data, reading: reading)
    console.say("\(data): \(source.summary)")
    let report = try embedder.evaluate(on: Examples(source))
    if json { try StandardOutput.write(json: report) } else { try StandardOutput.write(report.table()) }
  }
}
#endif
