/// Texts and, behind them, another edition of each in the same order.
struct CorpusWithCopies: TextCorpus {
  let base: any TextCorpus
  let copies: any TextCorpus

  var count: Int { base.count + copies.count }

  func length(of text: Int) -> Int {
    text < base.count ? base.length(of: text) : copies.length(of: text - base.count)
  }

  func label(of text: Int) -> Int32 { base.label(of: text % base.count) }

  func original(of text: Int) -> Int { base.original(of: text % base.count) }

  func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    if text < base.count {
      try base.copyCharacters(of: text, into: buffer)
    } else {
      try copies.copyCharacters(of: text - base.count, into: buffer)
    }
  }
}
