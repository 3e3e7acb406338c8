import CharCNNCompute
import CharCNNEvaluation
import CharCNNNetworks
import Testing

@testable import CharCNNTraining

/// Predictions where n-grams answer alone that are sure.
@Suite struct CascadePredictionTests {
  private static let classes = 3

  /// Texts of up to 150 characters, of which each class likes other ones.
  private let corpus: MemoryCorpus = {
    var stream = RandomStream(key: 11)
    var corpus = MemoryCorpus()
    for text in 0..<3_000 {
      let kind = Int32(text % classes)
      corpus.append(label: kind) { characters in
        for _ in 0..<Int.random(in: 0..<(text % 40 == 0 ? 150 : 25), using: &stream) {
          characters.append(Int32.random(in: 1..<5, using: &stream) + (stream.uniform() < 0.4 ? kind : 0))
        }
      }
    }
    return corpus
  }()

  private let network: any TextNetwork

  init() throws {
    let learned = CorpusSubset(corpus, texts: Array(0..<300))
    let solved = try NgramFit(
      NgramFeatures(characters: [1, 2], words: []), roles: Array(repeating: .letter, count: 8), texts: learned,
      validation: nil, classes: Self.classes, seed: 1, device: CPUDevice(threads: 1)
    ).solve(cost: 1) { _ in false }
    var configuration = GatedConfiguration()
    (configuration.embedding, configuration.filters, configuration.blocks) = (4, 4, 1)
    (configuration.alphabetSize, configuration.classes) = (8, Self.classes)
    network = solved.complete.beside(try GatedNetwork(configuration), networkLength: 40, length: 100)
  }

  private func store(_ device: any Device, isBroken: Bool = false) -> ParameterStore {
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    if let mixture = network.mixture { store.write([0.75, 2.5], to: mixture, device: device) }
    if isBroken {
      for parameter in network.parameters.trained {
        store.write(Array(repeating: .nan, count: parameter.count), to: parameter, device: device)
      }
    }
    return store
  }

  /// The answers, and how many of them are those of n-grams alone.
  private func answers(
    _ threshold: Double?, of texts: [Int]? = nil, threads: Int = 2, isBroken: Bool = false
  ) throws -> (rows: [[Float]], alone: Int) {
    let device = CPUDevice(threads: threads)
    let predictor = BatchPredictor(
      network: network, store: store(device, isBroken: isBroken), device: device, workspaces: WorkspacePool(),
      cascade: threshold.map { NgramCascade(threshold: $0, weight: 1.5, share: 0.5) })
    let asked: any TextCorpus = texts.map { CorpusSubset(corpus, texts: $0) } ?? corpus
    var rows: [[Float]] = []
    let alone = try predictor.forEachText(
      lengths: asked.lengths, ngramScores: nil, copy: { try asked.copyCharacters(of: $0, into: $1) },
      { text, probabilities in
        #expect(text == rows.count)
        rows.append(Array(probabilities))
      })
    return (rows, alone)
  }

  private func margins() throws -> [Double] {
    let scorer = try #require(network.ngramScorer)
    let scores = try scorer.scores(of: Array(0..<corpus.count), corpus, corpus.lengths, CPUDevice(threads: 1))
    return (0..<corpus.count).map {
      let sorted = scores[$0 * Self.classes..<($0 + 1) * Self.classes].sorted(by: >)
      return Double(sorted[0] - sorted[1])
    }
  }

  @Test func `sure texts have the answer of the n-grams, all others that of the mixture, in their order`() throws {
    let margins = try margins()
    let middle = margins.sorted()[corpus.count / 2]
    let whole = try answers(nil)
    let alone = try answers(0)
    let mixed = try answers(middle)
    #expect(whole.alone == 0 && alone.alone == corpus.count && (1_400...1_600).contains(mixed.alone))
    #expect(try answers(1e9).rows == whole.rows)
    for text in 0..<corpus.count {
      #expect(mixed.rows[text] == (margins[text] >= middle ? alone : whole).rows[text], "text \(text)")
      #expect(whole.rows[text] != alone.rows[text])
    }
    #expect(mixed.alone == margins.count { $0 >= middle })
  }

  @Test(arguments: [0, 1e9, nil] as [Double?])
  func `neither threads nor neighbours change a bit`(fixed: Double?) throws {
    let threshold = try fixed ?? margins().sorted()[corpus.count / 3]
    let one = try answers(threshold, threads: 1)
    for threads in [2, 5] {
      let more = try answers(threshold, threads: threads)
      #expect(more.rows == one.rows && more.alone == one.alone)
    }
    let some = stride(from: 2_990, to: 0, by: -7).map { $0 }
    let apart = try answers(threshold, of: some, threads: 2)
    for (place, text) in some.enumerated() { #expect(apart.rows[place] == one.rows[text], "text \(text)") }
    for text in stride(from: 0, to: 400, by: 13) {
      #expect(try answers(threshold, of: [text]).rows == [one.rows[text]], "text \(text)")
    }
  }

  @Test func `the network is not asked about sure texts`() throws {
    let middle = try margins().sorted()[corpus.count / 2]
    // A network of numbers that are none spoils each answer that it has a part in.
    let broken = try answers(middle, isBroken: true)
    #expect(broken.rows.count { $0.allSatisfy(\.isFinite) } == broken.alone)
    #expect(try answers(0, isBroken: true).rows == answers(0).rows)
  }

  @Test(arguments: [0, 1e9]) func `what goes wrong with a text goes on to the caller`(threshold: Double) throws {
    struct Gone: Error {}
    let device = CPUDevice(threads: 2)
    let predictor = BatchPredictor(
      network: network, store: store(device), device: device, workspaces: WorkspacePool(),
      cascade: NgramCascade(threshold: threshold, weight: 1, share: 1))
    let corpus = corpus
    #expect(throws: Gone.self) {
      try predictor.forEachText(
        lengths: corpus.lengths,
        copy: { text, buffer in
          if text == 2_001 { throw Gone() }
          corpus.copyCharacters(of: text, into: buffer)
        }, { _, _ in })
    }
    #expect(throws: Gone.self) {
      try predictor.forEachText(
        lengths: corpus.lengths, copy: { corpus.copyCharacters(of: $0, into: $1) }, { _, _ in throw Gone() })
    }
  }

  @Test func `there is none where the network counts nothing or always knows better`() throws {
    let device = CPUDevice(threads: 2)
    let store = store(device)
    func search(_ texts: MemoryCorpus) throws -> ClassificationTask.CascadeSearch {
      let task = ClassificationTask(
        network: network, data: .init(training: corpus, validation: texts, labels: ["a", "b", "c"]))
      return try task.cascade(store, device: device, check: {})
    }
    let mixture = try #require(network.mixture)
    store.write([20, 0.5], to: mixture, device: device)
    let predictor = BatchPredictor(network: network, store: store, device: device, workspaces: WorkspacePool())
    var labels: [Int32] = []
    let corpus = corpus
    try predictor.forEachText(
      lengths: corpus.lengths, copy: { corpus.copyCharacters(of: $0, into: $1) },
      { labels.append(Int32(Evaluator.predicted($1))) })
    let alone = try answers(0).rows.map { Int32(Evaluator.predicted($0[...])) }
    let margins = try margins()
    // Some texts, with the labels that the mixture finds.
    func chosen(_ texts: [Int]) -> MemoryCorpus {
      var some = MemoryCorpus()
      for text in texts {
        let count = corpus.length(of: text)
        let characters = [Int32](unsafeUninitializedCapacity: count) { buffer, filled in
          corpus.copyCharacters(of: text, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
          filled = count
        }
        some.append(label: labels[text]) { $0 += characters }
      }
      return some
    }
    let wrong = (0..<corpus.count).filter { alone[$0] != labels[$0] }.sorted { margins[$0] > margins[$1] }
    let right = (0..<corpus.count).filter { alone[$0] == labels[$0] }
    // The few texts of which the n-grams are surest are those that they are wrong about. Below a thousand texts none may be lost.
    let surest = Array(wrong.prefix(3))
    let less = right.filter { margins[$0] < margins[surest[2]] }.prefix(900)
    try #require(wrong.count > 100 && less.count > 100)
    for (texts, words) in [(surest + less, "the network knows better"), (Array(wrong.prefix(900)), "tell nothing")] {
      guard case .none(let reason) = try search(chosen(texts)) else {
        Issue.record("a cascade of n-grams that are wrong where they are sure")
        continue
      }
      #expect(reason.contains(words))
    }
    guard case .found(let cascade, let report, let comparison) = try search(chosen(right)) else {
      Issue.record("no cascade of n-grams that are always right")
      return
    }
    #expect(cascade.share == 1 && report.ngramShare == 1 && report.accuracy == 1 && comparison.accuracyWithout == 1)
    store.write([0, 2], to: mixture, device: device)
    guard case .none(let other) = try search(chosen(right)) else {
      Issue.record("a cascade before a network that counts nothing")
      return
    }
    #expect(other.contains("counts nothing"))
  }
}
