internal import CharCNNText

extension CharacterStream {
  /// The lines of all files that are long enough to have something around a window, without their line ends.
  ///
  /// - Parameter least: Characters that a line has at least.
  /// - Throws: When a text cannot be read again.
  public func lines(atLeast least: Int) throws -> [TextSegment] {
    let ends = Set(["\n", "\r", "\r\n"].map { alphabet[$0] }.filter { $0 != Alphabet.unknown })
    var lines: [TextSegment] = []
    for segment in segments {
      var start = segment.range.lowerBound
      func close(at end: Int) {
        if end - start >= least { lines.append(TextSegment(file: segment.file, range: start..<end)) }
        start = end + 1
      }
      try forEachPiece(of: segment) { first, characters in
        for (place, character) in characters.enumerated() where ends.contains(character) { close(at: first + place) }
      }
      close(at: segment.range.upperBound)
    }
    return lines
  }

  /// Hands the characters of a segment to `body`, some thousand at a time, with the number of the first of them.
  func forEachPiece(of segment: TextSegment, _ body: (_ first: Int, _ characters: ArraySlice<Int32>) -> Void) throws {
    var piece: [Int32] = []
    var start = segment.range.lowerBound
    while start < segment.range.upperBound {
      let count = min(Self.pieceLength, segment.range.upperBound - start)
      try read(TextSegment(file: segment.file, range: start..<start + count), into: &piece)
      body(start, piece[...])
      start += count
    }
  }

  /// Reads a segment; `characters` are replaced.
  func read(_ segment: TextSegment, into characters: inout [Int32]) throws {
    let count = segment.range.count
    if characters.count > count { characters.removeLast(characters.count - count) }
    while characters.count < count { characters.append(0) }
    try characters.withUnsafeMutableBufferPointer {
      try copy(file: segment.file, from: segment.range.lowerBound, into: $0)
    }
  }

  private static let pieceLength = 1 << 16
}
