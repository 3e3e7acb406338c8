import CharCNNFiles

/// The table of settings as people read it: lines of text, and the page of the documentation.
package struct SettingListing: Sendable {
  /// The language of the words.
  package let language: SettingWords.Language

  /// A listing in a language.
  package init(_ language: SettingWords.Language) { self.language = language }

  private func say(_ english: String, _ chinese: String) -> String { language == .english ? english : chinese }

  /// All settings by groups, a line each: name, default, meaning.
  package var text: String {
    let sections = SettingTable.groups.map { group in
      let rows = group.entries.map { ["  " + $0.name, $0.mainDefault, $0.meaning.text(language)] }
      return "\(group.title.text(language)) (\(group.use.text(language)))\n"
        + TextTable(rows: rows, leftColumns: 3, cells: .whole).text()
    }
    let end = say(
      "The default is that of the first network that has the setting; 'charcnn help settings NAME' tells all about one.",
      "默认值是第一个有该设置的网络的；“charcnn help settings 名称”给出一个设置的全部说明。")
    return sections.joined(separator: "\n") + "\n\(end)\n"
  }

  /// All about the settings of a name.
  ///
  /// - Throws: ``ConfigurationError`` for a name that is no setting.
  package func text(of name: String) throws -> String {
    try SettingTable.entries(named: name).map { group, entry in
      let rows = [
        [say("meaning", "含义"), entry.meaning.text(language)],
        [say("values", "取值"), entry.range.text(language)],
        [say("default", "默认"), defaults(of: entry) { $0 }],
        [say("touch it", "何时改"), entry.advice.text(language)],
        [say("with", "用于"), entry.places.joined(separator: ", ")],
        [say("set by", "写法"), Self.assignment(group.use.text(language), of: entry.name)],
      ]
      return "\(entry.name)\n"
        + TextTable(rows: rows.map { ["  " + $0[0], $0[1]] }, leftColumns: 2, cells: .whole).text()
    }.joined(separator: "\n")
  }

  private static func assignment(_ use: String, of name: String) -> String {
    use.replacing("name=value", with: "\(name)=…")
  }

  /// The defaults in a line: the first, and others with their places.
  private func defaults(of entry: SettingTable.Entry, quoted: (String) -> String) -> String {
    entry.defaultGroups.enumerated().map { number, group in
      if number == 0 { return quoted(group.value) }
      let places = group.places.joined(separator: ", ")
      return say("\(quoted(group.value)) with \(places)", "\(quoted(group.value))（\(places)）")
    }.joined(separator: say("; ", "；"))
  }

  /// The page of the documentation.
  ///
  /// - Throws: Never for the names that it shows; the error of ``text(of:)``.
  package func page() throws -> String {
    let shown = "rate"
    var lines = [
      "# \(say("Settings", "设置"))", "",
      say(
        "Everything that `--set name=value` takes: what it does, what it can be, and when to touch it.",
        "`--set name=value` 接受的一切：含义、取值，以及何时需要改。"), "",
      "## Overview", "",
      say(
        "`charcnn help settings` lists all settings, `charcnn help settings NAME` tells all about one, and `--json` gives them to programs. This page is made of the same table: `charcnn help settings --markdown`.",
        "`charcnn help settings --language zh` 列出所有设置，加上名称就说明其中一个，`--json` 供程序使用。本页由同一张表生成：`charcnn help settings --markdown --language zh`。"
      ), "", "```sh", "charcnn help settings \(shown)\(say("", " --language zh"))", "```", "", "```text",
    ]
    lines += try text(of: shown).split(separator: "\n").map(String.init)
    lines += [
      "```", "",
      say(
        "The default that stands alone is that of the first network that has the setting; where others differ, they follow with their names.",
        "单独写出的默认值是第一个有该设置的网络的；其他网络不同时，后面写出它们的名称。"), "",
    ]
    for group in SettingTable.groups {
      lines += [
        "## \(group.title.text(language))", "", "\(group.use.text(language))", "",
        say(
          "| setting | default | values | what it does | when to touch it |", "| 设置 | 默认 | 取值 | 含义 | 何时改 |"),
        "|---|---|---|---|---|",
      ]
      lines += group.entries.map { entry in
        let cells = [
          "`\(entry.name)`", defaults(of: entry) { "`\($0)`" }, entry.range.text(language),
          entry.meaning.text(language), entry.advice.text(language),
        ]
        return "| \(cells.map { $0.replacing("*", with: #"\*"#) }.joined(separator: " | ")) |"
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }
}
