internal import CharCNN
package import CharCNNCompute
internal import CharCNNStorage

/// A model that answers, with those who wait for it.
///
/// It stays whole for everybody who has it: a newer one that takes its place leaves it to the requests that began with it.
package final class LoadedModel: Sendable {
  /// How models are opened, and how much may wait for them.
  package struct Options: Sendable {
    /// Threads of a model; nil for one a core.
    package var threads: Int?
    /// Vector instructions.
    package var instructions = InstructionSet.best
    /// What convolutions and dense products multiply.
    package var precision = Precision.single
    /// Bytes of texts that are answered together.
    package var batchCost = 16_384
    /// Bytes of texts that may wait for a model; beyond that, requests are refused.
    package var waitingCost = 4_000_000
    /// Stored indexes by the names of their models.
    package var indexes: [String: StoredIndex.Source] = [:]

    /// The default options.
    package init() {}
  }

  /// What it is called.
  package let name: String
  /// Its version, as its folder says.
  package let version: String
  /// The digest of its manifest: another model of the same name and version has another one.
  package let digest: String
  /// The model.
  package let model: ServedModel
  /// Bytes of texts that are answered together.
  let batchCost: Int
  /// Answers what is predicted.
  package let predictions: Batcher<Question, ModelAnswer>
  /// Makes vectors of texts.
  package let vectors: Batcher<String, [Float]>
  /// What was stored for it, to find the nearest in.
  let index: StoredIndex?
  /// What may be asked of it.
  package let operations: Set<ServedModel.Operation>

  /// What is asked of it where nothing is said: what it was trained for.
  package var usualOperation: ServedModel.Operation {
    switch model.task {
    case .language: operations.contains(.generate) ? .generate : .embed
    case .embedding: .embed
    default: .predict
    }
  }

  /// Opens a model, checks all of it and warms it up.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - name: What it is called.
  ///   - version: Its version.
  ///   - options: How.
  ///   - told: Receives the size of each batch.
  /// - Throws: `StorageError` that says which file is wrong and how.
  package init(
    _ path: String, name: String, version: String, options: Options,
    told: @escaping @Sendable (_ questions: Int, _ cost: Int) -> Void = { _, _ in }
  ) throws {
    let bundle = try ModelBundle(reading: path)
    let model = try ServedModel(
      bundle, threads: options.threads, instructions: options.instructions, precision: options.precision)
    model.warmUp()
    (self.name, self.version, self.model) = (name, version, model)
    (digest, batchCost) = (bundle.digest, options.batchCost)
    index = try options.indexes[name].map { source in
      guard let vectorizer = model.vectorizer else {
        throw StorageError(
          .otherTask, path: path, problem: "makes no vectors of texts, to find the nearest by",
          advice: "give the index to another model")
      }
      return try StoredIndex(source, vectorizer)
    }
    operations = model.operations.union(index == nil ? [] : [.nearest])
    let alone = WorkAlone(model)
    predictions = Batcher(
      name: "predictions of \(name)", mostCost: options.batchCost, mostWaiting: options.waitingCost, told: told
    ) { questions, ofSeveral in
      Self.shared(questions.reduce(0) { $0 + $1.cost } > alone.bytes(ofSeveral)) { model.answers(to: questions) }
    }
    vectors = Batcher(
      name: "vectors of \(name)", mostCost: options.batchCost, mostWaiting: options.waitingCost, told: told
    ) { texts, ofSeveral in
      Self.shared(texts.reduce(0) { $0 + $1.utf8.count } > alone.bytes(ofSeveral)) {
        model.vectorizer?.vectors(for: texts) ?? texts.map { _ in [] }
      }
    }
  }

  private static func shared<Result>(_ isShared: Bool, _ body: () -> Result) -> Result {
    isShared ? body() : ThreadPool.alone(body)
  }

  /// What waits for it: texts, and their bytes.
  package var waiting: (questions: Int, cost: Int) {
    let (asked, wanted) = (predictions.waiting, vectors.waiting)
    return (asked.questions + wanted.questions, asked.cost + wanted.cost)
  }

  /// The answers to some questions, in their order; see ``Batcher/answered(_:costs:)``.
  package func answered(_ questions: [Question]) async throws -> Batcher<Question, ModelAnswer>.Answered {
    try await predictions.answered(questions, costs: questions.map(\.cost))
  }

  /// The same without how long they took.
  package func answers(to questions: [Question]) async throws -> [ModelAnswer] { try await answered(questions).answers }

  /// The vectors of some texts, in their order.
  package func vectors(of texts: [String]) async throws -> Batcher<String, [Float]>.Answered {
    try await vectors.answered(texts, costs: texts.map { Question($0).cost })
  }
}
