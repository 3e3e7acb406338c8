import CharCNNNetworks

/// The settings of a training's options, which are changed and listed by their names alone: the same rules for all tasks.
struct SettingGroups<Options> {
  /// Settings that stand together, such as those of the network.
  struct Group {
    fileprivate let names: (Options) -> [String]
    fileprivate let value: (Options, String) -> String
    fileprivate let change: (inout Options, String, String) throws(ConfigurationError) -> Void
    /// Names a setting of this group where an earlier group has one of the same name.
    fileprivate var prefix: String?

    /// Settings with their own rules.
    init(
      names: [String], value: @escaping (Options, String) -> String,
      change: @escaping (inout Options, String, String) throws(ConfigurationError) -> Void
    ) {
      self.names = { _ in names }
      self.value = value
      self.change = change
    }

    /// The members of a part of the options.
    init<Part: Settings>(_ path: WritableKeyPath<Options, Part>, prefix: String? = nil) {
      names = { $0[keyPath: path].settingNames }
      value = { $0[keyPath: path].value(of: $1) }
      change = { (options: inout Options, name: String, value: String) throws(ConfigurationError) in
        try options[keyPath: path].set(name, to: value)
      }
      self.prefix = prefix
    }

    /// The settings of a network of any architecture.
    init(
      network path: KeyPath<Options, any NetworkConfiguration>,
      change: @escaping (inout Options, String, String) throws(ConfigurationError) -> Void
    ) {
      names = { $0[keyPath: path].settingNames }
      value = { $0[keyPath: path].value(of: $1) }
      self.change = change
    }
  }

  /// The groups, in the order in which a name is looked for and settings are listed.
  let groups: [Group]
  /// Settings that the task has no use for, with the reason, and those that come from the data.
  let unused: [String: String]

  /// The prefix of the text's settings (`text.normalization`).
  static var textPrefix: String { "text." }

  init(_ groups: [Group], unused: [String: String] = [:]) {
    self.groups = groups
    let problem = "comes from the training data and cannot be set"
    self.unused = unused.merging(["alphabetSize": problem, "classes": problem]) { own, _ in own }
  }

  /// Changes one setting, written `name=value`.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown or unused name or a value that does not fit.
  func set(_ assignment: String, of options: inout Options) throws(ConfigurationError) {
    let (name, value) = try Self.parts(of: assignment)
    if let problem = unused[Self.withoutPrefix(name)] { throw ConfigurationError(setting: name, problem: problem) }
    for group in groups {
      if let prefix = group.prefix, name.hasPrefix(prefix) {
        return try group.change(&options, String(name.dropFirst(prefix.count)), value)
      }
    }
    for group in groups where group.names(options).contains(name) {
      return try group.change(&options, name, value)
    }
    let names = list(options).map(\.name)
    throw ConfigurationError(
      setting: name,
      problem: "is no setting",
      advice: "\(Spelling.question(name, names))there are \(names.joined(separator: ", "))")
  }

  /// All settings that can be changed, by the names that change them, with their present values.
  func list(_ options: Options) -> [(name: String, value: String)] {
    var taken: Set<String> = []
    return groups.flatMap { group -> [(name: String, value: String)] in
      let names = group.names(options)
      defer { taken.formUnion(names) }
      return names.filter { unused[$0] == nil }.map { name in
        (name: taken.contains(name) ? (group.prefix ?? "") + name : name, value: group.value(options, name))
      }
    }
  }

  /// Name and value of an assignment.
  static func parts(of assignment: String) throws(ConfigurationError) -> (name: String, value: String) {
    let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ConfigurationError(setting: "\"\(assignment)\"", problem: "is not of the form name=value")
    }
    return (parts[0], parts[1])
  }

  /// The name without the prefix of the text's settings.
  static func withoutPrefix(_ name: String) -> String {
    name.hasPrefix(textPrefix) ? String(name.dropFirst(textPrefix.count)) : name
  }
}
