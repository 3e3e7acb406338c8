public import CharCNNText

/// The characters of running text as alphabet indices: in memory, or encoded again when they are needed, so that
/// the files may be larger than memory.
public struct CharacterStream: Sendable {
  private struct Pieces: Sendable {
    let text: PlainText
    /// The number of the first character of each piece, and of the end.
    var starts: [Int] = [0]
  }

  private enum Characters: Sendable {
    case narrow([UInt16])
    case wide([Int32])
    case files
  }

  private var pieces: [Pieces] = []
  private var characters = Characters.files
  /// Number of the first character of each file among those in memory.
  private var offsets: [Int] = []
  private let encoder: TextEncoder
  /// Characters that the alphabet does not have.
  public private(set) var unknownCount = 0
  /// A digest of all texts.
  public let digest: String

  /// Encoded characters that are kept in memory; more are read from their files again.
  public static let memoryBudget = 64_000_000

  /// Reads all texts once.
  ///
  /// - Parameters:
  ///   - texts: The texts, such as files.
  ///   - encoder: Alphabet and settings; the longest length does not count.
  ///   - memoryBudget: Encoded characters to keep in memory at most.
  ///   - check: Asked before each piece; what it throws ends the reading.
  /// - Throws: `DataError` at the first fault; what `check` throws.
  public init(
    _ texts: [PlainText], encoder: TextEncoder, memoryBudget: Int = CharacterStream.memoryBudget,
    check: () throws -> Void = {}
  ) throws {
    var settings = encoder.settings
    settings.maximumLength = .max
    self.encoder = TextEncoder(settings: settings, alphabet: encoder.alphabet)
    var digest = TextDigest()
    var narrow: [UInt16] = []
    var wide: [Int32] = []
    let isNarrow = encoder.alphabet.count <= 1 << 16
    var total = 0
    var scratch: [Int32] = []
    for text in texts {
      var file = Pieces(text: text)
      offsets.append(total)
      for number in 0..<file.text.count {
        try check()
        let piece = try file.text.piece(number)
        digest.add(piece)
        scratch.removeAll(keepingCapacity: true)
        unknownCount += self.encoder.encode(piece, into: &scratch).unknownCount
        file.starts.append(file.starts[number] + scratch.count)
        total += scratch.count
        guard total <= memoryBudget else {
          (narrow, wide) = ([], [])
          continue
        }
        if isNarrow {
          narrow.append(contentsOf: scratch.lazy.map { UInt16(truncatingIfNeeded: $0) })
        } else {
          wide += scratch
        }
      }
      digest.endText()
      pieces.append(file)
    }
    self.digest = digest.hexDigest
    if total <= memoryBudget { characters = isNarrow ? .narrow(narrow) : .wide(wide) }
  }

  /// Number of files.
  public var fileCount: Int { pieces.count }

  /// Characters of a file.
  public func length(ofFile file: Int) -> Int { pieces[file].starts.last ?? 0 }

  /// Writes the characters of a file from `start` on, as many as the buffer holds.
  ///
  /// - Throws: `DataError` when the file has changed.
  public func copy(file: Int, from start: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    guard !buffer.isEmpty else { return }
    switch characters {
    case .narrow(let all):
      let first = offsets[file] + start
      all.withUnsafeBufferPointer { all in
        for place in buffer.indices { buffer[place] = Int32(all[first + place]) }
      }
    case .wide(let all):
      let first = offsets[file] + start
      all.withUnsafeBufferPointer { all in
        _ = buffer.update(fromContentsOf: UnsafeBufferPointer(rebasing: all[first..<first + buffer.count]))
      }
    case .files: try read(pieces[file], from: start, into: buffer)
    }
  }

  /// The first characters of some segments, one array for each.
  ///
  /// - Parameter atMost: Characters of all together.
  /// - Throws: `DataError` when a file has changed.
  public func characters(of segments: [TextSegment], atMost: Int) throws -> [[Int32]] {
    var left = atMost
    var result: [[Int32]] = []
    for segment in segments where left > 0 {
      var characters = [Int32](repeating: 0, count: min(segment.range.count, left))
      try characters.withUnsafeMutableBufferPointer {
        try copy(file: segment.file, from: segment.range.lowerBound, into: $0)
      }
      left -= characters.count
      result.append(characters)
    }
    return result
  }

  private func read(_ file: Pieces, from start: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    // The last piece that begins at or before the start.
    var number = file.starts.partitioningIndex { $0 > start } - 1
    var done = 0
    var scratch: [Int32] = []
    while done < buffer.count {
      scratch.removeAll(keepingCapacity: true)
      encoder.encode(try file.text.piece(number), into: &scratch)
      guard scratch.count == file.starts[number + 1] - file.starts[number] else {
        throw DataError(
          .unreadable, path: file.text.path, problem: "the text has changed",
          advice: "keep the file as it is while it is in use")
      }
      let first = start + done - file.starts[number]
      let count = min(scratch.count - first, buffer.count - done)
      for place in 0..<count { buffer[done + place] = scratch[first + place] }
      done += count
      number += 1
    }
  }
}

extension [Int] {
  /// The first index whose element fulfils a condition that all later ones fulfil too.
  fileprivate func partitioningIndex(where condition: (Int) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if condition(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
