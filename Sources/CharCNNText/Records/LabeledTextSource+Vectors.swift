internal import CharCNNFiles

extension LabeledTextSource {
  /// The field of JSON objects that holds a list of numbers, in the first of them.
  ///
  /// - Parameter name: The field that is asked for; nil looks for one.
  /// - Throws: ``DataError`` where the file has no such field, or several.
  package func vectorField(_ name: String?) throws(DataError) -> String {
    guard format == .jsonLines else {
      throw DataError(
        .missingColumn, path: path, problem: "has texts and no vectors",
        advice: "give the file of the vectors, .npy or .safetensors, or JSON lines with a list of numbers in a field")
    }
    if let name { return name }
    let found = try records.withOnlyFile { file throws(DataError) -> [String] in
      var scanner = LineScanner(file)
      guard scanner.next(in: file) else { return [] }
      var object = JSONLine(file, start: scanner.start, end: scanner.end, line: scanner.line)
      var found: [String] = []
      let reader = object
      try object.forEachField { (name, value) throws(DataError) in
        if try reader.floats(value) != nil, let name = try reader.text(name) { found.append(name) }
      }
      return found
    }
    guard let field = found.first, found.count == 1 else {
      throw DataError(
        found.isEmpty ? .missingColumn : .ambiguousColumn, path: path, line: 1,
        problem: found.isEmpty
          ? "the object has no field with a list of numbers"
          : "the object has several fields with lists of numbers: \(found.joined(separator: ", "))",
        advice: found.isEmpty
          ? "add the vector of the text, or give a file of vectors, .npy or .safetensors" : "say which one is meant")
    }
    return field
  }

  /// Hands over the text of every JSON object, with the numbers of one of its fields.
  ///
  /// - Parameters:
  ///   - field: The field.
  ///   - body: Receives the text, its vector, where it stands, and its number from 1.
  /// - Returns: What was left out.
  /// - Throws: ``DataError`` for faulty records; what `body` throws.
  package func forEachVector(
    in field: String, _ body: (String, [Float], RecordReference, _ row: Int) throws -> Void
  ) throws -> ReadingReport {
    var report = ReadingReport(path: path, skipsInvalid: options.skipsInvalid)
    try records.forEachRecord(columns?.texts ?? [0], report: &report) { record, report in
      let (text, vector): (String, [Float])
      do throws(DataError) {
        text = try records.text(of: record)
        vector = try self.vector(in: field, of: record)
      } catch {
        report.add(error)
        return
      }
      guard report.isDelivering else { return }
      report.addRecord()
      try body(text, vector, record.reference, report.row)
    }
    try report.finish()
    return report
  }

  private func vector(in field: String, of record: Record) throws(DataError) -> [Float] {
    let bytes = UnsafeBufferPointer(
      start: record.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: record.bytes.count)
    var object = JSONLine(
      ScannedFile(bytes: bytes, path: path), start: 0, end: bytes.count, line: record.line)
    let reader = object
    var found: [Float]?
    var isThere = false
    try object.forEachField { (name, value) throws(DataError) in
      guard try reader.isName(name, field) else { return }
      if isThere { throw reader.repeated(field) }
      isThere = true
      found = try reader.floats(value)
    }
    if let found { return found }
    throw DataError(
      .unsuitableValue, path: path, line: record.line,
      problem: isThere
        ? "the field \"\(field)\" holds no list of numbers" : "the object has no field \"\(field)\"",
      advice: "give every text its vector")
  }
}

extension JSONLine {
  /// The elements of a list of numbers alone; nil for other values, and for an empty list.
  func floats(_ value: Value) throws(DataError) -> [Float]? {
    guard case .array(let start, let end) = value else { return nil }
    var numbers: [Float] = []
    var place = start + 1
    while place < end {
      let next = file.bytes[place..<end].firstIndex { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "]") } ?? end
      let text = String(decoding: file.bytes[place..<next], as: UTF8.self).filter { !$0.isWhitespace }
      // The value was read as JSON before, so that what looks like a number is written as one.
      guard let first = text.utf8.first, first == UInt8(ascii: "-") || (0x30...0x39).contains(first),
        let number = Float(text)
      else { return nil }
      numbers.append(number)
      place = next + 1
    }
    return numbers.isEmpty ? nil : numbers
  }
}
