public import CharCNNCompute

/// A tag for every word, which is known by its characters: convolutions over the characters and their maxima over the
/// word, hashed n-grams of the word, the vector that a base gives of the word, residual gated convolutions over the words of the sentence, and a conditional random
/// field.
///
/// Sources: dos Santos & Zadrozny (2014), "Learning Character-level Representations for Part-of-Speech Tagging";
/// Bojanowski 2017, "Enriching Word Vectors with Subword Information" (hashed n-grams); Strubell 2017, "Fast and Accurate
/// Entity Recognition with Iterated Dilated Convolutions"; Dauphin 2017 (the gate). Differences: there are no word
/// vectors but the hashed rows, which are learned from the training texts alone.
public struct WordTagger: TaggingNetwork {
  /// The settings it was made from.
  public let configuration: WordTaggerConfiguration
  public let parameters: ParameterLayout
  private let embedding: CharacterEmbedding
  private let convolutions: [Convolution]
  private let ngrams: HashedRows
  private let hash: NgramHash
  private let frozen: FrozenVectors?
  private let inputDropout: Dropout
  private let stack: TaggerStack

  /// What the backward pass needs. Its lists lie in the step's memory, so that a step allocates nothing.
  public struct Saved {
    struct Branch: BitwiseCopyable {
      let convolution: Convolution.Saved
      let winners: IndexTensor
    }

    let words: PackedSequences
    let characters: EmbeddedCharacters
    let embedding: CharacterEmbedding.Saved
    let branches: UnsafeMutableBufferPointer<Branch>
    let maxima: Tensor
    let ngrams: HashedRows.Saved
    let vectors: FrozenVectors.Saved?
    let stack: TaggerStack.Saved
  }

  public var unit: TaggingUnit { .word }
  package var vectors: VectorReader? { frozen?.reader }

  /// Lays out the parameters; their values live in a ``ParameterStore``.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  public init(_ configuration: WordTaggerConfiguration) throws(ConfigurationError) {
    try self.init(configuration, vectors: nil)
  }

  /// The same with the vectors that a base gives of words beside them; nil for none.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  package init(_ configuration: WordTaggerConfiguration, vectors: VectorReader?) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    var builder = ParameterBuilder()
    embedding = builder.scope("embedding", part: .embedding) {
      CharacterEmbedding(
        alphabetSize: configuration.alphabetSize, dimension: configuration.embedding,
        dropRate: configuration.characterDropout, builder: &$0)
    }
    convolutions = configuration.characterWidths.enumerated().map { number, width in
      // They stand side by side, one layer.
      builder.scope("characters.\(number)", part: .body(0)) {
        Convolution(
          inputs: configuration.embedding, outputs: configuration.characterFilters,
          geometry: WindowGeometry(width: width), builder: &$0)
      }
    }
    ngrams = builder.scope("ngrams", part: .table) {
      HashedRows(
        bits: configuration.ngramBits, columns: configuration.ngramWidth, dropRate: configuration.ngramDropout,
        builder: &$0)
    }
    hash = NgramHash(lengths: configuration.ngrams, bits: configuration.ngramBits)
    frozen = vectors.map { vectors in
      builder.scope("vectors", part: .body(0)) { FrozenVectors(vectors, builder: &$0) }
    }
    inputDropout = Dropout(rate: configuration.inputDropout, builder: &builder)
    stack = TaggerStack(
      inputs: configuration.wordChannels + (frozen?.channels ?? 0), configuration: configuration.gated,
      output: configuration.output,
      builder: &builder)
    parameters = builder.layout
  }

  public func emissions(_ batch: TaggingBatch, _ pass: Pass) -> (emissions: Tensor, saved: Saved) {
    let words = batch.characters.sequences
    let filters = configuration.characterFilters
    let pooled = convolutions.count * filters
    let (characters, embeddingSaved) = embedding.forward(batch.characters, pass)
    let maxima = pass.tensor(rows: batch.rows, columns: pooled)
    let branches = pass.workspace.records(of: Saved.Branch.self, count: convolutions.count)
    for (number, convolution) in convolutions.enumerated() {
      let (c, saved) = convolution.forward(.characters(characters), pass)
      let winners = pass.workspace.indices(count: batch.rows * filters)
      pass.device.poolSegments(
        c.values, words, by: .max, winners: winners, into: maxima.columns(number * filters..<(number + 1) * filters))
      branches[number] = Saved.Branch(convolution: saved, winners: winners)
    }
    let x = pass.tensor(rows: batch.rows, columns: configuration.wordChannels + (frozen?.channels ?? 0))
    pass.device.activate(maxima, .relu, into: x.columns(0..<pooled))
    let sums = x.columns(pooled..<configuration.wordChannels)
    pass.device.fill(sums, with: 0)
    let (rows, offsets) = hashedRows(batch.characters, pass)
    let ngramsSaved = ngrams.forward(
      rows, offsets: offsets, addTo: sums, places: { places(characters: words.rows(of: $0).count) }, pass)
    let vectorsSaved = frozen.map {
      $0.forward(batch.characters, into: x.columns(configuration.wordChannels..<x.columns), pass)
    }
    let frames = Frames(values: inputDropout.forward(x, pass), sequences: batch.sentences)
    let (emissions, stackSaved) = stack.forward(frames, pass)
    return (
      emissions,
      Saved(
        words: words, characters: characters, embedding: embeddingSaved, branches: branches, maxima: maxima,
        ngrams: ngramsSaved, vectors: vectorsSaved, stack: stackSaved)
    )
  }

  /// Inverts the forward pass from the scores back to the embedding.
  public func backward(_ demissions: Tensor, _ saved: Saved, _ pass: Pass) {
    let filters = configuration.characterFilters
    let dx = inputDropout.backward(stack.backward(demissions, saved.stack, pass), pass)
    let pooled = saved.maxima.columns
    let dsums = dx.columns(pooled..<configuration.wordChannels)
    if let path = pass.path {
      path.add(ngrams.products(dsums, saved.ngrams, pass), offsets: saved.ngrams.offsets, places: places)
    } else {
      ngrams.backward(dsums, saved.ngrams, pass)
    }
    if let frozen, let vectorsSaved = saved.vectors {
      frozen.backward(dx.columns(configuration.wordChannels..<dx.columns), vectorsSaved, pass)
    }
    let dmaxima = pass.tensor(rows: dx.rows, columns: pooled)
    pass.device.activateGradient(saved.maxima, .relu, dy: dx.columns(0..<pooled), into: dmaxima)
    let dtable = pass.tensor(rows: saved.characters.table.rows, columns: saved.characters.table.columns)
    for (number, convolution) in convolutions.enumerated() {
      let dc = pass.tensor(rows: saved.words.rows, columns: filters)
      pass.device.poolSegmentsGradient(
        dmaxima.columns(number * filters..<(number + 1) * filters), saved.words, by: .max,
        winners: saved.branches[number].winners, into: dc)
      convolution.backward(dc, saved.branches[number].convolution, into: dtable, accumulate: number > 0, pass)
    }
    embedding.backward(dtable, saved.embedding, pass)
  }

  public func chain(_ pass: Pass) -> TagChain { stack.output.chain(pass) }

  public func addGradients(_ batch: TaggingBatch, labels: IndexTensor, smoothing: Float, _ pass: Pass) -> Double {
    let (emissions, saved) = emissions(batch, pass)
    let (loss, demissions) = stack.output.addGradients(
      emissions, batch.sentences, labels: labels, smoothing: smoothing, pass)
    backward(demissions, saved, pass)
    return loss
  }

  /// The characters of a word's n-grams, and of the word itself.
  private func places(characters count: Int) -> [Range<Int>] { hash.places(characters: count) + [0..<count] }

  /// Each word's n-grams, with marks at its ends, and the word itself.
  private func hashedRows(_ words: CharacterBatch, _ pass: Pass) -> (rows: IndexTensor, offsets: IndexTensor) {
    let offsets = pass.workspace.indices(count: words.sequences.count + 1)
    offsets.host[0] = 0
    var total = 0
    for word in 0..<words.sequences.count {
      total += hash.count(characters: words.sequences.rows(of: word).count) + 1
      offsets.host[word + 1] = Int32(truncatingIfNeeded: total)
    }
    let rows = pass.workspace.indices(count: total)
    for word in 0..<words.sequences.count {
      let characters = UnsafeBufferPointer(rebasing: words.characters.host[words.sequences.rows(of: word)])
      let last = Int(offsets.host[word + 1]) - 1
      hash.rows(
        of: characters, into: UnsafeMutableBufferPointer(rebasing: rows.host[Int(offsets.host[word])..<last]))
      rows.host[last] = TaggerHash.word(characters, bits: configuration.ngramBits)
    }
    return (rows, offsets)
  }

  public var layers: [LayerDescription] {
    let pooled = convolutions.count * configuration.characterFilters
    let widths = configuration.characterWidths
    let lengths = configuration.ngrams.map(String.init).joined(separator: ",")
    return [
      .row(
        "embedding", "characters to vectors", rows: "L", channels: configuration.embedding, operations: 0, parameters),
      .row(
        "characters", "convolution \(widths.map(String.init).joined(separator: ",")), maximum over the word",
        rows: "W", channels: pooled,
        operations: 2 * widths.reduce(0, +) * configuration.embedding * configuration.characterFilters, parameters),
      .row(
        "ngrams", "hashed words and n-grams \(lengths), beside them", rows: "W",
        channels: configuration.wordChannels, operations: 2 * configuration.ngramWidth, parameters),
    ]
      + (frozen.map {
        [
          .row(
            "vectors", "vector of a base, \($0.channels) numbers of each word, beside them", rows: "W",
            channels: configuration.wordChannels + $0.channels, operations: 0, parameters)
        ]
      } ?? [])
      + stack.layers(
        inputs: configuration.wordChannels + (frozen?.channels ?? 0), configuration: configuration.gated, rows: "W",
        parameters: parameters)
  }
}
