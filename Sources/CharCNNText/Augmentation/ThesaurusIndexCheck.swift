/// Compares an index with the entries that it points to, so that a pair of files that do not belong together is found.
struct ThesaurusIndexCheck {
  private let index: ScannedFile
  private let data: ScannedFile

  init(index: ScannedFile, data: ScannedFile) {
    self.index = index
    self.data = data
  }

  func run(encoding: ThesaurusEncoding, entries: Int) throws(DataError) {
    try index.checkEncoding()
    var scanner = LineScanner(index)
    func error(_ problem: String) -> DataError {
      DataError(
        .unrecognizedFormat, path: index.path, line: scanner.line, problem: problem,
        advice: "use the .idx and .dat files of one thesaurus, or remove the .idx file")
    }
    guard try ThesaurusEncoding(firstLineOf: index, &scanner) == encoding else {
      throw error("the encoding is another than that of \(data.path)")
    }
    guard scanner.next(in: index), let count = Int(try encoding.decode(index, scanner)) else {
      throw error("the line is not the number of entries")
    }
    guard count == entries else { throw error("the index has \(count) entries, \(data.path) has \(entries)") }
    var found = 0
    while scanner.next(in: index) {
      let bar = index.find(UInt8(ascii: "|"), from: scanner.start, to: scanner.end)
      let number = index.bytes[min(bar + 1, scanner.end)..<scanner.end]
      guard bar < scanner.end, let offset = Int(String(decoding: number, as: UTF8.self)) else {
        throw error("the line is not WORD|OFFSET")
      }
      let word = index.bytes[scanner.start...bar]
      guard offset >= 0, offset <= data.count - word.count, offset == 0 || data[offset - 1] == 0x0A,
        data.bytes[offset..<offset + word.count].elementsEqual(word)
      else { throw error("the entry does not begin at byte \(offset) of \(data.path)") }
      found += 1
    }
    guard found == count else { throw error("the index announces \(count) entries and has \(found)") }
  }
}
