/// A line of fastText: labels with their prefix, then the text.
struct FastTextLine {
  static let prefix = Array("__label__".utf8)

  /// Where the first label stands, without its prefix; nil if the line begins with none.
  private(set) var label: Range<Int>?
  /// Where the text stands.
  private(set) var text: Range<Int>

  init(_ file: FileBytes, start: Int, end: Int) {
    var position = start
    while position < end, file[position] == 0x20 || file[position] == 0x09 { position += 1 }
    while end - position >= Self.prefix.count,
      file.bytes[position..<position + Self.prefix.count].elementsEqual(Self.prefix)
    {
      let nameStart = position + Self.prefix.count
      var nameEnd = nameStart
      while nameEnd < end, file[nameEnd] != 0x20, file[nameEnd] != 0x09 { nameEnd += 1 }
      if label == nil { label = nameStart..<nameEnd }
      position = nameEnd
      while position < end, file[position] == 0x20 || file[position] == 0x09 { position += 1 }
    }
    text = position..<end
  }
}
