internal import CharCNNCompute

/// One text to one vector: the pooled rows of the residual gated blocks and, beside them, the sum of hashed n-grams and the
/// vector that a base gives, each under layer normalization: without it products of two vectors are so large that the output saturates. Both texts of a
/// pair pass the same tower ("siamese" networks; Bromley 1993, "Signature Verification using a Siamese Time
/// Delay Neural Network").
struct TextTower: Sendable {
  let encoder: GatedEncoder
  let pooling: GlobalPooling
  let ngrams: HashedRows?
  private let hash: NgramHash
  /// What a base says of the text; nil for none.
  let vectors: FrozenVectors?
  /// Columns of the pooled blocks, and after them those of the n-grams and of the base's vector.
  let parts: [Range<Int>]
  /// Of each part but the base's vector, which brings its own.
  private let normalizations: [LayerNormalization]

  struct Saved {
    let encoder: GatedEncoder.Saved
    let pooling: GlobalPooling.Saved
    let ngrams: HashedRows.Saved?
    let vectors: FrozenVectors.Saved?
    let normalizations: UnsafeMutableBufferPointer<LayerNormalization.Saved>
  }

  init(_ configuration: MatcherConfiguration, vectors reader: VectorReader?, builder: inout ParameterBuilder) {
    encoder = GatedEncoder(configuration.gated, builder: &builder)
    pooling = GlobalPooling(configuration.globalPooling)
    let pooled = configuration.globalPooling.outputs(channels: encoder.channels)
    hash = NgramHash(lengths: configuration.ngrams, bits: configuration.ngramBits)
    var parts = [0..<pooled]
    if configuration.ngrams.isEmpty {
      ngrams = nil
    } else {
      // Random rows: sums of them have about the cosine of the texts' counts of n-grams before anything is learned.
      ngrams = builder.scope("ngrams", part: .table) {
        HashedRows(
          bits: configuration.ngramBits, columns: configuration.ngramWidth, dropRate: configuration.ngramDropout,
          initialization: .normal(0.5), builder: &$0)
      }
      parts.append(pooled..<pooled + configuration.ngramWidth)
    }
    normalizations = parts.enumerated().map { number, part in
      builder.scope("normalizations.\(number)", part: .head) { LayerNormalization(channels: part.count, builder: &$0) }
    }
    vectors = reader.map { reader in builder.scope("vectors", part: .head) { FrozenVectors(reader, builder: &$0) } }
    if let vectors, let end = parts.last?.upperBound { parts.append(end..<end + vectors.channels) }
    self.parts = parts
  }

  /// Numbers of a vector.
  var dimension: Int { parts.last?.upperBound ?? 0 }

  /// A row for each text.
  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (Tensor, Saved) {
    let (frames, encoderSaved) = encoder.forward(batch, pass)
    let (pooled, poolingSaved) = pooling.forward(frames, pass)
    let y = pass.tensor(rows: pooled.rows, columns: dimension)
    let normalizationSaved = pass.workspace.records(of: LayerNormalization.Saved.self, count: normalizations.count)
    func normalize(_ part: Int, _ x: Tensor) {
      let (normalized, saved) = normalizations[part].forward(x, pass)
      pass.device.copy(normalized, into: y.columns(parts[part]))
      normalizationSaved[part] = saved
    }
    normalize(0, pooled)
    var ngramsSaved: HashedRows.Saved?
    if let ngrams {
      let sums = pass.tensor(rows: pooled.rows, columns: parts[1].count)
      pass.device.fill(sums, with: 0)
      let (rows, offsets) = hashedRows(batch, pass)
      ngramsSaved = ngrams.forward(
        rows, offsets: offsets, addTo: sums, places: { hash.places(characters: batch.realCharacters(of: $0).count) },
        pass)
      normalize(1, sums)
    }
    let vectorsSaved = vectors.map { $0.forward(batch, into: y.columns(parts[parts.count - 1]), pass) }
    return (
      y,
      Saved(
        encoder: encoderSaved, pooling: poolingSaved, ngrams: ngramsSaved, vectors: vectorsSaved,
        normalizations: normalizationSaved)
    )
  }

  /// Inverts the forward pass down to the embedding.
  func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) {
    func dx(_ part: Int) -> Tensor {
      // Columns of a wider tensor; the gradient of the normalization wants rows without a gap.
      let own = pass.tensor(rows: dy.rows, columns: parts[part].count)
      pass.device.copy(dy.columns(parts[part]), into: own)
      return normalizations[part].backward(own, saved.normalizations[part], pass)
    }
    if let ngrams, let ngramsSaved = saved.ngrams {
      if let path = pass.path {
        path.add(ngrams.products(dx(1), ngramsSaved, pass), offsets: ngramsSaved.offsets, places: hash.places)
      } else {
        ngrams.backward(dx(1), ngramsSaved, pass)
      }
    }
    if let vectors, let vectorsSaved = saved.vectors {
      vectors.backward(dy.columns(parts[parts.count - 1]), vectorsSaved, pass)
    }
    encoder.backward(pooling.backward(dx(0), saved.pooling, pass), saved.encoder, pass)
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
