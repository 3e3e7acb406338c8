#if Tool
internal import ArgumentParser
internal import CharCNN

/// What the owner of a model says of it.
struct DescriptionArguments: ParsableArguments {
  @Option(help: ArgumentHelp("What the model is called, for its card.", valueName: "text"))
  var name: String?

  @Option(help: ArgumentHelp("What is to be known of the model, for its card.", valueName: "text"))
  var note: String?

  @Option(help: ArgumentHelp("Under which licence the model may be used, for its card.", valueName: "text"))
  var licence: String?

  /// Whether anything was said.
  var isGiven: Bool { !value.isEmpty }

  /// It for the model.
  var value: ModelBundle.Description { ModelBundle.Description(name: name, note: note, licence: licence) }

  /// Refuses what would be refused when the model is written.
  func check() throws { try value.validate() }
}
#endif
