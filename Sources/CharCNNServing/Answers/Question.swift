/// What is asked of a model: a text, or a pair of them.
package struct Question: Sendable, Hashable {
  /// The text; of a pair, the first.
  package var text: String
  /// The second text of a pair.
  package var second: String?
  /// The likeliest labels that are wanted, or the best sequences of tags.
  package var top: Int

  /// A question.
  package init(_ text: String, second: String? = nil, top: Int = 1) {
    (self.text, self.second, self.top) = (text, second, top)
  }

  /// What it costs to answer: the bytes of its texts, at least as many as it takes to handle any.
  package var cost: Int { max(text.utf8.count + (second?.utf8.count ?? 0), 16) }
}
