internal import ArgumentParser
internal import CharCNN

/// Which network, with which settings.
struct ModelArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Network to train: \(Architecture.presets.map { "\($0.name), \($0.summary)" }.joined(separator: "; ")); for tagging: character-tagger or word-tagger (the default for the data).",
      valueName: "name"))
  var model: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of network, training or text, such as filters=128 epochs=5.", valueName: "key=value"))
  var assignments: [String] = []

  /// Whether anything was said.
  var isGiven: Bool { model != nil || !assignments.isEmpty }

  /// The options with the network and the settings asked for.
  func options(from base: String? = nil) throws -> TrainingOptions {
    var options = TrainingOptions()
    if let model { try options.use(model: model) }
    if let base { try options.use(base: base) }
    for assignment in try checkedAssignments() { try options.set(assignment) }
    return options
  }

  /// The options of a tagger for these sentences.
  func taggingOptions(for source: TaggedTextSource, from base: String?) throws -> TaggingOptions {
    var options = TaggingOptions(for: source)
    if let model {
      let units = TaggingUnit.allCases.map { ($0, TaggerArchitecture($0).name) }
      guard let unit = units.first(where: { $0.1 == model })?.0 else {
        throw ValidationError(
          "--model must be \(units.map(\.1).joined(separator: " or ")) for the task tagging, not '\(model)'")
      }
      options = TaggingOptions(unit)
    }
    if let base { try options.use(base: base) }
    for assignment in try checkedAssignments() { try options.set(assignment) }
    return options
  }

  /// The options of a matcher.
  func matchingOptions(from base: String?) throws -> MatchingOptions {
    if let model, model != "matcher" {
      throw ValidationError("--model must be matcher for the task matching, not '\(model)'")
    }
    var options = MatchingOptions()
    if let base { try options.use(base: base) }
    for assignment in try checkedAssignments() { try options.set(assignment) }
    return options
  }

  /// As ``options()``, for a network without data: alphabet and classes, which come from data in a training, may be set.
  func describedOptions() throws -> TrainingOptions {
    var options = TrainingOptions()
    if let model { try options.use(model: model) }
    for assignment in try checkedAssignments() {
      let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      if ["alphabetSize", "classes"].contains(parts[0]) {
        try options.architecture.set(parts[0], to: parts[1])
      } else {
        try options.set(assignment)
      }
    }
    return options
  }

  private func checkedAssignments() throws -> [String] {
    for assignment in assignments where !assignment.contains("=") {
      throw ValidationError(
        "--set needs key=value, not '\(assignment)'; a file that follows --set must stand before it")
    }
    return assignments
  }
}
