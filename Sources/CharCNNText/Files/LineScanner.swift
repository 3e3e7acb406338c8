/// Steps through the lines of a file that are not blank. Lines end with a line feed, or carriage return and line feed.
struct LineScanner {
  private(set) var offset: Int
  private var nextLine = 1

  /// The current line's first byte, its end, and its number from 1.
  private(set) var start = 0
  private(set) var end = 0
  private(set) var line = 0

  init(_ file: ScannedFile) {
    offset = file.textStart
  }

  /// Goes to the next line; false at the end of the file.
  @inline(__always)
  mutating func next(in file: ScannedFile) -> Bool {
    while offset < file.count {
      start = file.behindMarks(offset)
      end = file.find(0x0A, from: start, to: file.count)
      line = nextLine
      offset = end + 1
      nextLine += 1
      end = file.withoutCarriageReturns(end, from: start)
      if !file.isBlank(start, end) { return true }
    }
    return false
  }
}
