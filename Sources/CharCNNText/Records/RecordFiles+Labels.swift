extension RecordFiles {
  /// The fields of the labels, of which there are several where a text may have several; none where there are no labels.
  package var labelFields: [Int] {
    guard let columns else { return format == .lines ? [] : [1] }
    return (columns.label.map { [$0] } ?? []) + columns.furtherLabels + columns.flags
  }

  /// What stands between the labels of a text; nil where a value is one label.
  package var labelSeparator: String? {
    let separator = options.labelSeparator ?? options.trained?.labelSeparator
    return separator?.isEmpty == true ? nil : separator
  }

  /// The labels of a record; none where it says that none is right, nil where it says nothing.
  ///
  /// - Parameters:
  ///   - record: A record.
  ///   - place: Where the values of ``labelFields`` stand among those of the record.
  /// - Throws: `DataError` where a column of 1 and 0 holds something else.
  package func labels(of record: Record, from place: Int) throws(DataError) -> [String]? {
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
