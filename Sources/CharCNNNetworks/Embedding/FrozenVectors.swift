internal import CharCNNCompute

/// Vectors of texts, or of words, by a base, beside what a network learns itself: a layer that does not learn.
///
/// Each vector is normalized with a trained scale and shift for each of its numbers, so that they are as large as what stands beside them, and
/// those that say nothing can be left out.
struct FrozenVectors: Sendable {
  let reader: VectorReader
  private let normalization: LayerNormalization

  struct Saved {
    fileprivate let normalization: LayerNormalization.Saved
    /// Only where an input path is followed.
    fileprivate let followed: Followed?
  }

  /// The way from the n-grams of a batch to its vectors.
  fileprivate struct Followed {
    let shares: [NgramShares]
    let layers: EmbedderNetwork.SavedLayers
    /// The vectors before they are scaled to length 1.
    let vectors: [Float]
  }

  /// - Parameters:
  ///   - reader: Gives the vectors.
  ///   - builder: Lays out scale and shift.
  init(_ reader: VectorReader, builder: inout ParameterBuilder) {
    self.reader = reader
    normalization = LayerNormalization(channels: reader.dimension, builder: &builder)
  }

  /// Numbers of a vector.
  var channels: Int { reader.dimension }

  /// The vector of each text of the batch.
  ///
  /// - Parameters:
  ///   - batch: Texts in the alphabet of the network.
  ///   - y: Receives the vectors, [texts, channels].
  func forward(_ batch: CharacterBatch, into y: Tensor, _ pass: Pass) -> Saved {
    let x = pass.tensor(rows: batch.sequences.count, columns: channels)
    let followed = pass.path.map { follow($0, batch, into: x, pass) }
    if followed == nil {
      pass.device.write(reader.vectors(of: batch.texts, device: pass.device), to: x)
    }
    let (normalized, saved) = normalization.forward(x, pass)
    pass.device.copy(normalized, into: y)
    return Saved(normalization: saved, followed: followed)
  }

  /// The gradients of scale and shift. Where an input path is followed, what the characters bring.
  ///
  /// - Parameter dy: The gradient by the vectors; its rows may lie in wider ones.
  func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) {
    let own = pass.tensor(rows: dy.rows, columns: channels)
    pass.device.copy(dy, into: own)
    let dx = normalization.backward(own, saved.normalization, pass)
    if let path = pass.path, let followed = saved.followed { spread(dx, followed, path, pass) }
  }

  /// The vectors of texts whose n-grams have a fraction of their strength.
  private func follow(_ path: InputPath, _ batch: CharacterBatch, into x: Tensor, _ pass: Pass) -> Followed {
    guard let base = reader.network.ngrams else { preconditionFailure("a base that still learns") }
    var memory = base.makeReader()
    let shares = batch.texts.map { text in
      reader.known(text).withUnsafeBufferPointer { base.shares(of: $0, reader: &memory) }
    }
    let sums = pass.tensor(rows: shares.count, columns: base.columns)
    pass.device.write(
      shares.enumerated().flatMap { text, shares in
        let fraction = Double(path.fractions[text])
        return zip(shares.rest, shares.scores).map { Float($0 + fraction * $1) }
      }, to: sums)
    let (vectors, layers) = reader.network.vectors(of: sums, ofBase(pass))
    pass.device.unitRows(vectors, into: x)
    return Followed(shares: shares, layers: layers, vectors: pass.device.read(vectors))
  }

  /// Adds to each character the product of what it brings with the gradient by it.
  private func spread(_ dunits: Tensor, _ followed: Followed, _ path: InputPath, _ pass: Pass) {
    guard let base = reader.network.ngrams else { return }
    let gradients = UnitRows.gradient(followed.vectors, dimension: channels, dy: pass.device.read(dunits))
    let dvectors = pass.tensor(rows: dunits.rows, columns: channels)
    pass.device.write(gradients, to: dvectors)
    let dsums = pass.device.read(reader.network.backward(dvectors, followed.layers, ofBase(pass)))
    for (text, shares) in followed.shares.enumerated() {
      var characters = [Double](repeating: 0, count: shares.characters)[...]
      let factors = dsums[text * base.columns..<(text + 1) * base.columns].map { Double($0) }
      base.add(shares, times: factors, to: &characters)
      path.add(characters, at: characters.indices.map { $0..<$0 + 1 }, ofSequence: text)
    }
  }

  /// A pass over the base's own parameters, in the same memory.
  private func ofBase(_ pass: Pass) -> Pass {
    .prediction(device: pass.device, workspace: pass.workspace, store: reader.store)
  }
}

/// Rows that are scaled to length 1.
enum UnitRows {
  /// The gradient by rows of that by the scaled ones: only what turns a row changes anything.
  static func gradient(_ x: [Float], dimension: Int, dy: [Float]) -> [Float] {
    var result = [Float](repeating: 0, count: x.count)
    for first in stride(from: 0, to: x.count, by: dimension) {
      let own = first..<first + dimension
      let length = x[own].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      guard length > 0 else { continue }
      let along = zip(x[own], dy[own]).reduce(0.0) { $0 + Double($1.0) / length * Double($1.1) }
      for place in own { result[place] = Float((Double(dy[place]) - along * Double(x[place]) / length) / length) }
    }
    return result
  }
}
