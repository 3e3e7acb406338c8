#if Tool
internal import CharCNN
import CharCNNNetworks

/// Networks that are described without data.
extension ModelArguments {
  /// A network and what trains it.
  enum Described {
    case classifier(ClassificationOptions)
    case tagger(TaggingOptions)
    case matcher(MatchingOptions)
  }

  /// The name of the only network of matchers.
  static var matcher: String { "matcher" }

  /// What has a tag with the tagger of this name; nil for other names.
  static func taggingUnit(_ model: String) -> TaggingUnit? {
    TaggingUnit.allCases.first { TaggerArchitecture($0).name == model }
  }

  /// The options of the network that was named, for inspection: alphabet and classes, which come from data in a training,
  /// may be set.
  func describedOptions() throws -> Described {
    if let unit = model.flatMap(Self.taggingUnit) {
      var options = TaggingOptions(unit)
      try assign({ try options.set($0) }, fromData: { try options.architecture.set($0, to: $1) })
      return .tagger(options)
    }
    if model == Self.matcher {
      var options = MatchingOptions()
      try assign({ try options.set($0) }, fromData: { try options.network.set($0, to: $1) })
      return .matcher(options)
    }
    return .classifier(try describedClassifier())
  }

  /// The same for a classifier; the names of other networks are unknown.
  func describedClassifier() throws -> ClassificationOptions {
    var options = ClassificationOptions()
    if let model { try options.use(model: model) }
    try assign({ try options.set($0) }, fromData: { try options.architecture.set($0, to: $1) })
    // A network of scores has one output; a classifier has two classes at least.
    if assignments.contains("classes=1") {
      throw ConfigurationError(setting: "classes", problem: "must be 2 to 1000000, not 1")
    }
    return options
  }

  private func assign(_ set: (String) throws -> Void, fromData: (_ name: String, _ value: String) throws -> Void) throws
  {
    for assignment in try checkedAssignments() {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if ["alphabetSize", "classes"].contains(parts[0]) {
        try fromData(parts[0], parts[1])
      } else {
        try set(assignment)
      }
    }
  }

  /// The settings of a task or a network with their defaults, for help.
  static func listedSettings(task: ModelTask, model: String?) -> String {
    // Some names of networks say the task too.
    if let unit = model.flatMap(taggingUnit) { return list(TaggingOptions(unit).settings) }
    let type = model == matcher ? TextMatcher.self : task.model as? any DataTrainedModel.Type
    return type?.settings(model: model) ?? ""
  }

  /// Settings with their values, as --set takes them.
  static func list(_ settings: [(name: String, value: String)]) -> String {
    settings.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
  }
}
#endif
