import CharCNNNetworks
import CharCNNText
public import CharCNNTraining

// Options of n-grams without a network (`architecture = .ngrams`).
extension ClassificationOptions {
  /// How far the search for the weights of n-grams is, as a training tells it.
  public typealias SolvingReport = CharCNNTraining.SolvingReport

  /// False for n-grams alone that are solved. Where `ngramTraining` is left open, many texts let them learn in steps.
  public var goesInSteps: Bool { !isAlone || ngrams.isTable || ngrams.ngramTraining == .automatic }

  /// Whether there is no network.
  var isAlone: Bool { !architecture.hasNetwork }

  /// Settings of trainings in steps.
  private static let settingsOfSteps = TrainingSettings().settingNames.filter { $0 != "seed" } + ["cuts"]
  private static let problemOfSteps =
    "belongs to trainings in steps, and the weights of n-grams alone are found at once (`ngramTraining=steps` takes it)"

  private static let problemOfRate =
    "belongs to trainings in steps, and the weights of n-grams alone are found at once (those of `ngramTraining=steps` have `ngramRate`)"

  /// Settings that n-grams alone have no use for, each with the reason.
  private static let unusedByTables: [String: String] = {
    var unused: [String: String] = [:]
    let networks = Architecture.presets.flatMap { (try? Architecture(named: $0.name).configuration.settingNames) ?? [] }
    for setting in networks {
      unused[setting] = "is a setting of networks, and n-grams alone have none"
    }
    // Some networks give their settings names that those of the text have too.
    for setting in TextSettings().settingNames + ["alphabetSize", "classes"] { unused[setting] = nil }
    unused["precision"] = "is that of products, and n-grams alone have none"
    return unused
  }()
  private static let unusedBySolutions = unusedByTables.merging(
    settingsOfSteps.map { ($0, $0 == "rate" ? problemOfRate : problemOfSteps) },
    uniquingKeysWith: { network, _ in network })

  /// Settings that n-grams alone have no use for, each with the reason; none where there is a network.
  var unusedSettings: [String: String] {
    isAlone ? ngrams.isTable ? Self.unusedByTables : Self.unusedBySolutions : [:]
  }

  /// Bytes that a model has beside what it keeps of a base; nil where it has no bound.
  ///
  /// - Throws: ``ConfigurationError`` where the base alone is too large.
  func room(beside baseBytes: Int?) throws(ConfigurationError) -> Int? {
    guard let size, let baseBytes else { return size }
    guard baseBytes < size else {
      throw ConfigurationError(
        setting: "size",
        problem: "of \(size) bytes is too small: what a model keeps of \(base ?? "the base") takes \(baseBytes)",
        advice: "raise it, or leave the base out")
    }
    return size - baseBytes
  }

  /// Texts from which on a network says something beside n-grams and a base's vectors.
  static let enoughForNetwork = 2_000

  /// Leaves the network out where a base gives vectors, nobody has spoken of the network, and there are so few texts that it would only disturb.
  ///
  /// - Returns: What to say of it; nil where the options stay as they are.
  mutating func leaveOutNetwork(texts: Int) -> String? {
    guard baseGivesVectors == true, leavesNetworkOpen, texts < Self.enoughForNetwork else { return nil }
    architecture = .ngrams
    resolveLoneNgrams()
    return
      "network: none, since \(texts) texts are too few to learn one beside the base's vectors (`--model gated` adds it); what remains is found at once, without checkpoints and a history"
  }

  /// Lets texts be read as far as their n-grams are counted: both lengths are the one that was changed.
  mutating func resolveLoneNgrams() {
    if text.chunkLength != nil { return }
    let isChanged = text.maximumLength != TextSettings().maximumLength
    if isChanged, ngrams.ngramLength == NgramConfiguration().ngramLength { ngrams.ngramLength = text.maximumLength }
    text.maximumLength = ngrams.ngramLength
  }

  /// Checks the settings of the n-grams. A table alone knows a length, which is that of the texts.
  func validateNgrams() throws(ConfigurationError) {
    var checked = ngrams
    if isAlone, ngrams.isTable { checked.ngramLength = NgramConfiguration().ngramLength }
    try checked.validate()
  }

  /// The settings of the training where texts have chosen the n-grams.
  ///
  /// - Parameters:
  ///   - resolved: Those that they have chosen.
  package func training(_ resolved: NgramConfiguration) -> TrainingSettings {
    var settings = training
    // The wish that all classes count the same is the solution's where it was said before the texts chose.
    if isAlone, resolved.isTable, ngrams.ngramBalance == .full { settings.sampling = .classUniform }
    // What solved n-grams do not say, the network has to learn in few epochs. What a base has learned is not to be forgotten.
    let isBesideSolved = !isAlone && resolved.isSolved
    settings.rate =
      settings.rate ?? (isBesideSolved && (base == nil || baseGivesVectors == true) ? 2 : 1)
      * TrainingSettings.usualRate
    return settings
  }

  /// Checks that nothing was asked for that n-grams alone cannot do.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func validateLoneNgrams() throws(ConfigurationError) {
    guard isAlone else { return }
    let usual = ClassificationOptions()
    for name in run.settingNames
    where ![usual.run, RunSettings()].map({ $0.value(of: name) }).contains(run.value(of: name)) {
      if let problem = unusedSettings[name] {
        throw ConfigurationError(setting: name, problem: problem, advice: "leave it out, or choose a network")
      }
    }
    if thesaurus != nil, !ngrams.isTable {
      throw ConfigurationError(
        setting: "thesaurus",
        problem: "changes the texts from epoch to epoch, and n-grams that are solved have no epochs",
        advice: "leave it out, add `ngramTraining=steps`, or choose a network")
    }
    if !ngrams.isEnabled {
      throw ConfigurationError(
        setting: "ngrams", problem: "must be some where there is no network",
        advice: "leave it out, or choose a network")
    }
  }
}
