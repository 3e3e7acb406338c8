#if Tool
internal import CharCNN
import CharCNNNetworks

/// Networks that are not trained: what would come from data is assumed where it is not set, and told.
extension Inspection {
  /// Of a classifier.
  init(_ options: ClassificationOptions) throws {
    var architecture = options.architecture
    var configuration: any NetworkConfiguration = architecture.configuration
    var notes: [String] = []
    if let alphabet = configuration.fixedAlphabet {
      configuration.alphabetSize = alphabet.count + 1
    } else {
      Self.assumeAlphabet(&configuration, &notes)
    }
    Self.assumeClasses(&configuration, &notes)
    try architecture.use(configuration)
    try options.ngrams.validate()
    let ngrams = options.ngrams.resolved(
      characters: Self.assumedCharacters, classes: architecture.configuration.classes,
      isAlone: !architecture.hasNetwork)
    if ngrams.isEnabled, ngrams.isTable, options.ngrams.ngramBits == nil {
      notes.append("the n-grams of a million characters of data are assumed (--set ngramBits=…, ngrams=none for none)")
    }
    let network = ngrams.widening(try architecture.makeNetwork(), classes: architecture.configuration.classes)
    if ngrams.isSolved {
      notes.append("how many n-grams there are, the training texts tell")
    }
    self.init(architecture, network: network, notes: notes)
  }

  /// Of a tagger.
  init(_ options: TaggingOptions) throws {
    var architecture = options.architecture
    var notes: [String] = []
    var configuration = architecture.configuration
    Self.assumeAlphabet(&configuration, &notes)
    Self.assumeClasses(&configuration, &notes, noun: "tags")
    try architecture.use(configuration)
    let network = try architecture.makeNetwork()
    self.init(
      architecture.name, architecture.configuration, parameters: network.parameters.learnedCount,
      layers: network.layers, receptiveField: architecture.receptiveField, unit: architecture.unit.rawValue,
      bundle: nil, notes: notes + Self.notes(architecture.unit))
  }

  /// Of a matcher.
  init(_ options: MatchingOptions) throws {
    var configuration: any NetworkConfiguration = options.network
    var notes: [String] = []
    Self.assumeAlphabet(&configuration, &notes)
    var network = options.network
    network.alphabetSize = configuration.alphabetSize
    if network.objective == .regression {
      network.classes = 1
    } else if network.classes == 0 {
      network.classes = 2
      notes.append("2 classes are assumed (--set classes=…)")
    }
    network = network.resolved(scores: 0...1)
    let matcher = try MatcherNetwork(network)
    self.init(
      "matcher (\(network.objective.rawValue))", network, parameters: matcher.parameters.learnedCount,
      layers: matcher.layers, receptiveField: network.gated.receptiveField, bundle: nil,
      notes: notes + Self.matcherNotes)
  }

  private static let assumedCharacters = 1_000_000

  private static func assumeAlphabet(_ configuration: inout any NetworkConfiguration, _ notes: inout [String]) {
    guard configuration.alphabetSize == 0 else { return }
    configuration.alphabetSize = 100
    notes.append("an alphabet of 100 is assumed (--set alphabetSize=…)")
  }

  private static func assumeClasses(
    _ configuration: inout any NetworkConfiguration, _ notes: inout [String], noun: String = "classes"
  ) {
    guard configuration.classes == 0 else { return }
    configuration.classes = 2
    notes.append("2 \(noun) are assumed (--set classes=…)")
  }
}
#endif
