import CharCNNText
import Foundation
import Testing

@Suite struct LabelSetTests {
  @Test func labelsAreSortedAndUnique() {
    let labels = LabelSet(["sport", "news", "sport", "art"])
    #expect(labels.labels == ["art", "news", "sport"])
    #expect(labels.index(of: "sport") == 2 && labels.index(of: "none") == nil && labels.count == 3)
  }

  @Test func integersAreSortedAsNumbers() {
    #expect(LabelSet(["10", "9", "-1", "2"]).labels == ["-1", "2", "9", "10"])
    #expect(LabelSet(["10", "9", "x"]).labels == ["10", "9", "x"])
  }

  @Test func survivesJSONAsAnArray() throws {
    let data = Data(#"["b","a"]"#.utf8)
    let labels = try JSONDecoder().decode(LabelSet.self, from: data)
    #expect(labels.labels == ["b", "a"] && labels.index(of: "a") == 1)
    #expect(try JSONEncoder().encode(labels) == data)
  }

  @Test(arguments: ["[]", #"["a","b","a"]"#, "{}"]) func decodingRefuses(json: String) {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(LabelSet.self, from: Data(json.utf8)) }
  }
}

@Suite struct StratifiedSplitTests {
  private static let labels = (0..<1000).map { Int32($0 % 10 == 0 ? 7 : $0 % 2) }

  @Test func everyExampleIsInOnePart() {
    let split = stratifiedSplit(labels: Self.labels, validationFraction: 0.2, seed: 3)
    #expect((split.train + split.validation).sorted() == Array(0..<1000))
    #expect(split.train == split.train.sorted() && split.validation == split.validation.sorted())
  }

  @Test func classesKeepTheirShares() {
    let split = stratifiedSplit(labels: Self.labels, validationFraction: 0.2, seed: 3)
    let counts = split.validation.reduce(into: [Int32: Int]()) { $0[Self.labels[$1], default: 0] += 1 }
    #expect(counts == [7: 20, 0: 80, 1: 100])
  }

  @Test func theChoiceDependsOnTheSeedOnly() {
    let first = stratifiedSplit(labels: Self.labels, validationFraction: 0.1, seed: 1).validation
    #expect(first == stratifiedSplit(labels: Self.labels, validationFraction: 0.1, seed: 1).validation)
    #expect(first != stratifiedSplit(labels: Self.labels, validationFraction: 0.1, seed: 2).validation)
    // The same on every platform, and in every later version.
    #expect(
      stratifiedSplit(labels: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1], validationFraction: 0.4, seed: 42).validation == [
        1, 4, 6, 7,
      ])
  }

  @Test(arguments: [0.5, 0.99, 1, 7]) func everyClassKeepsAnExampleToTrainOn(fraction: Double) {
    let split = stratifiedSplit(labels: [0, 0, 1, 2, 2, 2], validationFraction: fraction, seed: 9)
    #expect(Set(split.train.map { [0, 0, 1, 2, 2, 2][$0] }) == [0, 1, 2])
  }

  @Test(arguments: [0, -1, Double.nan]) func noFractionIsNoValidation(fraction: Double) {
    #expect(stratifiedSplit(labels: [0, 0, 1, 1], validationFraction: fraction, seed: 0).validation == [])
  }

  @Test func classesTooSmallToShareGiveARandomPart() {
    let labels = (0..<400).map { Int32($0 % 100) }
    let split = stratifiedSplit(labels: labels, validationFraction: 0.1, seed: 1)
    #expect(split.validation.count == 40 && (split.train + split.validation).sorted() == Array(0..<400))
    #expect(Set(split.train.map { labels[$0] }).count == 100, "every class is learned")
    #expect(split.validation == stratifiedSplit(labels: labels, validationFraction: 0.1, seed: 1).validation)
    #expect(split.validation != stratifiedSplit(labels: labels, validationFraction: 0.1, seed: 2).validation)
    #expect(
      stratifiedSplit(labels: labels, validationFraction: 0.1, seed: 1, maximumValidation: 7).validation.count == 7)
    // Nothing can be taken from classes of one, and too little is not split.
    #expect(stratifiedSplit(labels: (0..<30).map { $0 }, validationFraction: 0.1, seed: 1).validation.isEmpty)
    #expect(stratifiedSplit(labels: [0, 0, 1, 1, 2, 2], validationFraction: 0.1, seed: 1).validation.isEmpty)
  }

  @Test func theValidationPartIsCapped() {
    let split = stratifiedSplit(labels: Self.labels, validationFraction: 0.5, seed: 0, maximumValidation: 25)
    #expect(split.validation.count == 25)
    let rare = split.validation.count { Self.labels[$0] == 7 }
    #expect((2...3).contains(rare))
    #expect(stratifiedSplit(labels: [], validationFraction: 0.5, seed: 0).train == [])
  }
}
