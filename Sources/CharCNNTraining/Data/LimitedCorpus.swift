/// The beginnings of the texts of a corpus.
struct LimitedCorpus: TextCorpus {
  let base: any TextCorpus
  /// Characters of a text at most.
  let limit: Int

  var count: Int { base.count }

  var varies: Bool { base.varies }

  func length(of text: Int) -> Int { min(base.length(of: text), limit) }

  func plannedLength(of text: Int) -> Int { min(base.plannedLength(of: text), limit) }

  func label(of text: Int) -> Int32 { base.label(of: text) }

  func original(of text: Int) -> Int { base.original(of: text) }

  func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    try base.copyCharacters(of: text, into: buffer)
  }

  func edition(of texts: [Int], epoch: Int) throws -> (corpus: any TextCorpus, texts: [Int]) {
    let edition = try base.edition(of: texts, epoch: epoch)
    return (edition.corpus.limited(to: limit), edition.texts)
  }
}

extension TextCorpus {
  /// The beginnings of the texts: the corpus of a part of a model that reads less of them than another.
  package func limited(to limit: Int) -> any TextCorpus { LimitedCorpus(base: self, limit: limit) }
}
