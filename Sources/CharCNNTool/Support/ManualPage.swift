#if Tool
internal import ArgumentParser
internal import CharCNN

/// The manual page of the tool (`man charcnn`): what `--help` says of it and of each command, word for word.
enum ManualPage {
  /// The page, in the language of `man`.
  static var text: String {
    var page = """
      .TH CHARCNN 1 "" "CharCNN \(ProgramVersion.current)" "User Commands"
      .SH NAME
      charcnn \\- \(escaped(Tool.configuration.abstract))
      .SH SYNOPSIS
      .B charcnn
      .I command
      [options]
      .SH DESCRIPTION

      """
    page += verbatim(Tool.helpMessage(columns: 80))
    page += ".SH COMMANDS\n"
    for command in Tool.configuration.subcommands {
      page += ".SS charcnn \(escaped(Tool.name(of: command)))\n"
      page += verbatim(Tool.helpMessage(for: command, columns: 80))
    }
    return page
  }

  /// Lines as they are.
  private static func verbatim(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      // A point at the beginning would be a command of the page.
      let text = escaped(String(line))
      return text.first == "." || text.first == "'" ? "\\&" + text : text
    }
    return ".nf\n" + lines.joined(separator: "\n") + "\n.fi\n"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
#endif
