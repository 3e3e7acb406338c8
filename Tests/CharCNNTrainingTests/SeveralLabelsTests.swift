import CharCNNCompute
import CharCNNNetworks
import CharCNNText
import CharCNNTraining
import Foundation
import TestSupport
import Testing

/// Learning where texts may have several labels, or none.
@Suite struct SeveralLabelsTests {
  @Test func `the gradient of the loss is that of finite differences, and its values are those of logarithms`() {
    let device = CPUDevice(threads: 2)
    let workspace = Workspace()
    let values: [Float] = [0.3, -1.2, 2, 0, -30, 30, 90, -90, 0.7]
    let targets: [Float] = [1, 0, 0.95, 0.05, 0, 1, 1, 0, 0.5]
    func loss(_ values: [Float]) -> (loss: Double, gradient: [Float]) {
      workspace.reset()
      let scores = workspace.tensor(rows: 3, columns: 3)
      let gradient = workspace.tensor(rows: 3, columns: 3)
      device.write(values, to: scores)
      return (device.logisticLoss(scores, targets: targets, scale: 1, into: gradient), device.read(gradient))
    }
    let found = loss(values)
    #expect(GradientCheck().problem(values: values, gradient: found.gradient) { loss($0).loss } == nil)
    let expected = zip(values, targets).prefix(4).reduce(0.0) { sum, pair in
      let probability = 1 / (1 + exp(-Double(pair.0)))
      return sum - Double(pair.1) * log(probability) - Double(1 - pair.1) * log(1 - probability)
    }
    let rest = log(1 + exp(-30.0)) * 2 + 0.7 * 0.5 + log(1 + exp(-0.7))
    #expect(abs(found.loss - expected - rest) < 1e-5)
    // However far the scores are out, nothing overflows.
    #expect(
      [Float.greatestFiniteMagnitude, -.greatestFiniteMagnitude].allSatisfy {
        LogisticLoss.probability(Double($0)).isFinite && LogisticLoss.loss(score: Double($0), target: 1).isFinite
      })
  }

  @Test func `no other weights of the parts explain the labels better`() {
    let noise = normalValues(900 * 8, seed: 5)
    let labels: [[Int32]] = (0..<900).map { text in (0..<4).filter { text % ($0 + 2) == 0 }.map(Int32.init) }
    func score(_ text: Int, _ part: Int, _ label: Int) -> Float {
      noise[text * 8 + part * 4 + label] + (labels[text].contains(Int32(label)) ? 1 : -1) * (part == 0 ? 1.5 : 0.5)
    }
    var mixture = PartMixture(usual: [1, 1], classes: 4, hasSeveral: true)
    for text in labels.indices {
      mixture.add((0..<2).map { part in (0..<4).map { score(text, part, $0) }[...] }, labels: labels[text])
    }
    func loss(_ weights: [Double]) -> Double {
      var sum = weights.reduce(0) { $0 + ($1 - 1) * ($1 - 1) } / 2
      for text in labels.indices {
        for label in 0..<4 {
          let total = (0..<2).reduce(0.0) { $0 + weights[$1] * Double(score(text, $1, label)) }
          sum += log(1 + exp(labels[text].contains(Int32(label)) ? -total : total))
        }
      }
      return sum
    }
    let weights = mixture.weights().map(Double.init)
    for (first, second) in [(0.05, 0.0), (-0.05, 0.0), (0.0, 0.05), (0.0, -0.05), (0.05, -0.05)] {
      #expect(loss([weights[0] + first, weights[1] + second]) > loss(weights))
    }
    // A part that says the contrary is left out.
    var contrary = PartMixture(usual: [0.5, 3], classes: 4, hasSeveral: true)
    for text in labels.indices {
      contrary.add(
        [(0..<4).map { -3 * score(text, 0, $0) }[...], (0..<4).map { score(text, 1, $0) }[...]], labels: labels[text])
    }
    #expect(contrary.weights(orAlone: 1)[0] == 0)
  }

  /// Texts of some words, each of which stands for a label.
  private func texts(_ count: Int, seed: UInt64) -> [(text: String, labels: [String])] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    let words = ["alpha", "beta", "gamma", "delta"]
    return (0..<count).map { _ in
      let chosen = words.filter { _ in stream.uniform() < 0.4 }
      let filler = (0..<3).map { _ in ["one", "two", "three", "four", "five"][stream.below(5)] }
      return ((filler + chosen).joined(separator: " "), chosen)
    }
  }

  private func encoded(_ texts: [(text: String, labels: [String])], sets: LabelSets = LabelSets()) throws
    -> EncodedTexts
  {
    let alphabet = try Alphabet(units: "abcdefghijklmnopqrstuvwxyz ".map(String.init))
    return try EncodedTexts(
      Examples(texts.map { LabeledText($0.text, labels: $0.labels) }),
      encoder: TextEncoder(settings: TextSettings(), alphabet: alphabet),
      labels: LabelSet(["alpha", "beta", "delta", "gamma"]), sets: sets)
  }

  @Test(arguments: [1, 2, 5]) func `solved n-grams find each label by itself, with the same bytes`(threads: Int) throws
  {
    let data = try encoded(texts(900, seed: 1))
    let sets = try #require(data.sets)
    func solve(_ threads: Int) throws -> SolvedNgrams {
      try NgramFit(
        NgramFeatures(characters: [1, 2, 3], words: [1]),
        roles: [.letter] + Array(repeating: .letter, count: 26) + [.space], texts: data.corpus, validation: nil,
        classes: 4,
        sets: sets, seed: 1, device: CPUDevice(threads: threads)
      ).solve(cost: nil, isHeld: { $0 % 10 == 0 })
    }
    let solved = try solve(threads)
    #expect(try solve(3).complete.weights == solved.complete.weights)
    #expect(solved.complete.columns == 4)
    let other = try encoded(texts(400, seed: 2))
    let others = try #require(other.sets)
    var reader = solved.complete.makeReader()
    var (text, right) = (0, 0)
    var scores = [Float](repeating: 0, count: 4)
    try other.corpus.forEachText { characters in
      scores.withUnsafeMutableBufferPointer {
        solved.complete.score(characters, reader: &reader, into: $0, instructions: .best)
      }
      right += zip(scores, others.targets(other.corpus.label(of: text), classes: 4)).count { ($0 > 0) == $1 }
      text += 1
    }
    #expect(Double(right) > 0.99 * 1_600)
  }

  @Test func `sets have numbers, and labels that are no classes are kept`() {
    var sets = LabelSets()
    let classes = LabelSet(["a", "b", "c"])
    let numbers = [["c", "a"], [], ["a", "c"], ["b", "x"], ["x"]].map { sets.number(of: $0, in: classes) }
    #expect(numbers[0] == numbers[2] && Set(numbers).count == 4)
    #expect(sets[numbers[0]].classes == [0, 2] && sets[numbers[1]].classes.isEmpty)
    #expect(sets[numbers[3]].classes == [1] && sets[numbers[3]].unseen == ["x"])
    #expect(sets.targets(numbers[0], classes: 3) == [true, false, true])
    // By the rarest label of each: b occurs once, c twice, a three times; none is a class of its own.
    let more = numbers[..<4] + [sets.number(of: ["a"], in: classes)]
    #expect(sets.rarest(of: Array(more), classes: 3) == [2, 3, 2, 1, 0])
  }

  @Test func `what the vocabulary makes of labels`() throws {
    func vocabulary(_ texts: [LabeledText], several: Bool? = nil) throws -> Vocabulary {
      try Vocabulary(
        Examples(texts), settings: TextSettings(), longest: .max, several: several, minimumCount: 1,
        maximumAlphabet: 100)
    }
    let one = (0..<300).map { LabeledText("text \($0)", label: $0 % 2 == 0 ? "a" : "b") }
    let two = LabeledText("both", labels: ["a", "c"])
    #expect(try !vocabulary(one).hasSeveralLabels)
    // One of a hundred is enough, and fewer are not.
    #expect(try !vocabulary(one + [two, two, two]).hasSeveralLabels)
    #expect(try vocabulary(one + [two, two, two]).labelCounts == ["a": 153, "b": 150])
    let several = try vocabulary(one + [two, two, two, two])
    #expect(several.hasSeveralLabels && several.labelCounts == ["a": 154, "b": 150, "c": 4])
    #expect(try vocabulary(one, several: true).hasSeveralLabels)
    #expect(try !vocabulary(one + [two, two, two, two], several: false).hasSeveralLabels)
    let none = LabeledText("neither", labels: [])
    #expect(throws: DataError.self) { try vocabulary(one + [none]) }
    #expect(try vocabulary(one + [none], several: true).examples == 301)
    let joined = LabeledText("both", label: "a,b")
    let question = #expect(throws: DataError.self) { try vocabulary(one + [joined]) }
    #expect(question?.kind == .ambiguousLabel)
    #expect(try vocabulary(one + [joined], several: false).labels.labels == ["a", "a,b", "b"])
  }
}
