/// The first records of a table as a dialect reads them.
struct TableSample {
  /// Records that are looked at, without a header.
  static let records = 1_000
  /// Bytes that are looked at.
  private static let bytes = 1 << 20

  let dialect: TableDialect
  /// The texts of all fields of the records that have as many as most have, faulty ones left out.
  private(set) var rows: [[String]] = []
  /// The line of the first record.
  private(set) var firstLine = 1
  /// The number of fields of the first record.
  private(set) var firstCount = 0
  /// The least number of fields of a record.
  private(set) var least = 0
  /// Whether the first record, however many fields it has, has the name of a column that is known.
  private(set) var isFirstNamed = false
  /// The number of fields that most records have.
  private(set) var count = 0
  /// The share of the records that have so many.
  private(set) var share = 0.0
  /// Number of records, whatever their fields.
  private(set) var all = 0
  /// What is wrong with the quotes of the first faulty record, or its bytes.
  private(set) var fault: DataError?
  /// What is wrong with the bytes of the first record, which may be a header.
  private(set) var firstFault: DataError?
  /// Number of faulty records.
  private(set) var faults = 0
  /// Fields in quotes that had to stand in them: with separators, line ends or quotes inside.
  private(set) var neededQuotes = 0
  /// Whether nearly all fields of a column stand in quotes.
  private(set) var hasQuotedColumn = false
  /// Whether all fields stand in quotes.
  private(set) var areAllQuoted = true
  /// Whether all fields of several columns stand in quotes, however few the records are.
  var isAllQuoted: Bool { areAllQuoted && count > 1 && all > 0 }
  /// The share of the separators that a blank follows, as a comma in a sentence has one, or that stand between digits, as in
  /// numbers.
  private(set) var punctuationShare = 0.0
  /// The share of the records with a field that begins with a quote and does not end with one, where quotes enclose nothing.
  private(set) var tornShare = 0.0

  init(_ file: ScannedFile, dialect: TableDialect) {
    self.dialect = dialect
    var scanner = TableScanner(file, dialect: dialect)
    var scanned: [TableRow] = []
    var isMore = true
    while isMore, all <= Self.records {
      do throws(DataError) {
        isMore = try scanner.next(in: file)
        if isMore { scanned.append(scanner.row) }
      } catch {
        if fault == nil { fault = error }
        faults += 1
        scanner.skipLine(in: file)
      }
      if isMore { all += 1 }
      if scanner.row.end > Self.bytes { break }
    }
    measure(scanned, file)
    take(scanned, file)
  }

  private mutating func measure(_ scanned: [TableRow], _ file: ScannedFile) {
    firstLine = scanned.first?.line ?? 1
    firstCount = scanned.first?.fields.count ?? 0
    least = scanned.map(\.fields.count).min() ?? 0
    var counts: [Int: Int] = [:]
    for row in scanned { counts[row.fields.count, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    count = counts[firstCount] == most ? firstCount : counts.filter { $0.value == most }.keys.max() ?? 0
    share = all > 0 ? Double(most) / Double(all) : 0
    var quoted = [Int](repeating: 0, count: max(count, 1))
    var (separators, punctuation, torn) = (0, 0, 0)
    for row in scanned {
      if dialect.quote == nil, row.fields.contains(where: { isTorn($0, file) }) { torn += 1 }
      for (place, field) in row.fields.enumerated() {
        if field.isQuoted, place < quoted.count { quoted[place] += 1 }
        areAllQuoted = areAllQuoted && field.isQuoted
        if field.isQuoted, needsQuotes(field, file) { neededQuotes += 1 }
        guard place > 0 else { continue }
        separators += 1
        if !field.isQuoted, isPunctuation(before: field, file) { punctuation += 1 }
      }
    }
    hasQuotedColumn = scanned.count >= 3 && quoted.contains { 10 * $0 >= 9 * scanned.count }
    punctuationShare = separators > 0 ? Double(punctuation) / Double(separators) : 0
    tornShare = scanned.isEmpty ? 0 : Double(torn) / Double(scanned.count)
  }

  private func isTorn(_ field: TableRow.Field, _ file: ScannedFile) -> Bool {
    field.start < field.end && file[field.start] == 0x22
      && (file[field.end - 1] != 0x22 || field.end - field.start == 1)
  }

  /// Whether the separator before a field is that of a sentence or of a number.
  private func isPunctuation(before field: TableRow.Field, _ file: ScannedFile) -> Bool {
    guard field.start < field.end, field.start >= 2 else { return false }
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    return file[field.start] == 0x20
      || dialect.separator == .comma && isDigit(file[field.start]) && isDigit(file[field.start - 2])
  }

  private func needsQuotes(_ field: TableRow.Field, _ file: ScannedFile) -> Bool {
    field.hasDoubledQuotes
      || file.bytes[field.start..<field.end].contains { $0 == dialect.separator.byte || $0 == 0x0A }
  }

  private mutating func take(_ scanned: [TableRow], _ file: ScannedFile) {
    if let first = scanned.first {
      isFirstNamed = first.fields.indices.contains { place in
        (try? first.string(place, in: file)).map(ColumnNames.isKnown) ?? false
      }
    }
    for (place, row) in scanned.enumerated() where row.fields.count == count {
      do throws(DataError) {
        var values: [String] = []
        for position in row.fields.indices { values.append(try row.string(position, in: file)) }
        rows.append(values)
      } catch {
        if place == 0 { firstFault = error }
        if fault == nil { fault = error }
        faults += 1
      }
    }
  }

  /// Whether every record has the same number of fields, and more than one.
  var isPerfect: Bool { share == 1 && count > 1 && faults == 0 }

  /// Whether every record has the separator, so that it stands between fields, though some fields have it inside too.
  var isEverywhere: Bool { least > 1 && (isFirstNamed || all >= 5) && !isProse }

  /// Whether its separators are those of sentences or numbers, or tear apart what stands in quotes.
  var isProse: Bool { punctuationShare >= 0.9 || tornShare >= 0.5 }

  /// Whether the first record has the name of a column that is known.
  var isNamed: Bool { rows.first?.contains(where: ColumnNames.isKnown) ?? false }
}
