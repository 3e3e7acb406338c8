/// Finds out how a table is written: the separator that gives all its records the same number of fields, and whether quotes
/// enclose fields.
struct DialectRecognition {
  let file: ScannedFile
  /// The separator, where it was said.
  var separator: FieldSeparator?
  /// The separator that the file's name or the format speak for.
  var expected: FieldSeparator?

  /// The sample of the dialect that fits best; nil where none makes a table of the file.
  func recognize() -> TableSample? {
    if let separator { return sample(separator) }
    if let said = separatorLine() {
      var dialect = sample(said).dialect
      dialect.hasSeparatorLine = true
      return TableSample(file, dialect: dialect)
    }
    let samples = FieldSeparator.known.map(sample)
    if let perfect = best(samples.filter(\.isPerfect)) { return perfect }
    // Nothing fits all records: what fits most of them, so that the others are named.
    let ragged = samples.filter { $0.count > 1 && $0.share >= 0.5 }
    if let expected, let own = samples.first(where: { $0.dialect.separator == expected }) {
      let better = ragged.filter { $0.share > max(own.count > 1 ? own.share : 0.5, 0.8) && !$0.isProse }
      if let better = best(better) { return better }
      return own.least > 1 ? own : best(samples.filter(\.isEverywhere)) ?? own
    }
    return best(ragged.filter { $0.share >= 0.9 && $0.all >= 20 && !$0.isProse })
      ?? best(samples.filter { $0.isEverywhere && $0.isFirstNamed })
  }

  private func best(_ samples: [TableSample]) -> TableSample? {
    let usual = samples.filter { !$0.isProse }
    let candidates = usual.isEmpty ? samples : usual
    func rank(_ sample: TableSample) -> (Double, Int, Int, Int) {
      let place = FieldSeparator.known.firstIndex(of: sample.dialect.separator) ?? 0
      let isTab = sample.dialect.separator == .tab ? 1 : 0
      return (sample.share, sample.isNamed ? 1 : 0, isTab + (sample.dialect.separator == expected ? 1 : 0), -place)
    }
    return candidates.max { rank($0) < rank($1) }
  }

  /// The sample with a separator, with quotes or without, whichever way the file is written.
  private func sample(_ separator: FieldSeparator) -> TableSample {
    let plain = TableSample(file, dialect: TableDialect(separator: separator, quote: nil))
    let quoted = TableSample(file, dialect: TableDialect(separator: separator, quote: UInt8(ascii: "\"")))
    let single = TableSample(file, dialect: TableDialect(separator: separator, quote: UInt8(ascii: "'")))
    if single.isPerfect, single.areAllQuoted, single.all > 1 { return single }
    if separator == .comma { return quoted }
    if separator != .tab { return quoted.faults > 0 && plain.isPerfect ? plain : quoted }
    // A quote in a table with tabs is a character like others, unless the file can only be written by a program that puts
    // fields into quotes, and reading it so takes no record for a part of another.
    guard quoted.faults == 0, quoted.neededQuotes > 0 || quoted.hasQuotedColumn || quoted.isAllQuoted
    else { return plain }
    if plain.isPerfect, plain.all != quoted.all { return plain }
    return quoted.share >= plain.share ? quoted : plain
  }

  /// The separator in a first line such as `sep=;`, which spreadsheets understand.
  private func separatorLine() -> FieldSeparator? {
    let start = file.textStart
    let end = file.withoutCarriageReturns(file.find(0x0A, from: start, to: file.count), from: start)
    let prefix = "sep="
    var line = file.bytes[start..<end]
    // Programs that put everything into quotes put this into quotes too.
    if line.first == UInt8(ascii: "\""), line.last == UInt8(ascii: "\""), line.count > 1 {
      line = line.dropFirst().dropLast()
    }
    // A program that does not know the line fills it up with empty fields.
    let text = String(decoding: line, as: UTF8.self)
    guard text.lowercased().hasPrefix(prefix), let said = text.dropFirst(prefix.count).first,
      text.dropFirst(prefix.count + 1).allSatisfy({ ",;\t|\"".contains($0) })
    else { return nil }
    return FieldSeparator(argument: String(said))
  }
}
