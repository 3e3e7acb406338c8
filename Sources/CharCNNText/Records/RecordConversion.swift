internal import CharCNNFiles

/// Writes records in another format, and counts what that format cannot hold.
package struct RecordConversion {
  /// What the new format cannot hold, with what became of it.
  package enum Loss: String, CaseIterable, Sendable {
    case lineBreaks = "line breaks in texts became blanks"
    case blanksAtEnds = "blanks or line ends at an end of a text are gone"
    case labelWords = "words that begin with __label__ lost an underscore, so that they are no labels"
    case labelBlanks = "blanks in labels became underscores"
    case withoutLabel = "records without a label were left out"
    case labels = "labels were left out"
    case emptyTexts = "records of empty texts were left out"
    case types = "numbers, truth values and nulls became text"
    case nested = "lists and objects became JSON in a text"
    case shares = "shares of labels were left out but for the largest one"
    case furtherLabels = "labels after the first of a text were left out"
    case noneRight = "texts of which it was said that no label is right say nothing of labels any more"
    case order = "records stand in the order of their labels now"
  }

  /// A record in the new format.
  package struct Output {
    /// Its bytes.
    package var bytes: [UInt8]
    /// The file in a folder; nil where there is one file.
    package var file: String?
  }

  /// Formats that can be written.
  package static let formats: [DataFormat] = [
    .csv, .tsv, .jsonLines, .fastText, .folderPerClass, .filePerClass, .lines,
  ]

  /// The format of the result.
  package let format: DataFormat
  /// How often each loss occurred.
  package private(set) var losses: [Loss: Int] = [:]
  /// Columns that are left out.
  package let columnsLeftOut: [String]
  /// Number of records that were written.
  package private(set) var written = 0
  /// Digests of the texts with their labels as they can be read again.
  package private(set) var digests: [UInt64] = []
  let records: RecordFiles
  /// The columns of a table or the fields of objects.
  private let names: [String]
  /// How labels stand in cells of their own.
  private let labelCells: LabelCells
  private let dialect: TableDialect
  /// Whether all fields stand in quotes. Readers of tables with tabs, this package's own too, take quotes for what they are only where they
  /// see from the first records that fields stand in them.
  private let quotesAll: Bool
  /// What each label is called in file names or labels of lines, and the other way round.
  private var labelNames: [String: String] = [:]
  private var labelsOfNames: [String: String] = [:]
  var row = 0

  /// - Parameters:
  ///   - records: What is converted.
  ///   - format: One of ``formats``.
  /// - Throws: What reading throws: all records are looked at, for names that come late and for what must stand in quotes.
  package init(_ records: RecordFiles, to format: DataFormat) throws {
    let fields = try Self.fieldNames(of: records)
    let isTable = format == .csv || format == .tsv
    let cells = isTable ? try LabelCells.found(in: records) : .one
    try self.init(records, to: format, names: fields, cells, quotesAll: false)
    guard format == .tsv else { return }
    var needsQuotes = false
    var report = ReadingReport(path: records.path, skipsInvalid: true)
    var trial = self
    try records.forEachRecord(self.fields, report: &report) { record, _ in
      if !needsQuotes, let cells = try? trial.cells(record) { needsQuotes = Self.needsQuotes(cells) }
    }
    if needsQuotes { self = try RecordConversion(records, to: format, names: fields, cells, quotesAll: true) }
  }

  private static func needsQuotes(_ cells: [String]) -> Bool {
    isBlank(cells)
      || cells.contains { $0.utf8.contains { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D || $0 == 0x22 } }
  }

  /// Whether a row of these cells would be a blank line.
  private static func isBlank(_ cells: [String]) -> Bool {
    cells.allSatisfy { $0.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
  }

  private init(
    _ records: RecordFiles, to format: DataFormat, names fields: [String], _ cells: LabelCells, quotesAll: Bool
  ) throws {
    labelCells = cells
    self.quotesAll = quotesAll
    self.records = records
    self.format = format
    dialect = TableDialect(separator: format == .tsv ? .tab : .comma, quote: UInt8(ascii: "\""))
    let hasColumns = [.csv, .tsv, .jsonLines].contains(format)
    guard let columns = records.columns else {
      names = ["text"] + (records.labelFields.isEmpty ? [] : ["label"])
      columnsLeftOut = []
      return
    }
    let own = records.format == .jsonLines ? fields : Self.names(columns)
    names = format == .jsonLines ? Self.distinct(own) : own
    let isUsed = Set(records.textFields + records.labelFields)
    let used = Set(isUsed.compactMap { $0 < columns.names.count ? columns.names[$0] : nil })
    columnsLeftOut =
      hasColumns
      ? []
      : records.format == .jsonLines
        ? own.filter { !used.contains($0) } : own.indices.filter { !isUsed.contains($0) }.map { own[$0] }
  }

  /// Names of columns, also where there is no header.
  private static func names(_ columns: RecordColumns) -> [String] {
    if columns.hasHeader { return columns.names }
    return (0..<columns.count).map { column in
      if columns.texts.first == column { return "text" }
      if columns.label == column { return "label" }
      return columns.second == column ? "text2" : "column\(column + 1)"
    }
  }

  /// Names of which none occurs twice, as objects need them.
  private static func distinct(_ names: [String]) -> [String] {
    var taken: Set<String> = []
    return names.map { name in
      var distinct = name
      var number = 2
      while !taken.insert(distinct).inserted {
        distinct = "\(name)_\(number)"
        number += 1
      }
      return distinct
    }
  }

  /// All names of fields of objects, in the order in which they come.
  ///
  /// - Throws: What reading throws.
  private static func fieldNames(of records: RecordFiles) throws -> [String] {
    guard records.format == .jsonLines else { return [] }
    var names: [String] = []
    var known: Set<String> = []
    var report = ReadingReport(path: records.path, skipsInvalid: true)
    try records.forEachRecord([], report: &report) { record, _ in
      for member in members(of: record) where known.insert(member.name).inserted { names.append(member.name) }
    }
    return names
  }

  private static func members(of record: Record) -> [JSONValue.Member] {
    guard case .object(let members)? = try? JSONParser.parse(record.bytes) else { return [] }
    return members
  }

  /// Fields of a record that are read: the texts, the label, and all columns of a table.
  package var fields: [Int] {
    var fields = records.textFields + records.labelFields
    if let columns = records.columns, records.format != .jsonLines { fields += 0..<columns.count }
    return fields
  }

  /// What stands before the first record.
  package var beginning: [UInt8] {
    guard format == .csv || format == .tsv else { return [] }
    guard case .shares(let classes) = labelCells, let label = labelField else { return row(of: names) }
    return row(of: names[..<label] + classes + names[(label + 1)...])
  }

  /// How the result is read again.
  package var options: DataOptions {
    var options = DataOptions(format: format, needsLabels: false)
    guard [.csv, .tsv, .jsonLines].contains(format) else { return options }
    func selector(_ place: Int) -> ColumnSelector { format == .jsonLines ? .name(names[place]) : .index(place + 1) }
    if format != .jsonLines { (options.header, options.separator) = (true, dialect.separator) }
    let selectors = textPlaces.map(selector)
    options.text = selectors.count == 1 ? selectors[0] : .joined(selectors)
    let labels = labelPlaces.map(selector)
    options.label = labels.count > 1 ? .joined(labels) : labels.first
    if records.columns != nil { options.labelSeparator = records.labelSeparator }
    if case .separated(let separator) = labelCells { options.labelSeparator = separator }
    options.second = records.columns?.second.map { selector(place(of: $0)) }
    return options
  }

  /// Where the texts stand among the columns of the result.
  private var textPlaces: [Int] { (records.columns?.texts ?? [0]).map { place(of: $0) } }

  /// Where the labels stand there; none without labels.
  private var labelPlaces: [Int] {
    if case .shares(let classes) = labelCells, let label = labelField { return Array(label..<label + classes.count) }
    return records.columns == nil ? records.labelFields : records.labelFields.map { place(of: $0) }
  }

  private func place(of field: Int) -> Int {
    // Objects may have fields that the first ones have not shown.
    guard let columns = records.columns, records.format == .jsonLines else { return field }
    let place = names.firstIndex(of: columns.names[field]) ?? field
    // The cells of shares stand in the place of their field.
    guard case .shares(let classes) = labelCells, let label = labelField, place > label else { return place }
    return place + classes.count - 1
  }

  /// The place of the field of labels among ``names`` where these stand in cells of their own; nil where they do not.
  private var labelField: Int? {
    if case .one = labelCells { return nil }
    guard let columns = records.columns else { return 1 }
    return records.labelFields.first.flatMap { names.firstIndex(of: columns.names[$0]) }
  }

  // MARK: One record

  /// A record in the new format; nil for one that it cannot hold.
  ///
  /// - Throws: `DataError` where the record has no text, or a label cannot be written.
  package mutating func convert(_ record: Record) throws(DataError) -> Output? {
    row += 1
    let text = try records.text(of: record)
    let said = try records.labels(of: record, from: records.textFields.count)
    let labels = said ?? []
    var output: Output?
    switch format {
    case .csv, .tsv:
      if case .shares = labelCells, labels.isEmpty {
        lose(.withoutLabel)
        return nil
      }
      let cells = try cells(record)
      output = Output(bytes: row(of: cells))
      digest(cells, labelsOfCells(cells, said, record))
    case .jsonLines: output = Output(bytes: try object(record, text, said))
    case .fastText: output = try line(text, said, record)
    case .folderPerClass: output = try file(text, labels, record)
    case .filePerClass: output = try lineOfClass(text, labels, record)
    default:
      output = plainLine(text)
      if !labels.isEmpty, output != nil { lose(.labels) }
    }
    if output != nil { written += 1 }
    return output
  }

  /// Notes what the cells of a row are read as.
  private mutating func digest(_ cells: [String], _ labels: [String]?) {
    digest(textPlaces.map { cells[$0] }.joined(separator: "\n"), Self.shown(labels))
  }

  private static func shown(_ labels: [String]?) -> String? {
    LabeledText(text: "", labels: labels, line: 0).shownLabels
  }

  /// The labels that a row of a table is read to have: those of the record, but for what a cell cannot hold.
  private func labelsOfCells(_ cells: [String], _ said: [String]?, _ record: Record) -> [String]? {
    if labelField != nil { return said?.isEmpty == true ? nil : said }
    if records.columns == nil { return said.map { Array($0.prefix(1)) } }
    guard records.format == .jsonLines, record.labels != nil || record.shares != nil else { return said }
    // A list or an object is its JSON in a cell.
    let values = labelPlaces.map { cells[$0] }
    let parts =
      records.labelSeparator.map { separator in values.flatMap { $0.split(separator: separator).map(String.init) } }
      ?? values
    let seen = parts.compactMap(Label.seen)
    return seen.isEmpty ? nil : seen
  }

  mutating func digest(_ text: String, _ label: String?) {
    digests.append(Self.digest(text, label))
  }

  /// A digest of a text with its label.
  package static func digest(_ text: String, _ label: String?) -> UInt64 {
    TextLikeness.exactDigest(of: text) &* 3 &+ TextLikeness.exactDigest(of: label ?? "\u{0}")
  }

  mutating func lose(_ loss: Loss) { losses[loss, default: 0] += 1 }

  private mutating func cells(_ record: Record) throws(DataError) -> [String] {
    let place = records.textFields.count
    let said = labelField == nil ? nil : try records.labels(of: record, from: place)
    let own = labelField == nil ? nil : labelCells.cells(said ?? [], try records.shares(of: record, from: place))
    if own != nil, said?.isEmpty == true { lose(.noneRight) }
    guard records.format == .jsonLines else {
      let start = records.textFields.count + records.labelFields.count
      if records.columns != nil { return record.values[start...].map { $0 ?? "" } }
      if let own { return record.values[..<(start - 1)].map { $0 ?? "" } + own }
      return record.values[..<start].map { $0 ?? "" }
    }
    let members = Self.members(of: record)
    return names.indices.flatMap { place -> [String] in
      if place == labelField, let own { return own }
      return [cell(of: members.first { $0.name == names[place] }?.value)]
    }
  }

  /// A value of an object as a cell.
  private mutating func cell(of value: JSONValue?) -> String {
    switch value {
    case nil: return ""
    case .string(let text): return text
    case .array?, .object?:
      lose(.nested)
      return value?.text ?? ""
    case .null?:
      lose(.types)
      return ""
    case .bool?, .integer?, .number?:
      lose(.types)
      return value?.text ?? ""
    }
  }

  private func row(of cells: [String]) -> [UInt8] {
    let isQuoted = quotesAll || Self.isBlank(cells)
    let separator = String(Unicode.Scalar(dialect.separator.byte))
    return Array(
      (cells.map { isQuoted ? Self.quoted($0) : dialect.field($0) }.joined(separator: separator) + "\n").utf8)
  }

  private static func quoted(_ text: String) -> String {
    // By scalars: a quote with a combining mark after it is another character, and a quote all the same.
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }

  private mutating func object(_ record: Record, _ text: String, _ said: [String]?) throws(DataError) -> [UInt8] {
    digest(text, Self.shown(said))
    if records.format == .jsonLines { return Array(record.bytes) + [0x0A] }
    let labels = said ?? []
    // Several labels are a list, which needs no separator.
    let hasList =
      records.columns.map {
        $0.flags.isEmpty && $0.shares.isEmpty && $0.furtherLabels.isEmpty && records.labelSeparator != nil
      } ?? true
    let isList = hasList && labels.count > 1
    let cells = records.columns == nil && isList ? [text, ""] : try cells(record)
    let list = labels.map { JSONText.quoted($0) }.joined(separator: ",")
    let members = zip(names.indices, cells).map { place, cell in
      let value = isList && place == labelPlaces.first ? "[\(list)]" : JSONText.quoted(cell)
      return "\(JSONText.quoted(names[place])):\(value)"
    }
    return Array("{\(members.joined(separator: ","))}\n".utf8)
  }

  // MARK: Labels

  /// What a label is called.
  ///
  /// - Throws: `DataError` where another label is called so, also on disks that do not tell capitals from small letters.
  mutating func name(
    of label: String, _ record: Record, _ make: (String) -> String
  ) throws(DataError) -> String {
    if let known = labelNames[label] { return known }
    let name = make(label)
    let key = format == .fastText ? name : name.lowercased()
    if let other = labelsOfNames[key], other != label {
      throw DataError(
        .unsuitableValue, path: records.path, line: record.line,
        problem: "the labels \(Label.quoted(other)) and \(Label.quoted(label)) would become one",
        advice: "rename one of them, or choose a format with columns: csv, tsv or jsonl")
    }
    labelsOfNames[key] = label
    labelNames[label] = name
    return name
  }

  /// How many of the records that were written are not the same when they are read again.
  ///
  /// - Parameter found: Digests of what was read.
  package func differing(from found: [UInt64]) -> Int { Self.differing(digests, from: found) }

  /// How many of some records are not the same as others, by their digests.
  package static func differing(_ digests: [UInt64], from found: [UInt64]) -> Int {
    max(digests.count, found.count) - sharedCount(digests.sorted(), found.sorted())
  }

  /// What was chosen to stand between the labels of a text; nil where nothing was.
  package var newSeparator: String? { if case .separated(let separator) = labelCells { separator } else { nil } }
}
