package import CharCNN
package import CharCNNCompute
internal import CharCNNFiles
package import CharCNNStorage

/// A trained model of any task, as it is served.
package struct ServedModel: Sendable {
  /// What it is.
  package enum Kind: Sendable {
    case classifier(TextClassifier)
    case regressor(TextRegressor)
    case tagger(SequenceTagger)
    case matcher(TextMatcher)
    case language(CharacterLanguageModel)
    case embedder(TextEmbedder)
  }

  /// What may be asked of a model.
  package enum Operation: String, Sendable, Hashable, CaseIterable {
    /// Labels, a score, tags, how two texts relate; what the model was trained for.
    case predict
    /// Why a text has its label.
    case explain
    /// The language of a text. Whether the labels of a classifier are languages is for those to know who ask; it must give one label a text.
    case detect
    /// A vector for a text.
    case embed
    /// A text that goes on.
    case generate
    /// The texts of a stored index that are nearest to a text.
    case nearest
  }

  /// The model.
  package let kind: Kind
  /// What it was trained for.
  package let task: ModelTask
  /// Takes vectors from it; nil for a model that makes none of a text.
  package let vectorizer: (any TextVectorizer)?
  /// For each number of labels what they count in an answer at most.
  let partsOfLabels: [Int]

  /// Opens a model; all of it is checked.
  ///
  /// - Parameters:
  ///   - bundle: The folder.
  ///   - threads: Number of threads; nil for one a core.
  ///   - instructions: Vector instructions.
  ///   - precision: What convolutions and dense products multiply.
  /// - Throws: `StorageError` that says which file is wrong and how.
  package init(
    _ bundle: ModelBundle, threads: Int?, instructions: InstructionSet = .best, precision: Precision = .single
  ) throws {
    task = try bundle.task()
    let model: any TextVectorizer
    switch task {
    case .classification:
      let classifier = try TextClassifier(bundle, threads: threads, instructions: instructions, precision: precision)
      (kind, model) = (.classifier(classifier), classifier)
    case .regression:
      let regressor = try TextRegressor(bundle, threads: threads, instructions: instructions, precision: precision)
      (kind, model) = (.regressor(regressor), regressor)
    case .tagging:
      let tagger = try SequenceTagger(bundle, threads: threads, instructions: instructions, precision: precision)
      (kind, model) = (.tagger(tagger), tagger)
    case .matching:
      let matcher = try TextMatcher(bundle, threads: threads, instructions: instructions, precision: precision)
      (kind, model) = (.matcher(matcher), matcher)
    case .language:
      let language = try CharacterLanguageModel(
        bundle, threads: threads, instructions: instructions, precision: precision)
      (kind, model) = (.language(language), language)
    case .embedding:
      let embedder = try TextEmbedder(bundle, threads: threads, instructions: instructions, precision: precision)
      (kind, model) = (.embedder(embedder), embedder)
    }
    vectorizer = model.dimension > 0 ? model : nil
    partsOfLabels = Self.partsOfLabels(Self.labels(of: kind))
  }

  /// What may be asked of it; what else was stored for it comes on top (``LoadedModel/operations``).
  package var operations: Set<Operation> {
    var operations: Set<Operation> = vectorizer == nil ? [] : [.embed]
    switch kind {
    case .classifier(let classifier):
      operations.formUnion([.predict, .explain])
      if !classifier.allowsSeveralLabels { operations.insert(.detect) }
    case .regressor, .tagger, .matcher: operations.formUnion([.predict, .explain])
    case .embedder: break
    case .language(let model): if model.objective == .causal { operations.insert(.generate) }
    }
    return operations
  }

  /// What may be asked of it where the names of labels come with the request, as a base of vectors knows them.
  package var operationsByNames: Set<Operation> { task == .embedding ? [.predict, .explain] : [] }

  /// Whether a question needs two texts.
  package var takesPairs: Bool { task == .matching }

  /// The labels that it may give; none for scores and vectors.
  package var labels: [String] { Self.labels(of: kind) }

  private static func labels(of kind: Kind) -> [String] {
    switch kind {
    case .classifier(let classifier): classifier.labels
    case .regressor(let regressor): (regressor.grades ?? []).map(Decimals.short)
    case .tagger(let tagger): tagger.labels
    case .matcher(let matcher): matcher.labels
    case .language, .embedder: []
    }
  }

  /// Whether some part of it reads no more than the beginning of a text.
  package func cuts(_ text: String) -> Bool {
    switch kind {
    case .classifier(let classifier): classifier.cuts(text)
    case .regressor(let regressor): regressor.cuts(text)
    case .matcher(let matcher): matcher.cuts(text)
    case .embedder(let embedder): embedder.cuts(text)
    case .tagger, .language: false
    }
  }

  /// Answers a question of each kind, so that the first client does not wait for memory and packed weights.
  package func warmUp() {
    let question = Question("Warm, 热身。", second: takesPairs ? "warm" : nil)
    if operations.contains(.predict) { _ = answers(to: [question, question]) }
    _ = vectorizer?.vectors(for: [question.text])
  }
}
