import CharCNNNetworks
import CharCNNText
public import CharCNNTraining

// Options of n-grams without a network (`architecture = .ngrams`).
extension ClassificationOptions {
  /// How far the search for the weights of n-grams is, as a training tells it.
  public typealias SolvingReport = CharCNNTraining.SolvingReport

  /// False for n-grams alone, whose weights are found at once.
  public var goesInSteps: Bool { architecture.hasNetwork }

  /// Settings of trainings in steps and of tables that learn in them.
  private static let settingsOfSteps: [String] =
    TrainingSettings().settingNames.filter { $0 != "seed" }
    + ["cuts", "ngramTraining"] + NgramConfiguration.settingsOfTables

  /// Settings that n-grams alone have no use for, each with the reason.
  static let unusedByLoneNgrams: [String: String] = {
    var unused: [String: String] = [:]
    for (name, _) in Architecture.presets {
      for setting in (try? Architecture(named: name).configuration.settingNames) ?? [] {
        unused[setting] = "is a setting of networks, and n-grams alone have none"
      }
    }
    for setting in settingsOfSteps {
      unused[setting] = "belongs to trainings in steps, and the weights of n-grams alone are found at once"
    }
    // Some networks give their settings names that those of the text have too.
    for setting in TextSettings().settingNames + ["alphabetSize", "classes"] { unused[setting] = nil }
    return unused
  }()

  /// Lets n-grams be solved, and texts be read as far as their n-grams are counted: both lengths are the one that was changed.
  mutating func resolveLoneNgrams() {
    ngrams.ngramTraining = .solved
    if text.chunkLength != nil { return }
    let isChanged = text.maximumLength != TextSettings().maximumLength
    if isChanged, ngrams.ngramLength == NgramConfiguration().ngramLength { ngrams.ngramLength = text.maximumLength }
    text.maximumLength = ngrams.ngramLength
  }

  /// Checks that nothing was asked for that n-grams alone cannot do.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func validateLoneNgrams() throws(ConfigurationError) {
    guard !architecture.hasNetwork else { return }
    let usual = ClassificationOptions()
    for name in Self.settingsOfSteps where name != "ngramTraining" {
      let isChanged =
        run.settingNames.contains(name)
        ? run.value(of: name) != usual.run.value(of: name) : ngrams.value(of: name) != usual.ngrams.value(of: name)
      if isChanged, let problem = Self.unusedByLoneNgrams[name] {
        throw ConfigurationError(setting: name, problem: problem, advice: "leave it out, or choose a network")
      }
    }
    if thesaurus != nil {
      throw ConfigurationError(
        setting: "thesaurus", problem: "changes the texts from epoch to epoch, and n-grams alone have no epochs",
        advice: "leave it out, or choose a network")
    }
    if !ngrams.isEnabled {
      throw ConfigurationError(
        setting: "ngrams", problem: "must be some where there is no network",
        advice: "leave it out, or choose a network")
    }
  }
}
