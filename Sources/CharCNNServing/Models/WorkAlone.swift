internal import CharCNN
internal import CharCNNCompute
internal import CharCNNFiles

/// Bytes of texts that the thread of a model reads alone, because so little is not worth the other threads.
struct WorkAlone {
  /// What one thread reads in a millisecond, at most two kilobytes.
  private let ofMillisecond: Int
  /// How many of them where several requests wait.
  private let milliseconds = max(1, 4 / max(1, Machine.cores - 1))

  /// Measures it.
  init(_ model: ServedModel) {
    let most = 2_048
    let text = String(repeating: "Text, 文本。", count: 16)
    let question = Question(text, second: model.takesPairs ? text : nil)
    let asks = model.operations.contains(.predict)
    var seconds = Double.infinity
    // Now and then the system has other things to do meanwhile.
    for _ in 0..<3 {
      let start = ContinuousClock.now
      ThreadPool.alone {
        if asks { _ = model.answers(to: [question]) } else { _ = model.vectorizer?.vectors(for: [text]) }
      }
      seconds = min(seconds, (ContinuousClock.now - start) / .seconds(1))
    }
    ofMillisecond = min(most, Int(Double(asks ? question.cost : text.utf8.count) * 0.001 / max(seconds, 1e-9)))
  }

  /// - Parameter ofSeveral: Whether it is of several requests. Then their connections and their clients want processors too: where there are few, the
  ///   other threads are worth their while for more work only, on two processors for that of four milliseconds.
  func bytes(_ ofSeveral: Bool) -> Int { ofSeveral ? ofMillisecond * milliseconds : ofMillisecond }
}
