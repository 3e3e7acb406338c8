#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNNetworks
import CharCNNText

/// Which network, with which settings.
struct ModelArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Network to train: \(Architecture.presets.map { "\($0.name), \($0.summary)" }.joined(separator: "; ")); for tagging: character-tagger or word-tagger (the default for the data); for matching: matcher.",
      valueName: "name"))
  var model: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of network, training or text, such as filters=128 epochs=5.", valueName: "key=value"))
  var assignments: [String] = []

  /// Whether anything was said.
  var isGiven: Bool { model != nil || !assignments.isEmpty }

  /// The options with the network and the settings asked for.
  func options(from base: String? = nil) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    if let model { try options.use(model: model) }
    if let base { try options.use(base: base) }
    for assignment in try orderedAssignments() { try options.set(assignment) }
    return options
  }

  /// The options of a model of scores.
  func regressionOptions(from base: String?) throws -> TextRegressor.Options {
    var options = TextRegressor.Options()
    if let model { try options.use(model: model) }
    if let base { try options.use(base: base) }
    for assignment in try orderedAssignments() { try options.set(assignment) }
    return options
  }

  /// Settings as given, those of n-grams first: what n-grams alone are decides whether there are settings of steps, wherever these stand.
  private func orderedAssignments() throws -> [String] {
    let assignments = try checkedAssignments()
    return assignments.filter { $0.hasPrefix("ngram") } + assignments.filter { !$0.hasPrefix("ngram") }
  }

  /// Refuses settings that another option sets too.
  func refuse(_ settings: [String], beside option: String) throws {
    for setting in settings where assignments.contains(where: { $0.hasPrefix(setting + "=") }) {
      throw ValidationError("--set \(setting)=… cannot stand beside \(option); leave one of them out")
    }
  }

  /// The options of a tagger for these sentences.
  func taggingOptions(for source: TaggedTextSource, from base: String?) throws -> TaggingOptions {
    var options = TaggingOptions(for: Examples(source))
    if let model {
      guard let unit = Self.taggingUnit(model) else {
        let names = TaggingUnit.allCases.map { TaggerArchitecture($0).name }
        throw ValidationError("--model must be \(names.joined(separator: " or ")) for the task tagging, not '\(model)'")
      }
      options = TaggingOptions(unit)
    }
    if let base { try options.use(base: base) }
    for assignment in try checkedAssignments() { try options.set(assignment) }
    return options
  }

  /// The options of a matcher.
  func matchingOptions(from base: String?) throws -> MatchingOptions {
    if let model, model != Self.matcher {
      throw ValidationError("--model must be matcher for the task matching, not '\(model)'")
    }
    var options = MatchingOptions()
    if let base { try options.use(base: base) }
    for assignment in try checkedAssignments() { try options.set(assignment) }
    return options
  }

  /// Settings as given, once all of them have a name and a value.
  func checkedAssignments() throws -> [String] {
    for assignment in assignments where !assignment.contains("=") {
      throw ValidationError(
        "--set needs key=value, not '\(assignment)'; a file that follows --set must stand before it")
    }
    return assignments
  }
}
#endif
