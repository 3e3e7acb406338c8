import CharCNNTraining
import Foundation
import TestSupport
import Testing

@Suite struct PartMixtureTests {
  /// Scores of three classes: half of the texts are told by the first part alone, all of them weakly by the second.
  private func scores(seed: UInt64) -> (first: [[Float]], second: [[Float]], labels: [Int]) {
    let noise = normalValues(600 * 6, seed: seed)
    let labels = (0..<600).map { $0 % 3 }
    func part(_ text: Int, offset: Int, strength: Float) -> [Float] {
      (0..<3).map { noise[text * 6 + offset + $0] + ($0 == labels[text] ? strength : 0) }
    }
    return (
      (0..<600).map { part($0, offset: 0, strength: $0 % 2 == 0 ? 3 : 0) },
      (0..<600).map { part($0, offset: 3, strength: 1) }, labels
    )
  }

  private func loss(_ weights: [Double], _ data: (first: [[Float]], second: [[Float]], labels: [Int])) -> Double {
    var loss = 0.0
    for text in data.labels.indices {
      let sums = (0..<3).map { weights[0] * Double(data.first[text][$0]) + weights[1] * Double(data.second[text][$0]) }
      loss += log(sums.reduce(0) { $0 + exp($1) }) - sums[data.labels[text]]
    }
    // With the pull towards 1.
    loss += weights.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / 2
    return loss / Double(data.labels.count)
  }

  private func mixture(_ data: (first: [[Float]], second: [[Float]], labels: [Int])) -> [Double] {
    var mixture = PartMixture(usual: [1, 1], classes: 3)
    for text in data.labels.indices {
      mixture.add([data.first[text][...], data.second[text][...]], label: data.labels[text])
    }
    return mixture.weights().map(Double.init)
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func `no other weights explain the labels better`(seed: UInt64) {
    let data = scores(seed: seed)
    let weights = mixture(data)
    let least = loss(weights, data)
    for (first, second) in [(0.05, 0.0), (-0.05, 0.0), (0.0, 0.05), (0.0, -0.05), (0.05, 0.05), (-0.05, 0.05)] {
      #expect(loss([weights[0] + first, weights[1] + second], data) > least)
    }
    #expect(least < min(loss([1, 1], data), loss([1, 0], data), loss([0, 1], data)))
  }

  @Test func `a part that says nothing, or the contrary, gets no weight`() {
    var data = scores(seed: 4)
    data.first = data.first.map { _ in [0, 0, 0] }
    #expect(mixture(data)[0].isFinite && mixture(data)[1] > 0)
    data.first = data.second.map { $0.map { -$0 / 2 } }
    #expect(mixture(data).allSatisfy { $0.isFinite && $0 >= 0 })
    data.first = scores(seed: 4).first.enumerated().map { text, row in
      row.indices.map { row[$0] - ($0 == data.labels[text] ? 6 : 0) }
    }
    let weights = mixture(data)
    #expect(weights[0] == 0)
    for change in [-0.05, 0.05] { #expect(loss([0, weights[1] + change], data) > loss(weights, data)) }
  }

  @Test func `a few texts that are all right make nothing certain`() {
    let mixture = mixture((first: [[2, 0, 0], [0, 1, 0]], second: [[1, 0, 0], [0, 1, 0]], labels: [0, 1]))
    #expect(mixture.allSatisfy { $0 >= 1 && $0 < 4 })
  }

  @Test func `a third part that says the same as the second changes nothing`() {
    let data = scores(seed: 5)
    var three = PartMixture(usual: [1, 1, 1], classes: 3)
    var one = PartMixture(usual: [1], classes: 3)
    for text in data.labels.indices {
      let (first, second) = (data.first[text][...], data.second[text][...])
      three.add([first, second, second], label: data.labels[text])
      one.add([second], label: data.labels[text])
    }
    let (two, weights) = (mixture(data), three.weights().map(Double.init))
    #expect(abs(weights[0] - two[0]) < 0.02 && abs(weights[1] + weights[2] - two[1]) < 0.02)
    #expect(abs(weights[1] - weights[2]) < 1e-4)
    #expect(one.weights().count == 1)
  }

  @Test func `a few texts change little of the usual weights`() {
    var mixture = PartMixture(usual: [0.5, 3], classes: 3)
    for label in [0, 1] {
      let scores: [Float] = (0..<3).map { $0 == label ? 1 : 0 }
      mixture.add([scores[...], scores[...]], label: label)
    }
    let weights = mixture.weights()
    #expect((0.4...1).contains(weights[0]) && (2.9...3.5).contains(weights[1]))
  }

  @Test func `without a label both count as they usually do`() {
    #expect(PartMixture(usual: [0.5, 3], classes: 3).weights() == [0.5, 3])
  }

  /// A mixture of two parts whose scores are given text by text.
  private func mixture(_ first: [[Float]], _ second: [[Float]], labels: [Int]) -> PartMixture {
    var mixture = PartMixture(usual: [0.5, 3], classes: 2)
    for text in labels.indices { mixture.add([first[text][...], second[text][...]], label: labels[text]) }
    return mixture
  }

  @Test func `a part that is right more often alone stands alone`() {
    // The first part is a little right about most texts, and surely wrong about nothing. The second, which is right about all texts, is
    // outvoted by it in forty.
    let labels = (0..<400).map { $0 % 2 }
    let second = labels.map { label -> [Float] in (0..<2).map { $0 == label ? 0.02 : 0 } }
    let first = labels.enumerated().map { text, label -> [Float] in
      let answer = text < 40 ? 1 - label : label
      return (0..<2).map { $0 == answer ? 2 : 0 }
    }
    let mixed = mixture(first, second, labels: labels)
    #expect(mixed.weights()[0] > 0)
    let alone = mixed.weights(orAlone: 1)
    #expect(alone[0] == 0 && alone[1] > 0)
  }

  @Test func `parts that help each other stay together`() {
    let data = scores(seed: 7)
    var mixture = PartMixture(usual: [0.5, 3], classes: 3)
    for text in data.labels.indices {
      mixture.add([data.first[text][...], data.second[text][...]], label: data.labels[text])
    }
    #expect(mixture.weights(orAlone: 1) == mixture.weights())
    #expect(PartMixture(usual: [0.5, 3], classes: 3).weights(orAlone: 1) == [0.5, 3])
  }
}
