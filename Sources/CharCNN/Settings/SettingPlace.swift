import CharCNNNetworks
import CharCNNText

/// Where settings are: a network of a task, with the defaults that they have there.
package enum SettingPlace: Hashable, Sendable {
  /// `train --model NAME` of a classifier.
  case classifier(String)
  /// `train --task tagging`.
  case tagger(TaggingUnit)
  /// `train --task matching`.
  case matcher
  /// `train --task regression`.
  case regressor
  /// `pretrain --objective NAME`.
  case language(LanguageObjective)
  /// `distill`.
  case embedder
  /// `detect`.
  case detector

  /// All places, in the order in which they are told.
  package static let all: [SettingPlace] =
    classifiers + taggers + [.matcher, .regressor] + languages + [.embedder, .detector]
  /// The networks of classifiers.
  static let classifiers = Architecture.presets.map { SettingPlace.classifier($0.name) }
  /// The networks that judge whole texts.
  static let ofTexts = classifiers + [.regressor]
  /// Both taggers.
  static let taggers = TaggingUnit.allCases.map(SettingPlace.tagger)
  /// Both kinds of language models.
  static let languages = LanguageObjective.allCases.map(SettingPlace.language)

  /// Its name: that of the network, of the objective or of the command.
  package var name: String {
    switch self {
    case .classifier(let name): name
    case .tagger(let unit): TaggerArchitecture(unit).name
    case .matcher: "matcher"
    case .regressor: ModelTask.regression.rawValue
    case .language(let objective): objective.rawValue
    case .embedder: "distill"
    case .detector: "detect"
    }
  }

  /// The settings that can be changed there, with their defaults.
  package var settings: [(name: String, value: String)] {
    switch self {
    case .classifier(let name): Self.options(of: name).settings
    case .tagger(let unit): TaggingOptions(unit).settings
    case .matcher: MatchingOptions().settings
    case .regressor: TextRegressor.Options().settings
    case .language(let objective): LanguageOptions(objective).settings
    case .embedder: TextEmbedder.Options().settings
    case .detector:
      LanguageDetector.Settings().settingNames.map { ($0, LanguageDetector.Settings().value(of: $0)) }
    }
  }

  /// Checks settings as a training does before it reads anything.
  ///
  /// - Parameter assignments: The settings, each written `name=value`.
  /// - Throws: ``ConfigurationError`` that names what is refused.
  package func check(_ assignments: [String]) throws(ConfigurationError) {
    switch self {
    case .classifier(let name):
      var options = Self.options(of: name)
      for assignment in assignments { try options.set(assignment) }
      try options.resolved.validate()
    case .tagger(let unit):
      var options = TaggingOptions(unit)
      for assignment in assignments { try options.set(assignment) }
      try options.validate()
    case .matcher:
      var options = MatchingOptions()
      for assignment in assignments { try options.set(assignment) }
      try options.validate()
    case .regressor:
      var options = TextRegressor.Options()
      for assignment in assignments { try options.set(assignment) }
      try options.resolved.validate()
    case .language(let objective):
      var options = LanguageOptions(objective)
      for assignment in assignments { try options.set(assignment) }
      try options.validate()
    case .embedder:
      var options = TextEmbedder.Options()
      for assignment in assignments { try options.set(assignment) }
      try options.validate()
    case .detector:
      var settings = LanguageDetector.Settings()
      for assignment in assignments {
        let parts = try SettingGroups<ClassificationOptions>.parts(of: assignment)
        try settings.set(parts.name, to: parts.value)
      }
      try settings.validate()
    }
  }

  private static func options(of name: String) -> ClassificationOptions {
    var options = ClassificationOptions()
    // The names are those of the presets.
    try? options.use(model: name)
    return options
  }
}
