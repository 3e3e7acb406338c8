public import CharCNNCompute

/// A tag for every character: the character's embedding and hashed n-grams around it, residual gated convolutions with
/// dilation, and a conditional random field.
///
/// Sources: Strubell, Verga, Belanger, McCallum (2017), "Fast and Accurate Entity Recognition with Iterated Dilated
/// Convolutions" (the stack); Zhang & Yang (2018), "Chinese NER Using Lattice LSTM" (bigrams beside characters);
/// Dauphin 2017 (the gate). Differences: bigrams are hashed and learned from the training texts alone; blocks are
/// residual and not iterated.
public struct CharacterTagger: TaggingNetwork {
  /// The settings it was made from.
  public let configuration: CharacterTaggerConfiguration
  public let parameters: ParameterLayout
  private let embedding: CharacterEmbedding
  private let ngrams: HashedRows?
  private let inputDropout: Dropout
  private let stack: TaggerStack

  /// What the backward pass needs.
  public struct Saved {
    let characters: EmbeddedCharacters
    let embedding: CharacterEmbedding.Saved
    let ngrams: HashedRows.Saved?
    let stack: TaggerStack.Saved
  }

  public var unit: TaggingUnit { .character }

  /// Lays out the parameters; their values live in a ``ParameterStore``.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  public init(_ configuration: CharacterTaggerConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    var builder = ParameterBuilder()
    embedding = builder.scope("embedding", part: .embedding) {
      CharacterEmbedding(
        alphabetSize: configuration.alphabetSize, dimension: configuration.embedding,
        dropRate: configuration.characterDropout, builder: &$0)
    }
    ngrams =
      configuration.ngrams.isEmpty
      ? nil
      : builder.scope("ngrams", part: .table) {
        HashedRows(
          bits: configuration.ngramBits, columns: configuration.embedding, dropRate: configuration.ngramDropout,
          builder: &$0)
      }
    inputDropout = Dropout(rate: configuration.inputDropout, builder: &builder)
    stack = TaggerStack(
      inputs: configuration.embedding, configuration: configuration.gated, output: configuration.output,
      builder: &builder)
    parameters = builder.layout
  }

  public func emissions(_ batch: TaggingBatch, _ pass: Pass) -> (emissions: Tensor, saved: Saved) {
    let (characters, embeddingSaved) = embedding.forward(batch.characters, pass)
    let x = pass.tensor(rows: batch.rows, columns: configuration.embedding)
    pass.device.gatherRows(characters.table, rows: characters.units, into: x)
    let ngramsSaved = ngrams?.forward(
      windows(batch, pass), offsets: windowOffsets(batch, pass), addTo: x, places: { windowPlaces(batch, ofRow: $0) },
      pass
    )
    let frames = Frames(values: inputDropout.forward(x, pass), sequences: batch.sentences)
    let (emissions, stackSaved) = stack.forward(frames, pass)
    return (
      emissions,
      Saved(characters: characters, embedding: embeddingSaved, ngrams: ngramsSaved, stack: stackSaved)
    )
  }

  /// Inverts the forward pass from the scores back to the embedding.
  public func backward(_ demissions: Tensor, _ saved: Saved, _ pass: Pass) {
    let dx = inputDropout.backward(stack.backward(demissions, saved.stack, pass), pass)
    if let ngrams, let ngramsSaved = saved.ngrams {
      if let path = pass.path {
        spread(ngrams.products(dx, ngramsSaved, pass), saved.characters.sequences, path)
      } else {
        ngrams.backward(dx, ngramsSaved, pass)
      }
    }
    let dtable = pass.tensor(rows: saved.characters.table.rows, columns: saved.characters.table.columns)
    pass.device.scatterGradient(dx, units: saved.characters.units, taps: 1, into: dtable)
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

  private var entriesPerRow: Int { configuration.ngrams.reduce(0, +) }

  private func windows(_ batch: TaggingBatch, _ pass: Pass) -> IndexTensor {
    let rows = pass.workspace.indices(count: batch.rows * entriesPerRow)
    for sentence in 0..<batch.sentences.count {
      let range = batch.sentences.rows(of: sentence)
      TaggerHash.windows(
        of: UnsafeBufferPointer(rebasing: batch.characters.characters.host[range]), lengths: configuration.ngrams,
        bits: configuration.ngramBits,
        into: UnsafeMutableBufferPointer(
          rebasing: rows.host[range.lowerBound * entriesPerRow..<range.upperBound * entriesPerRow]))
    }
    return rows
  }

  /// Gives the products of the windows around each character to the characters in them.
  private func spread(_ products: [Double], _ sentences: PackedSequences, _ path: InputPath) {
    for sentence in 0..<sentences.count {
      let rows = sentences.rows(of: sentence)
      for row in rows {
        let places = TaggerHash.places(
          of: row - rows.lowerBound, characters: rows.count, lengths: configuration.ngrams)
        path.add(products[row * entriesPerRow..<(row + 1) * entriesPerRow], at: places, ofSequence: sentence)
      }
    }
  }

  /// The characters of the windows around the character of a row.
  private func windowPlaces(_ batch: TaggingBatch, ofRow row: Int) -> [Range<Int>] {
    for sentence in 0..<batch.sentences.count where batch.sentences.rows(of: sentence).contains(row) {
      let rows = batch.sentences.rows(of: sentence)
      return TaggerHash.places(of: row - rows.lowerBound, characters: rows.count, lengths: configuration.ngrams)
    }
    return []
  }

  private func windowOffsets(_ batch: TaggingBatch, _ pass: Pass) -> IndexTensor {
    let offsets = pass.workspace.indices(count: batch.rows + 1)
    for row in 0...batch.rows { offsets.host[row] = Int32(truncatingIfNeeded: row * entriesPerRow) }
    return offsets
  }

  public var layers: [LayerDescription] {
    var result: [LayerDescription] = [
      .row(
        "embedding", "characters to vectors", rows: "L", channels: configuration.embedding, operations: 0, parameters)
    ]
    if ngrams != nil {
      let lengths = configuration.ngrams.map(String.init).joined(separator: ",")
      result.append(
        .row(
          "ngrams", "hashed n-grams \(lengths) around the character, added", rows: "L",
          channels: configuration.embedding, operations: 2 * entriesPerRow * configuration.embedding, parameters))
    }
    return result
      + stack.layers(
        inputs: configuration.embedding, configuration: configuration.gated, rows: "L", parameters: parameters)
  }
}
