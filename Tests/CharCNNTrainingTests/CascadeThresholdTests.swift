import CharCNNCompute
import Testing

@testable import CharCNNTraining

/// The margin from which on n-grams answer alone.
@Suite struct CascadeThresholdTests {
  private struct Judged {
    var margin: Float
    var isRightAlone: Bool
    var isRight: Bool
  }

  private func found(_ texts: [Judged]) -> (threshold: Double, texts: Int)? {
    var threshold = CascadeThreshold()
    for text in texts {
      threshold.add(margin: text.margin, isRightAlone: text.isRightAlone, isRight: text.isRight)
    }
    return threshold.found()
  }

  /// Right answers that a cascade loses.
  private func lost(_ texts: [Judged], threshold: Double) -> Int {
    texts.count { Double($0.margin) >= threshold && $0.isRight && !$0.isRightAlone }
  }

  @Test func `it is the least of all margins at which one text of a thousand loses its right answer`() {
    var stream = RandomStream(key: 5)
    var kinds: Set<Int> = []
    for trial in 0..<300 {
      let count = 1 + stream.below(trial % 10 == 0 ? 4_000 : 60)
      let skill = stream.uniform()
      let texts = (0..<count).map { _ in
        let margin = Float(stream.below(trial % 2 == 0 ? 12 : 100_000)) / 8
        return Judged(
          margin: margin, isRightAlone: stream.uniform() < skill + margin / 10_000,
          isRight: stream.uniform() < (trial % 3 == 0 ? 0.02 : 0.7))
      }
      let fitting = texts.map { Double($0.margin) }.filter { lost(texts, threshold: $0) <= count / 1_000 }
      let answer = found(texts)
      #expect(answer?.threshold == fitting.min())
      #expect(answer.map { answer in texts.count { Double($0.margin) >= answer.threshold } } == answer?.texts)
      kinds.insert(answer.map { $0.texts == count ? 1 : 2 } ?? 0)
    }
    // None, all and some texts left to the n-grams: the trials have seen each.
    #expect(kinds == [0, 1, 2])
  }

  @Test func `there is none without texts, or where the n-grams are wrong wherever they are sure`() {
    #expect(found([]) == nil)
    #expect(found([Judged(margin: 2, isRightAlone: false, isRight: true)]) == nil)
    let even = found([Judged(margin: 2, isRightAlone: false, isRight: false)])
    #expect(even?.threshold == 2 && even?.texts == 1)
  }
}
