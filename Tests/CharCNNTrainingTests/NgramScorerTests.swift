import CharCNNCompute
import CharCNNEvaluation
import CharCNNNetworks
import Testing

@testable import CharCNNTraining

/// Solved n-grams that read more of a text than the network beside them.
@Suite struct NgramScorerTests {
  private static let networkLength = 20
  private static let length = 60

  /// Texts of up to 90 characters, of which each class likes other ones.
  private let corpus: MemoryCorpus = {
    var stream = RandomStream(key: 3)
    var corpus = MemoryCorpus()
    for text in 0..<300 {
      let kind = Int32(text % 3)
      corpus.append(label: text % 50 == 7 ? -1 : kind) { characters in
        for _ in 0..<Int.random(in: 0..<90, using: &stream) {
          characters.append(Int32.random(in: 1..<5, using: &stream) + (stream.uniform() < 0.5 ? kind : 0))
        }
      }
    }
    return corpus
  }()

  private func network(isAlone: Bool = false) throws -> any TextNetwork {
    let known = CorpusSubset(corpus, texts: (0..<corpus.count).filter { corpus.label(of: $0) >= 0 })
    let roles = Array(repeating: WordRole.letter, count: 8)
    let solved = try NgramFit(
      NgramFeatures(characters: [1, 2], words: []), roles: roles, texts: known, validation: nil, classes: 3, seed: 1,
      device: CPUDevice(threads: 1)
    ).solve(cost: 1) { _ in false }
    var configuration = GatedConfiguration()
    (configuration.embedding, configuration.filters, configuration.blocks) = (4, 4, 1)
    (configuration.alphabetSize, configuration.classes) = (8, 3)
    var none = LoneNgramsConfiguration()
    (none.alphabetSize, none.classes) = (8, 3)
    return solved.complete.beside(
      isAlone ? try none.makeNetwork() : try GatedNetwork(configuration), networkLength: Self.networkLength,
      length: Self.length)
  }

  @Test func `threads share the texts of a batch, and each has the scores that it has alone`() throws {
    let scorer = try #require(try network().ngramScorer)
    let texts = Array(0..<corpus.count).reversed().map { $0 }
    let one = try scorer.scores(of: texts, corpus, corpus.lengths, CPUDevice(threads: 1))
    #expect(try scorer.scores(of: texts, corpus, corpus.lengths, CPUDevice(threads: 3)) == one)
    for (place, text) in texts.enumerated() {
      let alone = try scorer.scores(of: [text], corpus, corpus.lengths, CPUDevice(threads: 1))
      #expect(alone[...] == one[3 * place..<3 * place + 3])
    }
    // No more than so many characters count, and no fewer.
    let cut = corpus.limited(to: Self.length)
    #expect(try scorer.scores(of: texts, cut, cut.lengths, CPUDevice(threads: 1)) == one)
    let shorter = corpus.limited(to: Self.length - 1)
    #expect(try scorer.scores(of: texts, shorter, shorter.lengths, CPUDevice(threads: 1)) != one)
  }

  @Test func `scores that are kept change nothing`() throws {
    let network = try network()
    let device = CPUDevice(threads: 2)
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    let scorer = try #require(network.ngramScorer)
    let texts = corpus
    #expect(try scorer.scores(of: texts, classes: 3, mostBytes: 3_599, device: device, check: {}) == nil)
    func measure(_ kept: NgramScores?) throws -> (weights: [Float], answers: [[Float]]) {
      var evaluator = Evaluator(network: network, device: device)
      evaluator.ngramScores = kept
      let weights = try evaluator.mixture(
        parts: 2, classes: 3, for: texts, store: store, workspace: Workspace())
      var accumulator = ClassificationAccumulator(labels: ["a", "b", "c"])
      var answers: [[Float]] = []
      try evaluator.add(
        texts, unseenLabel: { _ in "?" }, to: &accumulator, store: store, answered: { answers.append(Array($1)) })
      return (weights, answers)
    }
    let again = try measure(nil)
    let scores = try scorer.scores(of: texts, classes: 3, mostBytes: 3_600, device: device, check: {})
    #expect(scores != nil)
    let kept = try measure(scores)
    #expect(again.weights == kept.weights && again.answers == kept.answers)
    #expect(Set(again.answers).count > 200)
  }

  @Test func `few validation texts leave it to others how much n-grams alone count`() throws {
    let both = try network()
    let device = CPUDevice(threads: 1)
    func weights(_ network: any TextNetwork, texts: Int, folded: Float?) throws -> [Float] {
      let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
      var evaluator = Evaluator(network: network, device: device)
      evaluator.foldedNgramWeight = folded
      let parts = try #require(network.mixture).count
      return try evaluator.mixture(
        parts: parts, classes: 3, for: CorpusSubset(corpus, texts: Array(0..<texts)), store: store,
        workspace: Workspace())
    }
    let alone = try network(isAlone: true)
    #expect(try weights(alone, texts: 100, folded: 1.75) == [1.75])
    #expect(try weights(alone, texts: 300, folded: 1.75) != [1.75])
    #expect(try weights(alone, texts: 100, folded: nil) != weights(alone, texts: 100, folded: 1.75))
    // Beside a network both are pulled there.
    let pulled = try weights(both, texts: 20, folded: 12)[1]
    #expect(pulled > (try weights(both, texts: 20, folded: nil)[1]))
  }

  @Test(arguments: [0, 0.25] as [Float]) func `a network that counts nothing is not asked`(share: Float) throws {
    let network = try network()
    let device = CPUDevice(threads: 1)
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    store.write([share, 2.5], to: try #require(network.mixture), device: device)
    let texts = Array(0..<corpus.count)
    let workspace = Workspace()
    var batch = try CharacterBatch(corpus, texts: texts, network: network, workspace: workspace)
    let scores = try #require(network.ngramScorer).scores(of: texts, corpus, corpus.lengths, device)
    batch.attach(ngramScores: scores, workspace: workspace, device: device)
    var pass = Pass.prediction(device: device, workspace: workspace, store: store)
    let quick = device.read(network.probabilities(batch, pass))
    // A trace asks all parts.
    pass.trace = Trace()
    #expect(device.read(network.probabilities(batch, pass)) == quick)
    // With numbers in the network's place that are none, only one that is asked spoils the answers.
    for parameter in network.parameters.trained {
      store.write(Array(repeating: .nan, count: parameter.count), to: parameter, device: device)
    }
    pass.trace = nil
    #expect((device.read(network.probabilities(batch, pass)) == quick) == (share == 0))
    withExtendedLifetime(workspace) {}
  }

  @Test func `the network reads the beginning of a text, in training as in prediction`() throws {
    let network = try network()
    #expect(network.rows(ofText: 0) == 1 && network.rows(ofText: 90) == Self.networkLength)
    let workspace = Workspace()
    let batch = try CharacterBatch(corpus, texts: [0, 1, 2], network: network, workspace: workspace)
    for text in 0..<3 {
      #expect(batch.sequences.rows(of: text).count == max(min(corpus.length(of: text), Self.networkLength), 1))
    }
    #expect(batch.ngramScores == nil)
    withExtendedLifetime(workspace) {}
  }

  @Test func `looking for scores ends when somebody wants it to`() throws {
    struct Enough: Error {}
    let scorer = try #require(try network().ngramScorer)
    #expect(throws: Enough.self) {
      try scorer.scores(of: corpus, classes: 3, device: CPUDevice(threads: 1)) { throw Enough() }
    }
  }
}
