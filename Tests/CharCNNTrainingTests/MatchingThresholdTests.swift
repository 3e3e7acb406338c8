import CharCNNTraining
import Testing

@Suite struct MatchingThresholdTests {
  @Test func `the threshold parts the labels half-way`() {
    #expect(MatchingThreshold.best(cosines: [0.75, 0.25, 0.5, 1], labels: [1, 0, 0, 1]) == 0.625)
    #expect(MatchingThreshold.best(cosines: [0.75, 0.25, 0.5, 1], labels: [1, 0, -1, 1]) == 0.5)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity], [Int32(0), 1])
  func `cosines that are no numbers are passed over, whatever their label`(cosine: Float, label: Int32) {
    for place in 0...2 {
      var (cosines, labels): ([Float], [Int32]) = ([0.75, 0.25], [1, 0])
      cosines.insert(cosine, at: place)
      labels.insert(label, at: place)
      #expect(MatchingThreshold.best(cosines: cosines, labels: labels) == 0.5)
    }
    #expect(MatchingThreshold.best(cosines: [cosine], labels: [label]) == 0.5)
  }
}
