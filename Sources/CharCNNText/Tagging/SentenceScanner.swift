/// Steps through the lines of a file, the blank ones too. Lines end with a line feed, or carriage return and line feed.
struct SentenceScanner {
  private var offset: Int
  private var nextLine = 1
  private(set) var start = 0
  private(set) var end = 0
  private(set) var line = 0

  init(_ file: ScannedFile) { offset = file.textStart }

  mutating func next(in file: ScannedFile) -> Bool {
    guard offset < file.count else { return false }
    start = offset
    end = file.find(0x0A, from: offset, to: file.count)
    line = nextLine
    offset = end + 1
    nextLine += 1
    if end > start, file[end - 1] == 0x0D { end -= 1 }
    return true
  }

  /// The fields of the line: between tabs, or where it has none between runs of spaces.
  func fields(in file: ScannedFile) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    if file.find(0x09, from: start, to: end) < end {
      var position = start
      while position <= end {
        let next = file.find(0x09, from: position, to: end)
        fields.append(position..<next)
        position = next + 1
      }
      return fields
    }
    var position = start
    while position < end {
      while position < end, file[position] == 0x20 { position += 1 }
      let next = file.find(0x20, from: position, to: end)
      if next > position { fields.append(position..<next) }
      position = next
    }
    return fields
  }

  func string(_ range: Range<Int>, in file: ScannedFile) throws(DataError) -> String {
    try file.string(range.lowerBound, range.upperBound, recordStart: start, line: line)
  }

  /// The whole line.
  func text(in file: ScannedFile) throws(DataError) -> String { try string(start..<end, in: file) }

  /// Refuses a byte zero anywhere in the line, also in columns that nobody reads.
  func checkZero(in file: ScannedFile) throws(DataError) {
    if file.find(0, from: start, to: end) < end { _ = try text(in: file) }
  }

  func error(_ kind: DataError.Kind, at offset: Int, in file: ScannedFile, _ problem: String, _ advice: String)
    -> DataError
  {
    file.error(kind, at: offset, recordStart: start, line: line, problem: problem, advice: advice)
  }
}
