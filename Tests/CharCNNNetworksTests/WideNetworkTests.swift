import CharCNNCompute
import CharCNNNetworks
import Foundation
import TestSupport
import Testing

@Suite struct WideNetworkTests {
  static func network(_ settings: String) throws -> any TextNetwork {
    var ngrams = NgramConfiguration()
    for setting in settings.split(separator: " ") {
      let parts = setting.split(separator: "=").map(String.init)
      try ngrams.set(parts[0], to: parts[1])
    }
    try ngrams.validate()
    return ngrams.widening(try GatedNetwork(small("blocks=1")), classes: 2)
  }

  @Test(arguments: ["ngrams=2 ngramBits=4", "ngrams=1,3,4 ngramBits=6", "ngrams=3,2 ngramBits=5 ngramWidth=3"])
  func `gradients of the table and of what follows it are derivatives of the scores`(settings: String) throws {
    let device = CPUDevice(threads: 2)
    let network = try Self.network(settings)
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    device.write(normalValues(store.layout.tableCount, seed: 2), to: store.tables.all)
    let step = NetworkStep(network, store: store, device: device)
    let weights = normalValues(2 * awkwardTexts.count * 2, seed: 3)
    step.backward(awkwardTexts, from: weights)
    for parameter in network.parameters.trained + network.parameters.tables {
      let values = store.read(parameter, device: device)
      defer { store.write(values, to: parameter, device: device) }
      let problem = GradientCheck().problem(values: values, gradient: step.gradient(parameter)) { values in
        store.write(values, to: parameter, device: device)
        return zip(step.scores(awkwardTexts), weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      }
      #expect(problem == nil, "\(parameter.name): \(problem ?? "")")
    }
  }

  @Test func `a table of zeros leaves the scores of the network beside it`() throws {
    let device = CPUDevice(threads: 1)
    let deep = try GatedNetwork(small("blocks=1"))
    let wide = try Self.network("ngrams=2,3 ngramBits=6")
    let deepStep = NetworkStep(
      deep, store: ParameterStore(layout: deep.parameters, seed: 1, device: device), device: device)
    let wideStep = NetworkStep(
      wide, store: ParameterStore(layout: wide.parameters, seed: 1, device: device), device: device)
    #expect(deepStep.prediction(awkwardTexts) == wideStep.prediction(awkwardTexts))
  }

  @Test func `n-grams that many texts have are the less rare`() {
    var configuration = NgramConfiguration()
    configuration.ngrams = [1]
    configuration.ngramBits = 16
    var frequencies = NgramFrequencies(configuration)
    let texts: [[Int32]] = [[1, 1, 1], [1, 2], [1, 2, 3], []]
    for text in texts { text.withUnsafeBufferPointer { frequencies.add($0) } }
    // Every text has the mark at its start and at its end; three have a 1, two a 2, one a 3; the other rows nobody has.
    let counts = Dictionary(frequencies.inverse.map { ($0, 1) }, uniquingKeysWith: +)
    let expected = [4.0, 3, 2, 1, 0].map { Float(log(5 / (1 + $0))) }
    #expect(counts == Dictionary(uniqueKeysWithValues: zip(expected, [2, 1, 1, 1, 65_531])))
  }

  @Test func `a text is as long as its n-grams are many, not as often as they are repeated`() throws {
    let device = CPUDevice(threads: 1)
    let network = try Self.network("ngrams=1 ngramBits=12")
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    let step = NetworkStep(network, store: store, device: device)
    let before = step.prediction([[1, 2]])
    let table = try #require(network.parameters.tables.first)
    store.write(Array(repeating: 1, count: table.count), to: table, device: device)
    // Four distinct n-grams of equal rarity, the marks among them: each weighs 1/2, whatever comes first.
    for (after, before) in zip(step.prediction([[1, 2]]), before) { #expect(abs(after - before - 2) < 1e-4) }
    #expect(step.prediction([[1, 1, 2, 2]]).allSatisfy { $0.isFinite })
  }

  @Test func `without lengths there is no wide part`() throws {
    let network = try Self.network("ngrams=none")
    #expect(network is GatedNetwork)
    #expect(network.parameters.tables.isEmpty)
  }

  @Test func `the wide part adds its parameters to the count`() throws {
    let deep = try GatedNetwork(small("blocks=1")).parameters.trainedCount
    #expect(try Self.network("ngrams=2 ngramBits=6").parameters.learnedCount == deep + 64 * 2)
    let layered = try Self.network("ngrams=2 ngramBits=6 ngramWidth=3")
    #expect(layered.parameters.learnedCount == deep + 64 * 3 + (3 * 2 + 2))
    #expect(layered.layers.reduce(0) { $0 + $1.parameters } == layered.parameters.learnedCount)
  }

  @Test func `dropped n-grams change the scores in training only`() throws {
    let device = CPUDevice(threads: 1)
    let network = try Self.network("ngrams=2 ngramBits=6 ngramDropout=0.5")
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    device.write(normalValues(store.layout.tableCount, seed: 2), to: store.tables.all)
    let step = NetworkStep(network, store: store, device: device)
    let parts = step.scores(awkwardTexts)
    #expect(step.scores(awkwardTexts) == parts)
    let changed = step.scores(awkwardTexts, randomness: Randomness(seed: 1))
    #expect(changed.prefix(parts.count / 2) == parts.prefix(parts.count / 2))
    #expect(changed.suffix(parts.count / 2) != parts.suffix(parts.count / 2))
  }

  @Test func `both parts have scores of their own in training, and are mixed in prediction`() throws {
    let device = CPUDevice(threads: 1)
    let network = try Self.network("ngrams=2 ngramBits=6")
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
    device.write(normalValues(store.layout.tableCount, seed: 2), to: store.tables.all)
    store.write([0.5, 2], to: try #require(network.mixture), device: device)
    let step = NetworkStep(network, store: store, device: device)
    let parts = step.scores(awkwardTexts)
    let half = parts.count / 2
    for (index, mixed) in step.prediction(awkwardTexts).enumerated() {
      #expect(abs(mixed - (0.5 * parts[index] + 2 * parts[half + index])) < 1e-5)
    }
  }

  @Test func `naive Bayes has the logarithms of likelihoods, less their mean`() throws {
    var configuration = NgramConfiguration()
    configuration.ngrams = [1]
    configuration.ngramBits = 12
    var likelihoods = NgramLikelihoods(configuration, classes: 2)
    // With their marks: 6 and 5 n-grams.
    let texts: [(label: Int, characters: [Int32])] = [(0, [1, 1, 2, 1]), (1, [1, 2, 3])]
    for text in texts { text.characters.withUnsafeBufferPointer { likelihoods.add($0, label: text.label) } }
    let table = likelihoods.logOdds(smoothing: 0.5)
    func row(_ first: Double, _ second: Double) -> Float {
      Float(log((first + 0.5) / (6 + 0.5 * 4_096)) - log((second + 0.5) / (5 + 0.5 * 4_096))) / 2
    }
    let expected = [row(3, 1), row(1, 1), row(0, 1), row(1, 1), row(1, 1)]
    let found = stride(from: 0, to: table.count, by: 2).filter { table[$0] != 0 || table[$0 + 1] != 0 }
    #expect(found.count == 5)
    for row in found { #expect(abs(table[row] + table[row + 1]) < 1e-5) }
    for (a, b) in zip(found.map { table[$0] }.sorted(), expected.sorted()) { #expect(abs(a - b) < 1e-5) }
  }

  @Test func `rows that start as naive Bayes are the class scores`() throws {
    var configuration = NgramConfiguration()
    configuration.ngramBayes = 0.1
    #expect(configuration.resolved(characters: 1_000, classes: 100).ngramWidth == nil)
    configuration.ngramWidth = 8
    #expect(throws: ConfigurationError.self) { try configuration.validate() }
  }

  @Test(
    arguments: [
      ("ngrams", "0"), ("ngrams", "17"), ("ngrams", "2,2"), ("ngramBits", "3"), ("ngramBits", "27"),
      ("ngramWidth", "0"), ("ngramWidth", "1025"), ("ngramDropout", "1"), ("ngramRate", "0"), ("ngramDecay", "1"),
      ("ngramBayes", "0"), ("ngramBayes", "1001"),
    ])
  func `validation names the setting that is out of range`(name: String, value: String) throws {
    var configuration = NgramConfiguration()
    try configuration.set(name, to: value)
    let error = #expect(throws: ConfigurationError.self) { try configuration.validate() }
    #expect(error?.setting == name)
  }

  @Test func `what is left open is chosen by the size of the data`() throws {
    var configuration = NgramConfiguration()
    configuration.ngramTraining = .steps
    configuration.ngrams = [2, 3]
    let resolved = [1, 100_000, 100_000_000].map { configuration.resolved(characters: $0, classes: 3).ngramBits ?? 0 }
    #expect(resolved == resolved.sorted() && resolved[0] < resolved[2])
    #expect(configuration.resolved(characters: 1, classes: 3).ngramWidth == nil)
    #expect(configuration.resolved(characters: 1, classes: 500).ngramWidth != nil)
    configuration.ngramBits = 9
    #expect(configuration.resolved(characters: 1_000_000, classes: 3).ngramBits == 9)
  }
}
