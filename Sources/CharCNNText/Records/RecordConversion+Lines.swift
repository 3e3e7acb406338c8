extension RecordConversion {
  /// A text on one line; nil for an empty one.
  mutating func onOneLine(_ text: String) -> String? {
    var line = String.UnicodeScalarView()
    var hasBreaks = false
    for scalar in text.unicodeScalars {
      // What our own reader, and others, take for the end of a line.
      let isBreak = ["\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
      hasBreaks = hasBreaks || isBreak
      line.append(isBreak ? " " : scalar)
    }
    if hasBreaks { lose(.lineBreaks) }
    let isBlank = line.allSatisfy { $0 == " " || $0 == "\t" }
    if isBlank {
      lose(.emptyTexts)
      return nil
    }
    return String(line)
  }

  mutating func plainLine(_ text: String) -> Output? {
    guard let line = onOneLine(text) else { return nil }
    digest(line, nil)
    return Output(bytes: Array((line + "\n").utf8))
  }

  mutating func line(_ text: String, _ said: [String]?, _ record: Record) throws(DataError) -> Output? {
    guard let whole = onOneLine(text) else { return nil }
    var line = String(whole.unicodeScalars.drop { $0 == " " || $0 == "\t" })
    if line.utf8.count < whole.utf8.count { lose(.blanksAtEnds) }
    let prefix = String(decoding: FastTextLine.prefix, as: UTF8.self)
    let words = line.split(separator: " ", omittingEmptySubsequences: false)
    if words.contains(where: { $0.split(separator: "\t").contains { $0.hasPrefix(prefix) } }) {
      lose(.labelWords)
      line = words.map { word in
        word.split(separator: "\t", omittingEmptySubsequences: false).map { part in
          part.hasPrefix(prefix) ? String(part.dropFirst()) : String(part)
        }.joined(separator: "\t")
      }.joined(separator: " ")
    }
    if said?.isEmpty == true { lose(.noneRight) }
    loseShares(record)
    var names: [String] = []
    for label in said ?? [] {
      let name = try name(of: label, record) { String($0.map { $0.isWhitespace ? "_" : $0 }) }
      if name != label { lose(.labelBlanks) }
      names.append(name)
    }
    digest(line, LabeledText(text: "", labels: names.isEmpty ? nil : names, line: 0).shownLabels)
    return Output(bytes: Array("\(names.map { "\(prefix)\($0) " }.joined())\(line)\n".utf8))
  }

  mutating func lineOfClass(_ text: String, _ labels: [String], _ record: Record) throws(DataError)
    -> Output?
  {
    guard let label = try labelOfFile(labels, record), let line = onOneLine(text) else { return nil }
    digest(line, label)
    lose(.order)
    return Output(bytes: Array((line + "\n").utf8), file: label + ".txt")
  }

  mutating func file(_ text: String, _ labels: [String], _ record: Record) throws(DataError) -> Output? {
    guard let label = try labelOfFile(labels, record) else { return nil }
    // What a reader of the folder would take for an empty file.
    guard text.utf8.contains(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) else {
      lose(.emptyTexts)
      return nil
    }
    var content = Substring(text).unicodeScalars
    while let last = content.last, last == "\n" || last == "\r" { content.removeLast() }
    if content.count < text.unicodeScalars.count { lose(.blanksAtEnds) }
    digest(String(content), label)
    lose(.order)
    let digits = String(row)
    let number = String(repeating: "0", count: max(6 - digits.count, 0)) + digits
    return Output(bytes: Array((String(content) + "\n").utf8), file: "\(label)/\(number).txt")
  }

  /// Counts a soft label of which the largest share alone is kept.
  private mutating func loseShares(_ record: Record) {
    if record.shares?.values.count(where: { $0 > 0 }) ?? 0 > 1 || records.columns?.shares.isEmpty == false {
      lose(.shares)
    }
  }

  /// The label as the name of a file or folder; nil where there is none.
  mutating func labelOfFile(_ labels: [String], _ record: Record) throws(DataError) -> String? {
    guard let label = labels.first else {
      lose(.withoutLabel)
      return nil
    }
    if labels.count > 1 { lose(.furtherLabels) }
    loseShares(record)
    let isName =
      !label.hasPrefix(".") && !label.utf8.contains(0x2F) && label.utf8.count <= 200
      && !StrayName.isFolder(label) && !StrayName.isFile(label + ".txt") && !StrayName.isFile(label)
    guard isName else {
      throw DataError(
        .unsuitableValue, path: records.path, line: record.line,
        problem: "the label \(Label.quoted(label)) cannot be the name of a file or folder",
        advice: "rename it, or choose a format with columns: csv, tsv or jsonl")
    }
    return try name(of: label, record) { $0 }
  }
}
