extension RecordFiles {
  /// The fields of the labels, of which there are several where a text may have several; none where there are no labels.
  package var labelFields: [Int] {
    guard let columns else { return format == .lines ? [] : [1] }
    if !columns.shares.isEmpty { return columns.shares }
    return (columns.label.map { [$0] } ?? []) + columns.furtherLabels + columns.flags
  }

  /// What stands between the labels of a text; nil where a value is one label.
  package var labelSeparator: String? {
    let separator = options.labelSeparator ?? options.trained?.labelSeparator
    return separator?.isEmpty == true ? nil : separator
  }

  /// The shares of the classes of a record; nil where its label is no soft one.
  ///
  /// - Parameters:
  ///   - record: A record.
  ///   - place: Where the values of ``labelFields`` stand among those of the record.
  /// - Throws: `DataError` where a share is no number from 0 to 1, or they do not sum to 1.
  package func shares(of record: Record, from place: Int) throws(DataError) -> [String: Double]? {
    var shares: [String: Double] = [:]
    if let given = record.shares {
      for (name, share) in given {
        guard let label = Label.seen(name) else {
          throw faultyShares(record, "a share is that of a label without a name")
        }
        shares[label, default: 0] += share
      }
    } else if let columns, !columns.shares.isEmpty {
      for (number, column) in columns.shares.enumerated() {
        let value = VisibleText.of(record.values[place + number] ?? "")
        guard let share = Double(value), share.isFinite else {
          throw faultyShares(
            record,
            value.isEmpty
              ? "nothing says what share \"\(columns.names[column])\" has"
              : "\"\(value)\", the share of \"\(columns.names[column])\", is no number")
        }
        shares[columns.names[column]] = share
      }
    } else {
      return nil
    }
    if let wrong = shares.filter({ !(0...1).contains($0.value) }).min(by: { $0.key < $1.key }) {
      throw faultyShares(record, "\(wrong.value), the share of \"\(wrong.key)\", is not 0 to 1")
    }
    let sum = shares.values.reduce(0, +)
    guard abs(sum - 1) <= Self.roundedShares else {
      throw faultyShares(record, "the shares of the labels sum to \(sum) instead of 1")
    }
    return shares
  }

  /// By how much shares that were rounded may differ from 1 together.
  private static var roundedShares: Double { 0.02 }

  private func faultyShares(_ record: Record, _ problem: String) -> DataError {
    DataError(
      .unsuitableValue, path: files[Int(record.reference.fileIndex)], line: record.line, problem: problem,
      advice: "write the probability of each label, all of which sum to 1")
  }

  /// How much a record counts; nil where all count the same.
  ///
  /// - Parameter value: What stands in the column of the weights.
  /// - Throws: `DataError` for what is no number of 0 or more.
  package func weight(_ value: String?, of record: Record) throws(DataError) -> Double? {
    guard let column = columns?.weight, let columns else { return nil }
    let text = VisibleText.of(value ?? "")
    guard let weight = Double(text), (0...Self.largestWeight).contains(weight) else {
      throw DataError(
        .unsuitableValue, path: files[Int(record.reference.fileIndex)], line: record.line,
        problem: text.isEmpty
          ? "nothing says how much the record counts" : "\"\(text)\" does not say how much the record counts",
        advice: "write a number from 0 to \(Int(Self.largestWeight)) in \(columns.describe(column, format: format))")
    }
    return weight
  }

  /// The greatest weight: beside a greater one, others would count nothing.
  private static var largestWeight: Double { 1_000_000 }

  /// The labels of a record; none where it says that none is right, nil where it says nothing.
  ///
  /// - Parameters:
  ///   - record: A record.
  ///   - place: Where the values of ``labelFields`` stand among those of the record.
  /// - Throws: `DataError` where a column of 1 and 0 holds something else.
  package func labels(of record: Record, from place: Int) throws(DataError) -> [String]? {
    // Of a soft label the class of the largest share.
    if let shares = try shares(of: record, from: place) { return LabeledText.largest(shares).map { [$0] } }
    let fields = labelFields
    let flags = columns?.flags ?? []
    let firstFlag = place + fields.count - flags.count
    let given = record.labels ?? record.values[place..<firstFlag].compactMap { $0 }
    let parts =
      labelSeparator.map { separator in given.flatMap { $0.split(separator: separator).map(String.init) } } ?? given
    let seen = parts.compactMap(Label.seen)
    var raised: [String] = []
    for (number, column) in flags.enumerated() {
      guard let name = columns?.names[column] else { continue }
      if try isRaised(record.values[firstFlag + number], name, of: record) { raised.append(name) }
    }
    // An empty list says that no label is right, and so do zeros; an empty text says nothing.
    let saysNothing = seen.isEmpty && flags.isEmpty && record.labels?.isEmpty != true
    return saysNothing ? nil : seen + raised
  }

  /// Whether a column says that its label is right.
  private func isRaised(_ value: String?, _ name: String, of record: Record) throws(DataError) -> Bool {
    let value = value.map(VisibleText.of) ?? ""
    switch value.lowercased() {
    case "1", "1.0", "true": return true
    case "0", "0.0", "false": return false
    default:
      throw DataError(
        .unsuitableValue, path: files[Int(record.reference.fileIndex)], line: record.line,
        problem: value.isEmpty
          ? "nothing says whether the label \"\(name)\" is right"
          : "\"\(value)\" does not say whether the label \"\(name)\" is right",
        advice: "write 1 where it is and 0 where it is not")
    }
  }
}
