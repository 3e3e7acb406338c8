/// A line of fastText: a text with labels, which begin with a prefix and may stand anywhere in it.
struct FastTextLine: LabeledLine {
  static let labelSummary = "what begins with __label__"
  static let prefix = Array("__label__".utf8)

  /// Where the labels stand, without their prefix.
  private(set) var labels: [Range<Int>] = []
  /// Where the pieces of the text stand, from the first word of each to its last one.
  private(set) var pieces: [Range<Int>] = []

  /// Whether the first line begins with a label, or nearly all lines have one.
  static func isRecognized(in file: ScannedFile, lines: [Range<Int>]) -> Bool {
    func labels(_ line: Range<Int>) -> [Range<Int>] {
      FastTextLine(file, start: line.lowerBound, end: line.upperBound).labels
    }
    let first = lines[0]
    let start = first.first { !isBlank(file[$0]) } ?? first.lowerBound
    if labels(first).first?.lowerBound == start + prefix.count { return true }
    return 10 * lines.count { !labels($0).isEmpty } >= 9 * lines.count
  }

  init(_ file: ScannedFile, start: Int, end: Int) {
    var position = start
    var piece: Range<Int>?
    while position < end {
      if Self.isBlank(file[position]) {
        position += 1
        continue
      }
      var wordEnd = position
      while wordEnd < end, !Self.isBlank(file[wordEnd]) { wordEnd += 1 }
      if wordEnd - position >= Self.prefix.count, file.bytes[position..<wordEnd].starts(with: Self.prefix) {
        // A space that must not break ends a label too.
        if let space = (position..<wordEnd - 1).first(where: { file[$0] == 0xC2 && file[$0 + 1] == 0xA0 }) {
          labels.append(position + Self.prefix.count..<space)
          if let piece { pieces.append(piece) }
          piece = space + 2 < wordEnd ? space + 2..<wordEnd : nil
          position = wordEnd
          continue
        }
        labels.append(position + Self.prefix.count..<wordEnd)
        if let piece { pieces.append(piece) }
        piece = nil
      } else {
        // Blanks between words of one piece stay as they are.
        piece = (piece?.lowerBound ?? position)..<wordEnd
      }
      position = wordEnd
    }
    if let piece { pieces.append(piece) }
    keepTrailingBlanks(file, end: end)
  }

  /// Blanks after the last word belong to the text, as they do in every other format.
  private mutating func keepTrailingBlanks(_ file: ScannedFile, end: Int) {
    guard let last = pieces.last, file.bytes[last.upperBound..<end].allSatisfy(Self.isBlank) else { return }
    pieces[pieces.count - 1] = last.lowerBound..<end
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
}
