internal import ArgumentParser
internal import CharCNN

/// Which network, with which settings.
struct ModelArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Network to train: \(Architecture.presets.map { "\($0.name), \($0.summary)" }.joined(separator: "; ")).",
      valueName: "name"))
  var model: String?

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings of network, training or text, such as filters=128 epochs=5.", valueName: "key=value"))
  var assignments: [String] = []

  /// The options with the network and the settings asked for.
  func options() throws -> TrainingOptions {
    var options = TrainingOptions()
    if let model { options.architecture = try Architecture(named: model) }
    for assignment in assignments {
      guard assignment.contains("=") else {
        throw ValidationError(
          "--set needs key=value, not '\(assignment)'; a file that follows --set must stand before it")
      }
      try options.set(assignment)
    }
    return options
  }
}
