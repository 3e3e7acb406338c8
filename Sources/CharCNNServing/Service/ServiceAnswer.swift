internal import CharCNN

/// What a client is answered, and what it took.
package struct ServiceAnswer: Sendable {
  /// The answer.
  package var json: String
  /// What it was about.
  package var facts: Facts
  /// How long all of it took.
  package var total: Duration

  /// What a request was about, for those who count.
  package struct Facts: Sendable, Equatable {
    /// What was asked of the model.
    package var operation: ServedModel.Operation
    /// The model that answered.
    package var model: String
    package var version: String
    /// Texts, or pairs of them, that were answered.
    package var texts: Int
    /// Unicode scalars of all texts.
    package var characters: Int
    /// Whether they came as a list.
    package var isBatch: Bool
    /// How long the first of them waited for others to be answered.
    package var waited: Duration

    init(
      _ operation: ServedModel.Operation, of loaded: LoadedModel, _ questions: [Question], isBatch: Bool,
      waited: Duration
    ) {
      (self.operation, self.isBatch, self.waited) = (operation, isBatch, waited)
      (model, version, texts) = (loaded.name, loaded.version, questions.count)
      characters = questions.reduce(0) { $0 + $1.characters }
    }

    /// Counts more questions.
    mutating func add(_ questions: [Question]) {
      texts += questions.count
      characters += questions.reduce(0) { $0 + $1.characters }
    }
  }

  /// What the headers of text-embeddings-inference say; whole milliseconds. Characters are what a model of characters has in the place of
  /// tokens.
  var headers: [String: String] {
    func milliseconds(_ duration: Duration) -> String { "\(Int(duration / .milliseconds(1)))" }
    return [
      "x-compute-type": "cpu", "x-compute-time": milliseconds(total), "x-total-time": milliseconds(total),
      "x-compute-characters": "\(facts.characters)", "x-compute-tokens": "\(facts.characters)",
      "x-tokenization-time": "0", "x-queue-time": milliseconds(facts.waited),
      "x-inference-time": milliseconds(total - facts.waited),
    ]
  }
}

extension Question {
  /// Unicode scalars of its texts.
  fileprivate var characters: Int { text.unicodeScalars.count + (second?.unicodeScalars.count ?? 0) }
}
