internal import CharCNNCompute

/// One text to one vector: the pooled rows of the residual gated blocks and, beside them, the sum of hashed n-grams. Both
/// texts of a pair pass the same tower ("siamese" networks; Bromley 1993, "Signature Verification using a Siamese Time
/// Delay Neural Network").
struct TextTower: Sendable {
  let encoder: GatedEncoder
  let pooling: GlobalPooling
  let ngrams: HashedRows?
  private let hash: NgramHash
  /// Columns of the pooled blocks, and after them those of the n-grams.
  let parts: [Range<Int>]

  struct Saved {
    let encoder: GatedEncoder.Saved
    let pooling: GlobalPooling.Saved
    let ngrams: HashedRows.Saved?
  }

  init(_ configuration: MatcherConfiguration, builder: inout ParameterBuilder) {
    encoder = GatedEncoder(configuration.gated, builder: &builder)
    pooling = GlobalPooling(configuration.globalPooling)
    let pooled = configuration.globalPooling.outputs(channels: encoder.channels)
    hash = NgramHash(lengths: configuration.ngrams, bits: configuration.ngramBits)
    if configuration.ngrams.isEmpty {
      ngrams = nil
      parts = [0..<pooled]
    } else {
      // Random rows: sums of them have about the cosine of the texts' counts of n-grams before anything is learned.
      ngrams = builder.scope("ngrams") {
        HashedRows(
          bits: configuration.ngramBits, columns: configuration.ngramWidth, dropRate: configuration.ngramDropout,
          initialization: .normal(0.5), builder: &$0)
      }
      parts = [0..<pooled, pooled..<pooled + configuration.ngramWidth]
    }
  }

  /// Numbers of a vector.
  var dimension: Int { parts.last?.upperBound ?? 0 }

  /// A row for each text.
  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (Tensor, Saved) {
    let (frames, encoderSaved) = encoder.forward(batch, pass)
    let (pooled, poolingSaved) = pooling.forward(frames, pass)
    guard let ngrams else { return (pooled, Saved(encoder: encoderSaved, pooling: poolingSaved, ngrams: nil)) }
    let x = pass.tensor(rows: pooled.rows, columns: dimension)
    pass.device.copy(pooled, into: x.columns(parts[0]))
    let sums = x.columns(parts[1])
    pass.device.fill(sums, with: 0)
    let (rows, offsets) = hashedRows(batch, pass)
    let ngramsSaved = ngrams.forward(rows, offsets: offsets, addTo: sums, pass)
    return (x, Saved(encoder: encoderSaved, pooling: poolingSaved, ngrams: ngramsSaved))
  }

  /// Inverts the forward pass down to the embedding.
  func backward(_ dx: Tensor, _ saved: Saved, _ pass: Pass) {
    if let ngrams, let ngramsSaved = saved.ngrams { ngrams.backward(dx.columns(parts[1]), ngramsSaved, pass) }
    encoder.backward(pooling.backward(dx.columns(parts[0]), saved.pooling, pass), saved.encoder, pass)
  }

  private func hashedRows(_ batch: CharacterBatch, _ pass: Pass) -> (rows: IndexTensor, offsets: IndexTensor) {
    let count = batch.sequences.count
    let offsets = pass.workspace.indices(count: count + 1)
    offsets.host[0] = 0
    var total = 0
    for text in 0..<count {
      total += hash.count(characters: batch.realCharacters(of: text).count)
      offsets.host[text + 1] = Int32(truncatingIfNeeded: total)
    }
    let rows = pass.workspace.indices(count: total)
    for text in 0..<count {
      hash.rows(
        of: batch.realCharacters(of: text),
        into: UnsafeMutableBufferPointer(
          rebasing: rows.host[Int(offsets.host[text])..<Int(offsets.host[text + 1])]))
    }
    return (rows, offsets)
  }
}
