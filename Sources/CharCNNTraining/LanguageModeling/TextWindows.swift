internal import CharCNNCompute

/// A run of neighbouring characters of one file.
public struct TextSegment: Sendable, Equatable {
  /// Number of the file.
  public let file: Int
  /// Characters of the file.
  public let range: Range<Int>

  /// A run of characters.
  public init(file: Int, range: Range<Int>) {
    self.file = file
    self.range = range
  }
}

/// Windows of equal size that segments are cut into. Each epoch cuts elsewhere, so that every character is met with
/// different ones before it.
struct TextWindows {
  let segments: [TextSegment]
  let size: Int
  /// Number of the first window of each segment, and of the end.
  private let starts: [Int]
  private let seed: UInt64

  init(_ segments: [TextSegment], size: Int, seed: UInt64) {
    self.segments = segments
    self.size = size
    self.seed = seed
    var starts = [0]
    for segment in segments { starts.append((starts.last ?? 0) + (segment.range.count + size - 1) / size) }
    self.starts = starts
  }

  var count: Int { starts.last ?? 0 }

  /// A window and its segment. An epoch begins `shift` characters before the segment, so that its first window is shorter
  /// and up to as many of its last characters are left out.
  func window(_ number: Int, epoch: Int) -> (segment: TextSegment, range: Range<Int>) {
    var (low, high) = (0, segments.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= number { low = middle } else { high = middle }
    }
    let segment = segments[low]
    let key = Randomness(seed: seed, step: UInt64(epoch)).key(.windows, index: low)
    let shift = epoch <= 1 ? 0 : Int(Randomness.word(key: key, index: 0)) % size
    let start = segment.range.lowerBound + (number - starts[low]) * size - shift
    let lower = max(start, segment.range.lowerBound)
    return (segment, lower..<min(start + size, segment.range.upperBound))
  }
}

extension CharacterStream {
  /// All files whole.
  public var segments: [TextSegment] {
    (0..<fileCount).compactMap { file in
      length(ofFile: file) == 0 ? nil : TextSegment(file: file, range: 0..<length(ofFile: file))
    }
  }

  /// Holds out blocks that are spread at random over the files.
  ///
  /// - Parameters:
  ///   - fraction: Part of the characters to hold out.
  ///   - block: Characters of a block; less where the texts are so short that there would be few of them.
  ///   - seed: Of the choice.
  public func split(fraction: Double, block wanted: Int, seed: UInt64) -> (
    training: [TextSegment], validation: [TextSegment]
  ) {
    let total = segments.reduce(0) { $0 + $1.range.count }
    let block = max(1, min(wanted, total / 20))
    let counts = (0..<fileCount).map { (length(ofFile: $0) + block - 1) / block }
    let blocks = counts.reduce(0, +)
    let most = max(1, Self.longestValidation / block)
    let held = min(max(1, Int((Double(blocks) * fraction).rounded())), most, max(blocks - 1, 0))
    var isHeld = [Bool](repeating: false, count: blocks)
    for number in EpochOrder.shuffled(count: blocks, randomness: Randomness(seed: seed)).prefix(held) {
      isHeld[Int(number)] = true
    }
    var (training, validation): ([TextSegment], [TextSegment]) = ([], [])
    var first = 0
    for (file, count) in counts.enumerated() {
      var start = 0
      while start < count {
        var end = start + 1
        while end < count, isHeld[first + end] == isHeld[first + start] { end += 1 }
        let segment = TextSegment(
          file: file, range: start * block..<min(end * block, length(ofFile: file)))
        if isHeld[first + start] { validation.append(segment) } else { training.append(segment) }
        start = end
      }
      first += count
    }
    return (training, validation)
  }

  /// Held-out characters at most: more would only cost time.
  private static let longestValidation = 500_000
}
