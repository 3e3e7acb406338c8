internal import CharCNNCompute

extension BatchPredictor {
  /// Texts, and scores of n-grams, of a block at most: they bound the memory of what waits to be handed out.
  private static let blockTexts = 8_192
  private static let blockScores = 4_000_000

  /// Predicts texts with n-grams that answer alone where they are sure: block by block all threads score the n-grams, then batches
  /// of the network have the texts that are left.
  ///
  /// - Returns: How many texts the n-grams answered alone.
  /// - Throws: What `copy` and `body` throw.
  func forEachText(
    _ cascade: NgramCascade, _ scorer: NgramScorer, lengths: [Int], ngramScores: NgramScores?,
    copy: @escaping @Sendable (_ text: Int, _ buffer: UnsafeMutableBufferPointer<Int32>) throws -> Void,
    _ body: (_ text: Int, _ probabilities: ArraySlice<Float>) throws -> Void
  ) throws -> Int {
    let classes = scorer.ngrams.classes
    let block = max(1, min(Self.blockTexts, Self.blockScores / classes))
    var alone = 0
    for first in stride(from: 0, to: lengths.count, by: block) {
      let texts = Array(first..<min(first + block, lengths.count))
      let scores =
        try ngramScores?.scores(of: texts)
        ?? scorer.scores(of: texts, lengths: lengths, device: device, copy: copy)
      func places(of text: Int) -> Range<Int> { (text - first) * classes..<(text - first + 1) * classes }
      let unsure = texts.filter { !cascade.isSure(scores[places(of: $0)]) }
      alone += texts.count - unsure.count
      var answers = workspaces.withWorkspace {
        NgramCascade.probabilities(
          scores, classes: classes, weight: Float(cascade.weight), device: device, workspace: $0)
      }
      try ask(
        unsure, lengths: lengths, ngramScores: NgramScores(scores, classes: classes, first: first), copy: copy
      ) { text, probabilities in
        answers.replaceSubrange(places(of: text), with: probabilities)
      }
      for text in texts { try body(text, answers[places(of: text)]) }
    }
    return alone
  }
}
