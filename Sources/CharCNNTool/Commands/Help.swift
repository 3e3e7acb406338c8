#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNNetworks

/// `charcnn help`: the help of a command, and the settings, which explain themselves.
struct Help: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the help of a command, or explain the settings.",
    discussion: """
      Without a command it shows what 'charcnn --help' shows. 'settings' lists everything that --set takes, with its \
      default and meaning; with a name it says what the setting does, what it can be, and when to touch it.

      Example:
        charcnn help train
        charcnn help settings
        charcnn help settings rate
        charcnn help settings --json
      """)

  /// What is no command and has help all the same.
  private static let settings = "settings"

  @Argument(help: ArgumentHelp("A command, or settings and the name of one.", valueName: "command"))
  var names: [String] = []

  @Flag(help: "Write the settings as a JSON object.")
  var json = false

  @Option(help: "Language of what is said of settings: en or zh.")
  var language = SettingWords.Language.english

  @Flag(help: .hidden)
  var markdown = false

  @Flag(help: .hidden)
  var manual = false

  func validate() throws {
    guard names.first == Self.settings else {
      if json || markdown || language != .english {
        throw ValidationError("--json and --language are for 'charcnn help settings'")
      }
      if manual, !names.isEmpty { throw ValidationError("--manual writes the page of all commands; give no name") }
      return
    }
    if manual { throw ValidationError("--manual is not for settings") }
    guard names.count <= 2 else { throw ValidationError("give the name of one setting") }
    guard !markdown || (names.count == 1 && !json) else {
      throw ValidationError("--markdown writes the page of all settings; give no name and no --json")
    }
  }

  func run() throws {
    if manual { return try StandardOutput.write(ManualPage.text) }
    guard names.first == Self.settings else { return try StandardOutput.write(helpOfCommand()) }
    let name = names.dropFirst().first
    let listing = SettingListing(language)
    if markdown {
      try StandardOutput.write(listing.page())
    } else if json {
      try StandardOutput.write(json: EncodedSettings(named: name, language: language))
    } else {
      try StandardOutput.write(name.map(listing.text(of:)) ?? listing.text)
    }
  }

  private func helpOfCommand() throws -> String {
    guard let name = names.first else { return Tool.helpMessage() + "\n" }
    let commands = Tool.configuration.subcommands
    guard let command = commands.first(where: { Tool.name(of: $0) == name }) else {
      let known = commands.map(Tool.name(of:)) + [Self.settings]
      throw ValidationError(
        "there is no command '\(name)'; \(Spelling.question(name, known))there are \(known.joined(separator: ", "))")
    }
    return Tool.helpMessage(for: command) + "\n"
  }
}

extension SettingWords.Language: ExpressibleByArgument {}
#endif
