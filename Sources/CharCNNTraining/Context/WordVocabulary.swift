internal import CharCNNNetworks
public import CharCNNText

/// The frequent words of texts, which are the classes of pre-training on context.
public struct WordVocabulary: Sendable {
  /// The words, in the order of their classes.
  public let labels: LabelSet
  let scanner: WordScanner
  /// Class of a word by its key.
  let classes: [UInt64: Int32]
  /// How readily a word is drawn where it occurs, 0 to 1, by its class.
  let readiness: [Float]

  private struct Entry {
    var count = 0
    let file: Int
    let place: Range<Int>
  }

  /// Counts the words of lines.
  ///
  /// - Parameters:
  ///   - stream: The texts.
  ///   - lines: Which parts of them.
  ///   - settings: How many words to keep, and which are common.
  ///   - unit: What a character of the texts is.
  /// - Throws: When a text cannot be read again; ``ConfigurationError`` where too few words occur often enough.
  public init(
    _ stream: CharacterStream, lines: [TextSegment], settings: ContextSettings, unit: CharacterUnit
  ) throws {
    let scanner = WordScanner(stream.alphabet, unit: unit)
    var entries: [UInt64: Entry] = [:]
    var total = 0
    for line in lines {
      try stream.forEachPiece(of: line) { first, characters in
        scanner.forEachWord(in: characters) { place, key in
          let place = first + place.lowerBound..<first + place.upperBound
          entries[key, default: Entry(file: line.file, place: place)].count += 1
          total += 1
        }
      }
    }
    let frequent = entries.filter { $0.value.count >= Self.leastCount }.sorted { left, right in
      let (left, right) = (left.value, right.value)
      if left.count != right.count { return left.count > right.count }
      return (left.file, left.place.lowerBound) < (right.file, right.place.lowerBound)
    }
    var words: [String: (key: UInt64, count: Int)] = [:]
    var characters: [Int32] = []
    for (key, entry) in frequent.prefix(settings.vocabulary) {
      try stream.read(TextSegment(file: entry.file, range: entry.place), into: &characters)
      let word = characters.compactMap(stream.alphabet.unit(at:)).joined()
      if words[word] == nil { words[word] = (key, entry.count) }
    }
    guard words.count >= 2 else {
      throw ConfigurationError(
        setting: "the context objective",
        problem: "needs words that occur \(Self.leastCount) times, and the texts have \(words.count) of them")
    }
    let labels = LabelSet(words.keys)
    var classes: [UInt64: Int32] = [:]
    var readiness: [Float] = []
    for (number, label) in labels.labels.enumerated() {
      guard let (key, count) = words[label] else { continue }
      classes[key] = Int32(number)
      let share = Float(count) / Float(max(total, 1))
      readiness.append(min(1, (settings.common / share).squareRoot()))
    }
    self.scanner = scanner
    self.labels = labels
    self.classes = classes
    self.readiness = readiness
  }

  /// Occurrences that make a word frequent.
  private static let leastCount = 5
}
