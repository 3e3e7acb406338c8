extension CharacterVectors {
  /// Reads a `.vec` file, line by line; it may be larger than memory.
  ///
  /// Entries of several characters, and entries that are not UTF-8, are skipped and counted; the number of their
  /// numbers is checked all the same.
  ///
  /// - Throws: ``DataError`` with file and line: no such file, empty, a vector of another dimension than the first, a field
  ///   that is not a finite number, a character that occurs twice, other entries than the header announces.
  public init(path: String) throws(DataError) {
    let file = try MappedFile(path: path)
    self = try file.withBytes { bytes throws(DataError) in
      let file = ScannedFile(bytes: bytes, path: path)
      try file.checkEncoding()
      var reader = VectorFileReader(file)
      return try reader.read()
    }
  }
}

/// Reads one file.
private struct VectorFileReader {
  private let file: ScannedFile
  private var scanner: LineScanner

  init(_ file: ScannedFile) {
    self.file = file
    scanner = LineScanner(file)
  }

  mutating func read() throws(DataError) -> CharacterVectors {
    guard scanner.next(in: file) else {
      throw DataError(.emptyFile, path: file.path, problem: "the file has no entries", advice: "name a .vec file")
    }
    let first = fieldCount
    let header = first == 2 ? numbersOfHeader() : nil
    let dimension = header?.dimension ?? first - 1
    guard dimension > 0 else {
      throw error(
        "is neither a header nor a character with its vector", "name a file in word2vec's or fastText's text format")
    }
    var vectors = try checked { () throws(ValueError) in try CharacterVectors(dimension: dimension) }
    var entries = 0
    if header == nil {
      try addEntry(to: &vectors)
      entries += 1
    }
    while scanner.next(in: file) {
      try addEntry(to: &vectors)
      entries += 1
    }
    if let header, header.count != entries {
      throw error(
        "is the last of \(entries) entries; the header announces \(header.count)", "the file is cut off: get it anew")
    }
    return vectors
  }

  private func error(_ problem: String, _ advice: String) -> DataError {
    DataError(.unrecognizedFormat, path: file.path, line: scanner.line, problem: "the line \(problem)", advice: advice)
  }

  /// What is wrong with a value is wrong with the line.
  private func checked<Value>(_ body: () throws(ValueError) -> Value) throws(DataError) -> Value {
    do throws(ValueError) { return try body() } catch {
      throw self.error("does not fit: \(error)", "repair the file or get it anew")
    }
  }

  private mutating func addEntry(to vectors: inout CharacterVectors) throws(DataError) {
    let dimension = vectors.dimension
    let zero = file.find(0, from: scanner.start, to: scanner.end)
    if zero < scanner.end {
      let (problem, advice) = TextBytes.zeroProblem
      throw file.error(
        .zeroByte, at: zero, recordStart: scanner.start, line: scanner.line, problem: problem, advice: advice)
    }
    let count = fieldCount
    // A line that begins with a space may be that of the space itself.
    let isSpace = count == dimension && file[scanner.start] == 0x20
    guard count == dimension + 1 || isSpace else {
      // Some tools write entries with spaces in them: then the second field is no number.
      if count > dimension + 1, let second = field(after: field(after: scanner.start)?.upperBound ?? scanner.end),
        number(second) == nil
      {
        vectors.skippedEntries += 1
        return
      }
      throw DataError(
        .raggedRow, path: file.path, line: scanner.line,
        problem: "the vector has \(count - 1) numbers instead of \(dimension)", advice: "repair the file or get it anew"
      )
    }
    var position = scanner.start
    var unit: String? = " "
    if !isSpace, let entry = field(after: position) {
      position = entry.upperBound
      let text = String(validating: UnsafeBufferPointer(rebasing: file.bytes[entry]), as: UTF8.self)
      if text == CharacterVectors.unknownEntry {
        guard vectors.unknown == nil else { throw error("repeats the entry <unk>", "leave one of them") }
        let numbers = try self.numbers(after: position, count: dimension)
        try checked { () throws(ValueError) in try vectors.setUnknown(numbers) }
        return
      }
      unit = text.flatMap(EntrySpelling.unit)
    }
    guard let unit else {
      vectors.skippedEntries += 1
      return
    }
    let numbers = try self.numbers(after: position, count: dimension)
    guard try checked({ () throws(ValueError) in try vectors.add(unit, numbers) }) else {
      throw error("repeats the entry \"\(EntrySpelling.entry(of: unit))\"", "leave one of them")
    }
  }

  private func numbers(after start: Int, count: Int) throws(DataError) -> [Float] {
    var numbers: [Float] = []
    numbers.reserveCapacity(count)
    var position = start
    while let field = field(after: position) {
      guard let number = number(field) else {
        throw DataError(
          .unrecognizedFormat, path: file.path, line: scanner.line, column: field.lowerBound - scanner.start + 1,
          problem: "\"\(String(decoding: file.bytes[field], as: UTF8.self).prefix(40))\" is not a finite number",
          advice: "repair the file or get it anew")
      }
      numbers.append(number)
      position = field.upperBound
    }
    return numbers
  }

  private func number(_ field: Range<Int>) -> Float? {
    Float(String(decoding: file.bytes[field], as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The next field of the line, from a position on.
  private func field(after position: Int) -> Range<Int>? {
    var start = position
    while start < scanner.end, isSeparator(file[start]) { start += 1 }
    var end = start
    while end < scanner.end, !isSeparator(file[end]) { end += 1 }
    return start < end ? start..<end : nil
  }

  private var fieldCount: Int {
    var count = 0
    var isInside = false
    for position in scanner.start..<scanner.end {
      let separates = isSeparator(file[position])
      if !separates, !isInside { count += 1 }
      isInside = !separates
    }
    return count
  }

  private func isSeparator(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  private func numbersOfHeader() -> (count: Int, dimension: Int)? {
    guard let first = field(after: scanner.start), let second = field(after: first.upperBound) else { return nil }
    func whole(_ field: Range<Int>) -> Int? { Int(String(decoding: file.bytes[field], as: UTF8.self)) }
    guard let count = whole(first), let dimension = whole(second), count >= 0, (1...1_000_000).contains(dimension)
    else { return nil }
    return (count, dimension)
  }
}
