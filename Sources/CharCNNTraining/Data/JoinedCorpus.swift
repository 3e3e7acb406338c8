/// The texts of one corpus, and behind them those of another.
package struct JoinedCorpus: TextCorpus {
  private let first: any TextCorpus
  private let second: any TextCorpus

  /// - Parameters:
  ///   - first: Texts that keep their numbers.
  ///   - second: Texts that begin with the next one.
  package init(_ first: any TextCorpus, _ second: any TextCorpus) { (self.first, self.second) = (first, second) }

  package var count: Int { first.count + second.count }

  package func length(of text: Int) -> Int { ask(text) { $0.length(of: $1) } }

  package func label(of text: Int) -> Int32 { ask(text) { $0.label(of: $1) } }

  package func original(of text: Int) -> Int { text < first.count ? first.original(of: text) : text }

  package func copyCharacters(of text: Int, into buffer: UnsafeMutableBufferPointer<Int32>) throws {
    try ask(text) { try $0.copyCharacters(of: $1, into: buffer) }
  }

  private func ask<Answer>(
    _ text: Int, _ body: (_ corpus: any TextCorpus, _ text: Int) throws -> Answer
  ) rethrows -> Answer {
    text < first.count ? try body(first, text) : try body(second, text - first.count)
  }
}
