internal import BenchmarkSupport
internal import CharCNNToolkit
internal import Foundation

extension PreparedSet {
  /// Ordinary training steps of the default network; the first ones warm up and do not count.
  func train(steps: Int, warmup: Int, ngrams: Bool, machine: Machine) throws -> Reply {
    var wide = NgramConfiguration.none
    if ngrams {
      let characters = (0..<corpus.count).reduce(0) { $0 + corpus.length(of: $1) }
      wide = NgramConfiguration()
      wide.ngramTraining = .steps
      wide = wide.resolved(characters: characters, classes: classifier.labels.count)
    }
    let network = wide.widening(try classifier.architecture.makeNetwork(), classes: classifier.labels.count)
    let device = machine.device
    let store = ParameterStore(layout: network.parameters, seed: options.training.seed, device: device)
    let trained = try TrainingSteps(
      warmup + steps, on: corpus, network: network, store: store, options: options, ngrams: wide,
      labels: classifier.labels, device: device)
    let batches = trained.batches.prefix(warmup + steps)
    try folder.write(json: Array(batches), to: "\(name).batches")
    var reply = Reply()
    reply.seconds = Array(trained.seconds.dropFirst(warmup))
    reply.texts = batches.dropFirst(warmup).reduce(0) { $0 + $1.count }
    reply.characters = batches.dropFirst(warmup).joined().reduce(0) { $0 + corpus.length(of: $1) }
    return reply
  }
}

/// A paper's network at its fixed length, by the paper's recipe.
enum PublishedSteps {
  static func train(
    preset: String, set: PreparedSet, steps: Int, warmup: Int, machine: Machine
  ) throws -> Reply {
    var options = ClassificationOptions()
    try options.use(model: preset)
    guard let units = options.architecture.configuration.fixedAlphabet else {
      throw ConfigurationError(setting: "model", problem: "\(preset) brings no alphabet")
    }
    let alphabet = try Alphabet(units: units)
    options.architecture.setSizes(alphabetSize: alphabet.count, classes: set.classifier.labels.count)
    let network = try options.architecture.makeNetwork()
    let corpus = try EncodedTexts(
      Examples(set.texts), encoder: TextEncoder(settings: options.text, alphabet: alphabet),
      labels: LabelSet(set.classifier.labels)
    ).corpus
    let device = machine.device
    let store = ParameterStore(layout: network.parameters, seed: options.training.seed, device: device)
    try set.folder.write(store, device: device, to: preset)
    let trained = try TrainingSteps(
      warmup + steps, on: corpus, network: network, store: store, options: options, labels: set.classifier.labels,
      device: device)
    var characters: [Int32] = []
    var labels: [Int32] = []
    let length = options.text.maximumLength
    let used = Array(trained.batches.prefix(warmup + steps).joined())
    for text in used {
      let real = try corpus.characters(of: text).prefix(length)
      characters += real
      characters += repeatElement(-1, count: length - real.count)
      labels.append(corpus.label(of: text))
    }
    try set.folder.write(characters, to: "\(preset).characters")
    try set.folder.write(labels, to: "\(preset).labels")
    var reply = Reply()
    reply.seconds = Array(trained.seconds.dropFirst(warmup))
    reply.texts = trained.batches.prefix(warmup + steps).dropFirst(warmup).reduce(0) { $0 + $1.count }
    reply.characters = reply.texts * length
    return reply
  }
}
