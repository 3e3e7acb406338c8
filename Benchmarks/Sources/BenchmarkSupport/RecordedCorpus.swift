public import CharCNNToolkit
internal import Synchronization

/// A corpus that remembers which texts training asked for, batch by batch, so that others can be given the same batches.
public final class RecordedCorpus: TextCorpus {
  private let base: any TextCorpus
  private let record = Mutex<[[Int]]>([])

  /// Records what is asked of `base`.
  public init(_ base: any TextCorpus) { self.base = base }

  /// Text numbers of every batch so far.
  public var batches: [[Int]] { record.withLock { $0 } }

  /// Number of texts.
  public var count: Int { base.count }

  /// Characters of a text.
  public func length(of text: Int) -> Int { base.length(of: text) }

  /// Class number of a text.
  public func label(of text: Int) -> Int32 { base.label(of: text) }

  /// Writes the first characters of a text.
  public func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    try base.copyCharacters(of: text, into: buffer)
  }

  /// Yes, so that the trainer asks for every batch here, whatever the base does.
  public var varies: Bool { true }

  /// What the base makes of the texts; remembers their numbers.
  public func edition(of texts: [Int], epoch: Int) throws -> (corpus: any TextCorpus, texts: [Int]) {
    record.withLock { $0.append(Array(texts)) }
    return try base.edition(of: texts, epoch: epoch)
  }
}

extension TextCorpus {
  /// Alphabet indices of a text.
  public func characters(of text: Int) throws -> [Int32] {
    var failure: (any Error)?
    let characters = [Int32](unsafeUninitializedCapacity: length(of: text)) { buffer, count in
      count = length(of: text)
      do { try copyCharacters(of: text, into: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    return characters
  }
}
