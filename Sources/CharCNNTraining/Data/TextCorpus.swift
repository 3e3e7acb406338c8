/// Encoded texts with class numbers, in memory or read again from their file.
public protocol TextCorpus: Sendable {
  /// Number of texts.
  var count: Int { get }
  /// Characters of a text after encoding (and cutting).
  func length(of text: Int) -> Int
  /// Characters that a text takes in training, on average where it varies: batches are planned by it.
  func plannedLength(of text: Int) -> Int
  /// Class number of a text; -1 for a label that training does not know.
  func label(of text: Int) -> Int32
  /// The number that a text has in the corpus that this one is a part, or another view, of; by default its own.
  func original(of text: Int) -> Int
  /// Writes the first characters of a text, as many as the buffer holds.
  ///
  /// - Throws: When the text cannot be read again.
  func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws
  /// Whether ``edition(of:epoch:)`` gives anything but the texts themselves; it is not asked where this is false.
  var varies: Bool { get }
  /// Some texts as an epoch of training sees them: a corpus and their numbers in it. By default the texts themselves; a
  /// corpus that varies its texts gives others.
  ///
  /// - Throws: When a text cannot be read again.
  func edition(of texts: [Int], epoch: Int) throws -> (corpus: any TextCorpus, texts: [Int])
}

extension TextCorpus {
  /// The text itself.
  public func original(of text: Int) -> Int { text }

  /// No.
  public var varies: Bool { false }

  /// The length of the text.
  public func plannedLength(of text: Int) -> Int { length(of: text) }

  /// The texts themselves.
  public func edition(of texts: [Int], epoch: Int) -> (corpus: any TextCorpus, texts: [Int]) {
    (self, texts)
  }
}

/// Encoded texts in memory.
public struct MemoryCorpus: TextCorpus {
  /// Two bytes a character while they suffice, as they do for nearly all alphabets.
  private enum Characters {
    case narrow([UInt16])
    case wide([Int32])
  }

  // Three words, so that a value of the protocol's type holds them without a box.
  private var characters = Characters.narrow([])
  private var ends: [Int] = []
  private var labels: [Int32] = []

  /// No texts.
  public init() {}

  /// Adds a text that `encode` appends to the characters.
  public mutating func append(label: Int32, encode: (inout [Int32]) -> Void) {
    var text: [Int32] = []
    encode(&text)
    append(text)
    ends.append((ends.last ?? 0) + text.count)
    labels.append(label)
  }

  private mutating func append(_ text: [Int32]) {
    switch characters {
    case .narrow(var all):
      // Taken out, so that the array stays the only one of its storage.
      characters = .narrow([])
      if text.allSatisfy({ UInt16(exactly: $0) != nil }) {
        all.append(contentsOf: text.lazy.map { UInt16(truncatingIfNeeded: $0) })
        characters = .narrow(all)
      } else {
        characters = .wide(all.map(Int32.init) + text)
      }
    case .wide(var all):
      characters = .narrow([])
      all += text
      characters = .wide(all)
    }
  }

  /// Number of texts.
  public var count: Int { ends.count }

  /// Characters of a text.
  public func length(of text: Int) -> Int { ends[text] - start(of: text) }

  /// Class number of a text.
  public func label(of text: Int) -> Int32 { labels[text] }

  /// Writes the first characters of a text.
  public func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) {
    guard !buffer.isEmpty else { return }
    let start = start(of: text)
    precondition(start + buffer.count <= ends[text], "a buffer longer than the text")
    switch characters {
    case .narrow(let all):
      all.withUnsafeBufferPointer { all in
        for place in buffer.indices { buffer[place] = Int32(all[start + place]) }
      }
    case .wide(let all):
      all.withUnsafeBufferPointer { all in
        _ = buffer.update(fromContentsOf: UnsafeBufferPointer(rebasing: all[start..<start + buffer.count]))
      }
    }
  }

  private func start(of text: Int) -> Int { text == 0 ? 0 : ends[text - 1] }
}

/// Some texts of a corpus.
public struct CorpusSubset: TextCorpus {
  private let base: any TextCorpus
  private let texts: [Int32]

  /// The texts of `base` with these numbers.
  public init(_ base: any TextCorpus, texts: [Int]) {
    self.base = base
    self.texts = texts.map(Int32.init)
  }

  /// Number of texts.
  public var count: Int { texts.count }

  /// Characters of a text.
  public func length(of text: Int) -> Int { base.length(of: Int(texts[text])) }

  /// Characters that a text takes in training.
  public func plannedLength(of text: Int) -> Int { base.plannedLength(of: Int(texts[text])) }

  /// Class number of a text.
  public func label(of text: Int) -> Int32 { base.label(of: Int(texts[text])) }

  /// The number of a text in what the base is a part of.
  public func original(of text: Int) -> Int { base.original(of: Int(texts[text])) }

  /// Writes the first characters of a text.
  public func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    try base.copyCharacters(of: Int(texts[text]), into: buffer)
  }

  /// Whether the base varies.
  public var varies: Bool { base.varies }

  /// What the base makes of the texts.
  public func edition(of texts: [Int], epoch: Int) throws -> (corpus: any TextCorpus, texts: [Int]) {
    let numbers = texts.map { Int(self.texts[$0]) }
    return try base.edition(of: numbers, epoch: epoch)
  }
}
