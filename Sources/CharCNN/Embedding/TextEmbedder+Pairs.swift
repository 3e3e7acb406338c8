public import CharCNNEvaluation
public import CharCNNText
import CharCNNTraining

extension TextEmbedder {
  /// Pairs whose vectors are found together.
  private static let pairsTogether = 1_024

  /// Measures how well the cosine of two texts' vectors tells how people have scored the pair: by the correlations of the report. Its squared error
  /// says nothing, since scores have another range than cosines.
  ///
  /// - Parameters:
  ///   - pairs: Pairs with scores.
  ///   - progress: Receives the number of pairs done.
  /// - Returns: The report, and what a file has that was left out.
  /// - Throws: `DataError` for faulty records; ``TrainingError/noExamples(path:isInMemory:)`` where there is none.
  public func evaluate(
    onPairs pairs: Examples<TextPair>, progress: (_ pairs: Int) -> Void = { _ in }
  ) throws -> (report: MatchingReport, reading: ReadingReport) {
    var cosines: [Double] = []
    var scores: [Double] = []
    var waiting: [TextPair] = []
    func answer() {
      let vectors = vectors(for: waiting.flatMap { [$0.first, $0.second] })
      for place in waiting.indices { cosines.append(Self.cosine(vectors[2 * place], vectors[2 * place + 1])) }
      waiting.removeAll(keepingCapacity: true)
      progress(cosines.count)
    }
    var cut = 0
    let reading = try pairs.forEachPair { pair, _ in
      scores.append(Double(try pair.score(of: pairs)))
      if cuts(pair.first) || cuts(pair.second) { cut += 1 }
      waiting.append(pair)
      if waiting.count >= Self.pairsTogether { answer() }
    }
    if !waiting.isEmpty { answer() }
    if scores.isEmpty { throw TrainingError.noExamples(path: pairs.name, isInMemory: pairs.isInMemory) }
    return (try MatchingReport(predicted: cosines, actual: scores).counting(cutTexts: cut), reading)
  }
}
