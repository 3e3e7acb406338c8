/// What a reading of records found beside the records: what was left out, and what was faulty.
public struct ReadingReport: Sendable {
  /// Records that were handed on.
  public private(set) var records = 0
  /// Number of faulty records of each kind.
  public private(set) var faults: [DataError.Kind: Int] = [:]
  /// The first faulty records.
  public private(set) var examples: [DataError] = []
  /// Lines that repeat the header, as where files were joined.
  public private(set) var repeatedHeaders: [Int] = []
  /// Lines of hyphens that draw a table in Markdown.
  public private(set) var rules: [Int] = []
  /// Rows of a table without anything in them, but for those at its end.
  public private(set) var blankRows = 0
  /// Records with more labels than one.
  public private(set) var recordsWithFurtherLabels = 0
  /// Records of the weight 0 that were left out of what is learned from.
  public private(set) var weightlessRecords = 0

  /// Whether faulty records are left out; otherwise they are an error.
  let skipsInvalid: Bool
  private let path: String
  /// Faulty records that are named.
  private static let mostNamed = 5
  /// The first places of each kind of fault: lines, or files of a folder.
  private var places: [DataError.Kind: [String]] = [:]

  /// Nothing so far.
  ///
  /// - Parameters:
  ///   - path: What messages call the source.
  ///   - skipsInvalid: Whether faulty records are left out.
  package init(path: String, skipsInvalid: Bool = false) {
    self.path = path
    self.skipsInvalid = skipsInvalid
  }

  /// Number of faulty records.
  public var faultCount: Int { faults.values.reduce(0, +) }

  /// Whether records are still wanted: once one is faulty that must not be, the rest is only read to count the faults.
  package var isDelivering: Bool { skipsInvalid || faults.isEmpty }

  /// The number of the present record among those that are not blank, from 1, faulty ones counted.
  package var row: Int { records + faultCount }

  /// Counts a record that is whole.
  package mutating func addRecord(hasFurtherLabels: Bool = false) {
    records += 1
    if hasFurtherLabels { recordsWithFurtherLabels += 1 }
  }

  /// Counts a faulty record.
  package mutating func add(_ fault: DataError) {
    faults[fault.kind, default: 0] += 1
    if examples.count < Self.mostNamed { examples.append(fault) }
    if let place = place(of: fault), places[fault.kind, default: []].count < Self.mostNamed {
      places[fault.kind, default: []].append(place)
    }
  }

  /// The line of a fault, of a folder the file, and the line where the lines are records.
  private func place(of fault: DataError) -> String? {
    guard fault.path != path, fault.path.hasPrefix(path) else { return fault.line.map(String.init) }
    let file = String(fault.path.dropFirst(path.count).drop { $0 == "/" })
    return fault.line.map { $0 == 1 ? file : "\(file):\($0)" } ?? file
  }

  mutating func addWeightless(_ count: Int) { weightlessRecords += count }

  mutating func addBlankRows(_ count: Int) { blankRows += count }

  mutating func addRule(line: Int) { rules.append(line) }

  mutating func addRepeatedHeader(line: Int) { repeatedHeaders.append(line) }

  /// Ends the reading.
  ///
  /// - Throws: The first fault, with the number of all of them, where faults are not left out.
  package func finish() throws(DataError) {
    guard !skipsInvalid, var error = examples.first else { return }
    if faultCount > 1 {
      error.problem += "; \(faultCount) records are faulty: \(summary)"
      error.advice = (error.advice.map { "\($0), or " } ?? "") + "leave them out with `skipsInvalid`"
    } else {
      error.advice = (error.advice.map { "\($0), or " } ?? "") + "leave it out with `skipsInvalid`"
    }
    throw error
  }

  /// `51 without a label (lines 2, 8, 15, 20, 31 and more), 2 with …`.
  var summary: String {
    faults.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map { kind, count in
      "\(count) \(kind.ofRecords)\(Self.list(places[kind] ?? [], of: count))"
    }.joined(separator: ", ")
  }

  private static func list(_ places: [String], of count: Int) -> String {
    guard let first = places.first else { return "" }
    let unit = Int(first) == nil ? "" : places.count == 1 && count == 1 ? "line " : "lines "
    return " (\(unit)\(places.joined(separator: ", "))\(count > places.count ? " and more" : ""))"
  }

  /// One line for each thing that was left out.
  public var warnings: [String] { warnings(ofSeveralLabels: false) }

  /// One line for each thing that was left out.
  ///
  /// - Parameter hasSeveral: Whether all labels of a record count, not the first alone.
  package func warnings(ofSeveralLabels hasSeveral: Bool) -> [String] {
    var warnings: [String] = []
    if skipsInvalid, faultCount > 0 {
      warnings.append(
        "\(path): \(faultCount == 1 ? "1 faulty record was" : "\(faultCount) faulty records were") left out: \(summary)"
      )
    }
    if let first = repeatedHeaders.first {
      let count = repeatedHeaders.count
      warnings.append(
        "\(path): the header stands again in \(count == 1 ? "line \(first)" : "\(count) lines")"
          + "\(count == 1 ? "" : Self.list(repeatedHeaders.prefix(Self.mostNamed).map(String.init), of: count)), which "
          + "\(count == 1 ? "is" : "are") left out")
    }
    if let first = rules.first {
      warnings.append(
        "\(path): \(rules.count == 1 ? "line \(first), which draws" : "\(rules.count) lines, which draw") a table, "
          + "\(rules.count == 1 ? "is" : "are") left out")
    }
    if blankRows > 0 {
      warnings.append("\(path): \(blankRows == 1 ? "1 blank row is" : "\(blankRows) blank rows are") left out")
    }
    if weightlessRecords > 0 {
      warnings.append(
        "\(path): \(weightlessRecords == 1 ? "1 record of the weight 0 is" : "\(weightlessRecords) records of the weight 0 are") left out"
      )
    }
    if recordsWithFurtherLabels > 0, !hasSeveral {
      warnings.append(
        "\(path): \(recordsWithFurtherLabels == 1 ? "1 record has" : "\(recordsWithFurtherLabels) records have") "
          + "more than one label, of which the first counts and the others are left out (`labels=several` learns all)")
    }
    return warnings
  }
}

extension DataError.Kind {
  /// What records with such a fault are: "51 without a label".
  fileprivate var ofRecords: String {
    switch self {
    case .missingLabel, .noLabels: "without a label"
    case .raggedRow: "with another number of fields"
    case .invalidUTF8: "with bytes that are not text in UTF-8"
    case .zeroByte: "with bytes of zero"
    case .unterminatedQuote, .strayQuote: "with quotes that do not close where they should"
    case .invalidJSON: "that are no JSON object"
    case .missingColumn: "without a text"
    case .unsuitableValue: "with a value that cannot stand where it does"
    case .ambiguousColumn: "with a field twice, or one of the name of a new one"
    case .recordTooLarge: "of 4 GB and more"
    case .ambiguousLabel: "with a label that may be several"
    case .missingFile, .emptyFile, .noFiles, .noRecords, .utf16, .utf32, .notText, .unrecognizedFormat, .unreadable:
      "that cannot be read"
    }
  }
}
