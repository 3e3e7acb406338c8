import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import Foundation
import TestSupport
import Testing

@Suite struct TaggerTests {
  static let settings: [(TaggingUnit, String)] = [
    (.character, ""), (.character, "output=softmax"), (.character, "ngrams=none"), (.character, "ngrams=2,3"),
    (.character, "widths=2,3 filters=8 normalization=layer"), (.character, "dilations=1,4 residual=false"),
    (.character, "filters=6"), (.word, ""), (.word, "output=softmax"), (.word, "ngrams=none"),
    (.word, "characterWidths=4"), (.word, "normalization=layer nonlinearity=gelu"), (.word, "blocks=1 dilations=1"),
    (.word, "vectors"),
  ]

  @Test(arguments: settings.indices, InstructionSet.available)
  func `gradients of taggers are derivatives of the loss`(number: Int, instructions: InstructionSet) throws {
    let (unit, changes) = Self.settings[number]
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = try smallTagger(unit, changes)
    let layout = network.parameters
    let store = ParameterStore(layout: layout)
    let step = TaggerStep(network, store: store, device: device)
    // The rows of a table that no n-gram leads to have no gradient, and there are many of them.
    for parameter in layout.trained {
      let values = normalValues(parameter.count, seed: UInt64(parameter.ordinal)).map { 0.3 + 0.6 * $0 }
      device.write(values, to: store.tensor(parameter))
    }
    let rows = step.batch(awkwardSentences).rows
    let labels = wholeValues(rows, from: 0, to: 3, seed: 5)
    _ = step.loss(awkwardSentences, labels: labels)
    for parameter in layout.trained {
      let window = store.tensor(parameter)
      let gradient = device.read(ParameterStore.window(parameter, of: step.gradients))
      let touched = gradient.indices.filter { parameter.name != "ngrams.weight" || gradient[$0] != 0 }
      #expect(gradient.contains { $0 != 0 }, "\(parameter.name)")
      let values = device.read(window)
      let problem = GradientCheck().problem(
        values: touched.map { values[$0] }, gradient: touched.map { Float(rows) * gradient[$0] }
      ) { changed in
        var all = values
        for (place, value) in zip(touched, changed) { all[place] = value }
        device.write(all, to: window)
        return Double(rows) * step.loss(awkwardSentences, labels: labels)
      }
      device.write(values, to: window)
      #expect(problem == nil, "\(unit) \(changes), \(parameter.name): \(problem ?? "")")
      _ = step.loss(awkwardSentences, labels: labels)
    }
  }

  @Test(arguments: TaggingUnit.allCases, InstructionSet.available)
  func `any number of threads gives the same bits`(unit: TaggingUnit, instructions: InstructionSet) throws {
    let network = try smallTagger(
      unit, "embedding=16 filters=64 widths=3,5 normalization=layer dropout=0.3 inputDropout=0.3 ngramDropout=0.3")
    let sentences = (0..<30).map { number in
      (0..<1 + number % 7).map { wholeValues(1 + ($0 + number) % 5, from: 0, to: 5, seed: UInt64(31 * number + $0)) }
    }
    let runs = [1, 2, 5].map { threads -> [UInt32] in
      let device = CPUDevice(threads: threads, instructions: instructions)
      let store = ParameterStore(layout: network.parameters, seed: 1, device: device)
      let step = TaggerStep(network, store: store, device: device)
      let labels = wholeValues(step.batch(sentences).rows, from: 0, to: 3, seed: 9)
      let loss = step.loss(sentences, labels: labels, randomness: Randomness(seed: 2))
      return [Float(loss).bitPattern] + device.read(step.gradients.all).map(\.bitPattern)
    }
    #expect(runs[0].contains { $0 != 0 })
    #expect(runs[0] == runs[1])
    #expect(runs[0] == runs[2])
  }

  @Test(arguments: TaggingUnit.allCases)
  func `a sentence has the same scores alone as among others`(unit: TaggingUnit) throws {
    let device = CPUDevice(threads: 2)
    let network = try smallTagger(unit)
    let step = TaggerStep(
      network, store: ParameterStore(layout: network.parameters, seed: 3, device: device), device: device)
    let together = device.read(step.emissions(step.batch(awkwardSentences)))
    let alone = awkwardSentences.flatMap { device.read(step.emissions(step.batch([$0]))) }
    #expect(Agreement(alone, together).largestError < 1e-6)
  }

  // MARK: PyTorch

  static let fixtures = [
    "tagger-character", "tagger-character-softmax", "tagger-character-ngrams", "tagger-word", "tagger-word-softmax",
  ]

  private struct Description: Decodable {
    let architecture: TaggerArchitecture
  }

  @Test(arguments: fixtures, InstructionSet.available)
  func `scores, loss, all gradients, probabilities and best tags are PyTorch's`(
    name: String, instructions: InstructionSet
  ) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Fixtures"))
    let file = try SafetensorsFile(path: url.path)
    let description = try JSONDecoder().decode(
      Description.self, from: Data(try #require(file.metadata["fixture"]).utf8))
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = try description.architecture.makeNetwork()
    let store = try ParameterStore(layout: network.parameters, device: device) { name, shape in
      try file.expect("weights.\(name)", shape: shape)
      return try file.floats("weights.\(name)")
    }
    let stored = file.names.filter { $0.hasPrefix("weights.") }.map { String($0.dropFirst(8)) }
    #expect(Set(stored) == Set(network.parameters.all.map(\.name)))
    let step = TaggerStep(network, store: store, device: device)
    let characters = try file.int32s("characters")
    let words = try file.int32s("words").map(Int.init)
    let texts = zip(words, words.dropFirst()).map { Array(characters[$0..<$1]) }
    let offsets = try file.int32s("sentences").map(Int.init)
    // A text is a word, or a sentence of one.
    let sentences =
      network.unit == .word
      ? zip(offsets, offsets.dropFirst()).map { Array(texts[$0..<$1]) } : texts.map { [$0] }

    let batch = step.batch(sentences)
    let emissions = step.emissions(batch)
    expectClose(device.read(emissions), try file.floats("emissions"), 2e-6, "emissions")
    let pass = step.predictionPass
    let marginals = step.workspace.tensor(rows: emissions.rows, columns: emissions.columns)
    _ = device.chainMarginals(
      emissions, batch.sentences, chain: network.chain(pass), into: marginals, workspace: step.workspace)
    expectClose(device.read(marginals), try file.floats("marginals"), 2e-6, "marginals")
    let best = device.bestChains(
      emissions, batch.sentences, chain: network.chain(pass), count: 1, workspace: step.workspace)
    #expect(best.flatMap { $0[0].tags } == (try file.int32s("best")))

    let loss = step.loss(sentences, labels: try file.int32s("labels"))
    expectClose([Float(loss)], try file.floats("loss"), 2e-6, "loss")
    for parameter in network.parameters.trained {
      expectClose(step.gradient(parameter), try file.floats("gradients.\(parameter.name)"), 1e-5, parameter.name)
    }
  }

  private func expectClose(_ ours: [Float], _ theirs: [Float], _ tolerance: Double, _ what: String) {
    let agreement = Agreement(ours, theirs)
    #expect(agreement.normError <= tolerance, "\(what): \(agreement)")
  }

  // MARK: Configuration

  @Test func `the default character tagger has as many parameters as its formula`() throws {
    var configuration = CharacterTaggerConfiguration()
    configuration.alphabetSize = 100
    configuration.classes = 7
    configuration.blocks = 2
    configuration.dilations = [1]
    let network = try CharacterTagger(configuration)
    let (d, k) = (configuration.embedding, configuration.filters)
    let tables = 100 * d + (1 << configuration.ngramBits) * d
    let first = 3 * d * k + 3 * k + d * k / 2
    let second = 3 * (k / 2) * k + 3 * k
    let output = k / 2 * 7 + 7 + 7 * 7 + 2 * 7
    #expect(network.parameters.trainedCount == tables + first + second + output)
    #expect(network.layers.reduce(0) { $0 + $1.parameters } == network.parameters.trainedCount)
  }

  @Test func `the default word tagger has as many parameters as its formula`() throws {
    var configuration = WordTaggerConfiguration()
    configuration.alphabetSize = 100
    configuration.classes = 17
    configuration.blocks = 1
    configuration.dilations = [1]
    configuration.output = .softmax
    let network = try WordTagger(configuration)
    let (d, k, f) = (configuration.embedding, configuration.filters, configuration.characterFilters)
    let widths = configuration.characterWidths
    let characters = 100 * d + widths.reduce(0) { $0 + $1 * d * f + f }
    let ngrams = (1 << configuration.ngramBits) * configuration.ngramWidth
    let channels = widths.count * f + configuration.ngramWidth
    let block = 3 * channels * k + 3 * k + (channels == k / 2 ? 0 : channels * k / 2)
    let output = k / 2 * 17 + 17
    #expect(network.parameters.trainedCount == characters + ngrams + block + output)
    #expect(network.layers.reduce(0) { $0 + $1.parameters } == network.parameters.trainedCount)
  }

  @Test func `settings of taggers survive JSON and refuse what makes no network`() throws {
    for unit in TaggingUnit.allCases {
      var architecture = TaggerArchitecture(unit)
      try architecture.set("ngrams", to: "2,4")
      try architecture.set("output", to: "softmax")
      let data = try JSONEncoder().encode(architecture)
      #expect(try JSONDecoder().decode(TaggerArchitecture.self, from: data) == architecture)
      #expect(throws: ConfigurationError.self) { try architecture.set("nothing", to: "1") }
      architecture.setSizes(alphabetSize: 5, classes: 3)
      _ = try architecture.makeNetwork()
      for (name, value) in [("ngramBits", "40"), ("ngrams", "0"), ("inputDropout", "1"), ("filters", "3")] {
        var wrong = architecture
        try wrong.set(name, to: value)
        let error = #expect(throws: ConfigurationError.self) { _ = try wrong.makeNetwork() }
        #expect(error?.setting == name)
      }
    }
  }
}
