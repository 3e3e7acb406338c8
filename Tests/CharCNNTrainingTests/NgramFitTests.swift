import CharCNNCompute
import CharCNNNetworks
import Synchronization
import Testing

@testable import CharCNNTraining

/// Linear models of n-grams, fitted to texts.
@Suite struct NgramFitTests {
  /// Texts of letters 2 … 9 and blanks (1), of which each class likes some sequences of three more than the others.
  private func corpus(
    _ count: Int, classes: Int, seed: UInt64 = 1, label: (Int) -> Int32? = { _ in nil }
  ) -> MemoryCorpus {
    var stream = RandomStream(key: seed)
    var corpus = MemoryCorpus()
    for text in 0..<count {
      let kind = Int32(text % classes)
      corpus.append(label: label(text) ?? kind) { characters in
        for _ in 0..<20 {
          let letter = Int32.random(in: 0..<8, using: &stream)
          characters.append(letter + 2)
          if Int.random(in: 0..<10, using: &stream) < 5 {
            characters += [(letter + kind % 8) % 8 + 2, (letter + kind / 8) % 8 + 2]
          } else {
            characters += [Int32.random(in: 1..<10, using: &stream), Int32.random(in: 1..<10, using: &stream)]
          }
        }
      }
    }
    return corpus
  }

  private let roles: [WordRole] = [.letter, .space] + Array(repeating: .letter, count: 8)
  private let features = NgramFeatures(characters: [1, 2, 3], words: [1])

  private func fit(
    _ texts: any TextCorpus, validation: (any TextCorpus)? = nil, classes: Int, threads: Int = 2,
    instructions: InstructionSet = .best, mostWeights: Int = 1 << 28,
    checkMemory: (Double) throws -> Void = { _ in }, check: @escaping @Sendable () throws -> Void = {}
  ) throws -> NgramFit {
    try NgramFit(
      features, roles: roles, texts: texts, validation: validation, classes: classes, seed: 1,
      device: CPUDevice(threads: threads, instructions: instructions), mostWeights: mostWeights,
      checkMemory: checkMemory, check: check)
  }

  /// The share of texts that a model answers rightly.
  private func accuracy(_ model: LinearNgrams, _ texts: MemoryCorpus) throws -> Double {
    var reader = model.makeReader()
    var scores = [Float](repeating: 0, count: model.classes)
    var (text, right) = (0, 0)
    try texts.forEachText { characters in
      scores.withUnsafeMutableBufferPointer { model.score(characters, reader: &reader, into: $0, instructions: .best) }
      if scores.indices.max(by: { scores[$0] < scores[$1] }) == Int(texts.label(of: text)) { right += 1 }
      text += 1
    }
    return Double(right) / Double(texts.count)
  }

  private func bytes(_ solved: SolvedNgrams) -> [[Int8]] { [solved.validated.weights, solved.complete.weights] }

  @Test func `a text counts by how often its class occurs`() throws {
    let labels: [Int32] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1]
    typealias Balance = NgramConfiguration.Balance
    #expect(Balance.none.factors(labels: labels[...], amounts: nil, classes: 2) == nil)
    #expect(Balance.full.factors(labels: labels[...], amounts: nil, classes: 2) == [0.625, 2.5])
    let root = try #require(Balance.root.factors(labels: labels[...], amounts: nil, classes: 3))
    #expect(root == [Float(0.625.squareRoot()), Float(2.5.squareRoot()), 1])
    // Where all occur as often, nothing is to be weighed; where texts count differently, what they count is added up.
    #expect(Balance.full.factors(labels: [0, 1, 1, 0][...], amounts: nil, classes: 2) == nil)
    let even: [Float] = [Float](repeating: 0.25, count: 8) + [1, 1]
    #expect(Balance.full.factors(labels: labels[...], amounts: even, classes: 2) == nil)
    #expect(Balance.full.factors(labels: [0, 1, 1][...], amounts: [1, 0.5, 2.5], classes: 2) == [2, 0.6666667])
  }

  @Test(arguments: [2, 3, 17])
  func `the model answers texts that it has not seen`(classes: Int) throws {
    let held = { $0 % 10 == 3 }
    let solved = try fit(corpus(1_500, classes: classes), classes: classes).solve(cost: nil, isHeld: held)
    let fresh = corpus(1_500, classes: classes, seed: 2)
    #expect(try accuracy(solved.validated, fresh) > 0.9)
    #expect(try accuracy(solved.complete, fresh) > 0.9)
    #expect(solved.validated.weights != solved.complete.weights)
  }

  @Test(arguments: [2, 3, 17])
  func `the same bytes on any number of threads and with any instructions`(classes: Int) throws {
    let texts = corpus(600, classes: classes)
    func solved(_ threads: Int, _ instructions: InstructionSet) throws -> SolvedNgrams {
      try fit(texts, classes: classes, threads: threads, instructions: instructions).solve(cost: nil) { $0 % 5 == 0 }
    }
    let expected = try solved(1, .scalar)
    for threads in [2, 5] {
      let other = try solved(threads, .best)
      #expect(bytes(other) == bytes(expected))
      #expect(other.complete.scales == expected.complete.scales && other.complete.bias == expected.complete.bias)
      #expect(other.outcome.choice == expected.outcome.choice)
    }
  }

  @Test func `many texts are read like one after another`() throws {
    var texts = MemoryCorpus()
    try corpus(37_000, classes: 3).forEachText { window in
      // Some are empty, some are long.
      let text = Array(window)
      let kind = texts.count % 100
      texts.append(label: Int32(texts.count % 3)) {
        $0 += kind == 0 ? [] : kind == 1 ? text + text : Array(text.prefix(40))
      }
    }
    let fit = try fit(texts, validation: corpus(2_000, classes: 3, seed: 5), classes: 3)
    #expect(fit.rows.count == 39_000 && texts.lengths.reduce(0, +) > 1_300_000)
    var reader = WeighedNgrams(
      scanner: NgramScanner(fit.features, roles: fit.roles), vocabulary: fit.vocabulary)
    var (row, differing) = (0, 0)
    for corpus in [texts, corpus(2_000, classes: 3, seed: 5)] {
      try corpus.forEachText { text in
        reader.read(text)
        let entries = fit.rows.offsets[row]..<fit.rows.offsets[row + 1]
        let features = (0..<reader.count).map { fit.featureOfRow[Int(reader.rows[$0])] }
        if Array(fit.rows.features[entries]) != features
          || Array(fit.rows.values[entries]) != Array(reader.values.prefix(reader.count))
        {
          differing += 1
        }
        row += 1
      }
    }
    #expect(differing == 0)
  }

  @Test func `labels of held texts do not reach the model that is mixed with`() throws {
    let isHeld = { $0 % 4 == 1 }
    // With a cost that was given, nothing is chosen by the held texts.
    func solved(_ label: (Int) -> Int32?) throws -> SolvedNgrams {
      try fit(corpus(400, classes: 2, label: label), classes: 2).solve(cost: 0.5, isHeld: isHeld)
    }
    let right = try solved { _ in nil }
    let wrong = try solved { isHeld($0) ? 0 : nil }
    #expect(right.validated.weights == wrong.validated.weights && right.validated.bias == wrong.validated.bias)
    #expect(right.complete.weights != wrong.complete.weights)
  }

  @Test func `other texts choose where they are given, and all training texts are learned`() throws {
    let texts = corpus(300, classes: 3)
    let solved = try fit(texts, validation: corpus(1_200, classes: 3, seed: 5), classes: 3).solve(cost: nil) { _ in
      false
    }
    #expect(solved.validated.weights == solved.complete.weights)
    // A text of a class that training lacks is wrong whatever is chosen, and no trap.
    _ = try fit(texts, validation: corpus(1_200, classes: 3, seed: 5) { $0 == 7 ? -1 : nil }, classes: 3)
      .solve(cost: nil) { _ in false }
  }

  @Test func `without anything to choose by, all is learned with the usual costs`() throws {
    let solved = try fit(corpus(300, classes: 3), classes: 3).solve(cost: nil) { _ in false }
    #expect(try accuracy(solved.complete, corpus(600, classes: 3, seed: 2)) > 0.9)
  }

  @Test(arguments: [2, 3])
  func `texts that were left out in turn tell how sure the scores are`(classes: Int) throws {
    /// Of texts of which so many in ten have a label that says nothing.
    func weight(random: Int, threads: Int = 2) throws -> Float {
      let texts = corpus(600, classes: classes) { text in
        text % 10 < random ? Int32(text / 10 % classes) : nil
      }
      let solved = try fit(texts, classes: classes, threads: threads).solve(cost: nil) { $0 % 20 == 11 }
      return try #require(solved.outcome.foldedWeight)
    }
    let (clean, noisy) = (try weight(random: 0), try weight(random: 5))
    #expect(noisy < 0.7 * clean && noisy > 0.1)
    #expect(try weight(random: 5, threads: 5) == noisy)
    // Nothing was left out in turn where the cost is given, and where there are many validation texts.
    #expect(
      try fit(corpus(300, classes: classes), classes: classes).solve(cost: 1) { $0 < 30 }.outcome.foldedWeight == nil)
    #expect(
      try fit(corpus(3_000, classes: classes), classes: classes).solve(cost: nil) { $0 < 1_000 }.outcome.foldedWeight
        == nil)
  }

  @Test func `more classes than texts could tell apart are solved without ratios`() throws {
    let solved = try fit(corpus(600, classes: 60), classes: 60).solve(cost: nil) { $0 % 10 == 0 }
    #expect(solved.outcome.choice.scaledCost == nil)
    #expect(try fit(corpus(60, classes: 2), classes: 2).solve(cost: nil) { $0 < 6 }.outcome.choice.scaledCost != nil)
  }

  @Test(arguments: [2, 3])
  func `the n-grams that count most are kept, and learned anew`(classes: Int) throws {
    let texts = corpus(1_500, classes: classes)
    func solved(_ most: Int?, threads: Int = 2) throws -> SolvedNgrams {
      try fit(texts, classes: classes, threads: threads).solve(cost: 0.3, most: most) { $0 % 10 == 3 }
    }
    let whole = try solved(nil)
    let count = whole.complete.vocabulary.count
    let half = try solved(count / 2)
    #expect(half.complete.vocabulary.count == count / 2 && half.validated.vocabulary.count == count / 2)
    #expect(
      half.outcome.candidates == count && whole.outcome.candidates == count
        && half.outcome.machines == whole.outcome.machines)
    let fresh = corpus(1_500, classes: classes, seed: 2)
    let (all, some) = (try accuracy(whole.complete, fresh), try accuracy(half.complete, fresh))
    #expect(some > all - 0.01)
    #expect(try accuracy(half.validated, fresh) > all - 0.02)
    // A handful says more than chance does, and no more is kept than there is.
    #expect(try accuracy(solved(classes * 4).complete, fresh) > 1.3 / Double(classes))
    // Of n-grams that count the same as many are kept as there is room for.
    for most in [1, 2, 7, count - 1] { #expect(try solved(most).complete.vocabulary.count == most) }
    for most in [count, 2 * count] { #expect(bytes(try solved(most)) == bytes(whole)) }
    #expect(bytes(try solved(count / 2, threads: 5)) == bytes(half))
  }

  @Test(arguments: [2, 3, 60])
  func `where the models would take too much memory the rarest n-grams are left out`(classes: Int) throws {
    let texts = corpus(1_500, classes: classes)
    let all = try fit(texts, classes: classes)
    let count = all.vocabulary.count
    // With the validation texts and without, and with ratios and without where the classes are few.
    let models = (classes == 2 ? 1 : classes) * (classes <= 50 ? 4 : 2)
    // Where the validation texts are others there is one model.
    let beside = try fit(texts, validation: corpus(20, classes: classes), classes: classes, mostWeights: models * 10)
    #expect(beside.vocabulary.count == 20)
    for most in [count, count / 2, 20, 1] {
      let some = try fit(texts, classes: classes, mostWeights: models * most + models - 1)
      #expect(some.vocabulary.count == most && some.leftOut == count - most)
      // Those that are left are the most frequent ones.
      #expect(some.vocabulary.rarities.sorted() == Array(all.vocabulary.rarities.sorted().prefix(most)))
    }
    let half = try fit(texts, classes: classes, mostWeights: models * count / 2).solve(cost: 0.3) { $0 % 10 == 3 }
    #expect(half.outcome.candidates + half.outcome.leftOut == count)
    let whole = try all.solve(cost: 0.3) { $0 % 10 == 3 }
    #expect(whole.outcome.leftOut == 0)
    let fresh = corpus(1_500, classes: classes, seed: 2)
    #expect(try accuracy(half.complete, fresh) > accuracy(whole.complete, fresh) - 0.1)
  }

  @Test func `the memory is told before it is taken`() throws {
    struct Enough: Error {}
    let texts = corpus(400, classes: 3)
    var told: [Double] = []
    let fit = try fit(texts, validation: corpus(400, classes: 3, seed: 2), classes: 3, checkMemory: { told.append($0) })
    // Eight bytes an entry, and for each n-gram weights of two machines for each class in floats, some of them twice, and in bytes twice.
    let entries = Double(8 * fit.entries)
    let weights = Double(6 * 3 * 2 * fit.vocabulary.count)
    #expect(told.count == 1 && told[0] > 0.8 * entries + weights && told[0] < 1.5 * entries + 3 * weights)
    #expect(throws: Enough.self) { try self.fit(texts, classes: 3, checkMemory: { _ in throw Enough() }) }
  }

  @Test(arguments: [2, 3])
  func `with no time left one model does for both, and its n-grams are not learned anew`(classes: Int) throws {
    let texts = corpus(1_500, classes: classes)
    func solved(_ most: Int?) throws -> SolvedNgrams {
      try fit(texts, classes: classes).solve(cost: nil, most: most, isEnding: { _ in true }, isHeld: { $0 % 10 == 3 })
    }
    let late = try solved(nil)
    #expect(bytes(late)[0] == bytes(late)[1] && late.outcome.unfinished > 0)
    let count = late.complete.vocabulary.count
    let half = try solved(count / 2)
    #expect(half.complete.vocabulary.count == count / 2 && bytes(half)[0] == bytes(half)[1])
    #expect(half.outcome.unfinished == half.outcome.machines)
    #expect(late.outcome.omissions == [.costs, .validationTexts])
    #expect(half.outcome.omissions == [.costs, .validationTexts, .learningAnew])
    let reduction = try #require(half.outcome.reduction)
    #expect(reduction.kept > reduction.whole - 0.1)
    let fresh = corpus(1_500, classes: classes, seed: 2)
    #expect(try accuracy(late.complete, fresh) > 0.85 && accuracy(half.complete, fresh) > 0.8)
  }

  @Test func `of costs that were compared before the time was over the best are taken`() throws {
    let classes = 17
    let texts = corpus(1_500, classes: classes)
    let all = try fit(texts, classes: classes, threads: 1)
    let calls = Atomic(0)
    /// The models of a search whose costs end when they were asked so often.
    func solved(endingAfter most: Int) throws -> SolvedNgrams {
      calls.store(0, ordering: .relaxed)
      return try all.solve(
        cost: nil,
        isEnding: { part in part == .costs && calls.add(1, ordering: .relaxed).newValue > most },
        isHeld: { $0 % 10 == 3 })
    }
    let whole = try solved(endingAfter: .max)
    #expect(!whole.outcome.isCut && whole.outcome.omissions.isEmpty)
    let asked = calls.load(ordering: .relaxed)
    let cut = try solved(endingAfter: asked - 1)
    #expect(cut.outcome.omissions == [.costs, .validationTexts] && cut.outcome.isCut)
    let highest = try #require(NgramChoice.costs.max())
    for cost in [cut.outcome.choice.cost, cut.outcome.choice.scaledCost] {
      #expect(try NgramChoice.costs.contains(#require(cost)) && #require(cost) < highest)
    }
    #expect(bytes(cut)[0] == bytes(cut)[1])
    #expect(try accuracy(cut.complete, corpus(1_500, classes: classes, seed: 2)) > 0.85)
    // Before the first costs were compared there is nothing to choose by.
    #expect(try solved(endingAfter: 0).outcome.choice == NgramChoice(cost: 1, scaledCost: 1))
  }

  @Test func `texts without n-grams are answered by the bias`() throws {
    var texts = MemoryCorpus()
    for text in 0..<40 { texts.append(label: text % 4 == 0 ? 1 : 0) { _ in } }
    let solved = try NgramFit(
      NgramFeatures(characters: [3], words: [1]), roles: roles, texts: texts, validation: nil, classes: 2, seed: 1,
      device: CPUDevice(threads: 1)
    ).solve(cost: nil) { $0 < 4 }
    #expect(solved.complete.vocabulary.count == 0)
    #expect(try accuracy(solved.complete, texts) == 0.75)
  }

  @Test func `a search ends when somebody wants it to`() throws {
    struct Enough: Error {}
    let texts = corpus(200, classes: 3)
    #expect(throws: Enough.self) { try fit(texts, classes: 3, check: { throw Enough() }) }
    let left = Atomic(Int.max)
    let counting = try fit(
      texts, classes: 3, check: { if left.subtract(1, ordering: .relaxed).newValue < 0 { throw Enough() } })
    left.store(10, ordering: .relaxed)
    #expect(throws: Enough.self) { try counting.solve(cost: nil) { $0 < 20 } }
  }
}
