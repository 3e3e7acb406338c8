package import CharCNNCompute

/// A network that turns a text into a vector: the sum z of the rows of its n-grams, z W + b, and beside it a hidden layer,
/// gelu(z U + a) V + c.
///
/// The rows learn in steps, as floats. In a model they are ``LinearNgrams`` of 8 bits, whose columns are the numbers of a row.
package struct EmbedderNetwork: TextNetwork {
  package let parameters: ParameterLayout
  package let configuration: EmbedderConfiguration
  private let rows: Rows
  private let linear: Linear
  private let hidden: (inner: Linear, outer: Linear)?

  /// The rows of the n-grams.
  private enum Rows {
    case learning(NgramBag)
    case known(BagOfBytes)
  }

  package struct Saved {
    fileprivate let bag: NgramBag.Saved?
    fileprivate let layers: SavedLayers
  }

  /// What the layers above the sum need to go back.
  package struct SavedLayers {
    fileprivate let linear: Linear.Saved
    fileprivate let hidden: (inner: Linear.Saved, gelu: Nonlinearity.Saved, outer: Linear.Saved)?
  }

  package var length: Int? { nil }
  package var givesScores: Bool { true }

  /// A network that learns.
  ///
  /// - Parameters:
  ///   - configuration: Settings with a dimension.
  ///   - reader: Its n-grams.
  package init(_ configuration: EmbedderConfiguration, learning reader: BagReader) {
    var builder = ParameterBuilder()
    let bag = builder.scope("ngrams", part: .table) {
      NgramBag(reader, columns: configuration.rank, dropRate: configuration.ngramDropout, builder: &$0)
    }
    self.init(configuration, rows: .learning(bag), builder: &builder)
  }

  /// The network of a model.
  ///
  /// - Parameters:
  ///   - configuration: Settings with a dimension.
  ///   - ngrams: Its n-grams with their rows.
  package init(_ configuration: EmbedderConfiguration, known ngrams: LinearNgrams) {
    precondition(ngrams.columns == configuration.rank, "a row of another length")
    var builder = ParameterBuilder()
    self.init(configuration, rows: .known(BagOfBytes(ngrams)), builder: &builder)
  }

  private init(_ configuration: EmbedderConfiguration, rows: Rows, builder: inout ParameterBuilder) {
    self.configuration = configuration
    self.rows = rows
    let (rank, dimension) = (configuration.rank, configuration.dimension)
    linear = builder.scope("output", part: .head) { Linear(inputs: rank, outputs: dimension, builder: &$0) }
    hidden = configuration.hidden.map { units in
      let inner = builder.scope("hidden", part: .head) { Linear(inputs: rank, outputs: units, builder: &$0) }
      let outer = builder.scope("hiddenOutput", part: .head) {
        // At first the linear layer alone tells.
        Linear(inputs: units, outputs: dimension, initialization: .zeros, builder: &$0)
      }
      return (inner, outer)
    }
    parameters = builder.layout
  }

  /// The vectors, as they come: of a teacher of unit vectors they are to be scaled to length 1.
  package func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved) {
    let sums: Tensor
    var bagSaved: NgramBag.Saved?
    switch rows {
    case .learning(let bag): (sums, bagSaved) = bag.forward(batch, pass)
    case .known(let bytes): sums = bytes.sums(of: batch, pass)
    }
    let (y, layers) = vectors(of: sums, pass)
    return (PartScores(y), Saved(bag: bagSaved, layers: layers))
  }

  /// Inverts the layers, then the sum.
  package func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass) {
    let dsums = backward(dscores.only, saved.layers, pass)
    if case .learning(let bag) = rows, let bagSaved = saved.bag { bag.backward(dsums, bagSaved, pass) }
  }

  /// The vectors of texts whose sums are known.
  ///
  /// - Parameter sums: [texts, rank].
  package func vectors(of sums: Tensor, _ pass: Pass) -> (y: Tensor, saved: SavedLayers) {
    let (y, linearSaved) = linear.forward(sums, pass)
    guard let hidden else { return (y, SavedLayers(linear: linearSaved, hidden: nil)) }
    let (inner, innerSaved) = hidden.inner.forward(sums, pass)
    let units = pass.tensor(rows: inner.rows, columns: inner.columns)
    let geluSaved = Nonlinearity.gelu.forward(inner, into: units, pass)
    let (outer, outerSaved) = hidden.outer.forward(units, pass)
    pass.device.add(outer, to: y)
    return (y, SavedLayers(linear: linearSaved, hidden: (inner: innerSaved, gelu: geluSaved, outer: outerSaved)))
  }

  /// The gradient by the sums, [texts, rank], of that by the vectors.
  package func backward(_ dy: Tensor, _ saved: SavedLayers, _ pass: Pass) -> Tensor {
    let dsums = linear.backward(dy, saved.linear, pass)
    if let hidden, let hiddenSaved = saved.hidden {
      let dunits = hidden.outer.backward(dy, hiddenSaved.outer, pass)
      let dinner = Nonlinearity.gelu.backward(dunits, hiddenSaved.gelu, pass)
      pass.device.add(hidden.inner.backward(dinner, hiddenSaved.inner, pass), to: dsums)
    }
    return dsums
  }

  /// The n-grams of a model; nil of a network that learns.
  package var ngrams: LinearNgrams? {
    if case .known(let bytes) = rows { bytes.ngrams } else { nil }
  }

  /// The table of a network that learns; nil of a model's.
  package var table: Parameter? {
    if case .learning(let bag) = rows { bag.weight } else { nil }
  }

  package var layers: [LayerDescription] {
    var result: [LayerDescription] = []
    switch rows {
    case .learning(let bag):
      result.append(row(of: bag.weight.shape[0], parameters: bag.weight.count))
    case .known(let bytes):
      result.append(row(of: bytes.ngrams.vocabulary.count, parameters: bytes.ngrams.weights.count))
    }
    for (name, layer) in [("output", linear)]
      + (hidden.map { [("hidden", $0.inner), ("hiddenOutput", $0.outer)] } ?? [])
    {
      result.append(
        LayerDescription(
          name: name, kind: "fully connected", rows: "1", channels: layer.outputs,
          parameters: layer.weight.count + layer.bias.count, operations: 2 * Double(layer.weight.count),
          isPerText: true))
    }
    return result
  }

  private func row(of count: Int, parameters: Int) -> LayerDescription {
    LayerDescription(
      name: "ngrams", kind: "\(count) n-grams, weighted sum", rows: "1", channels: configuration.rank,
      parameters: parameters, operations: 0, isPerText: true)
  }
}

/// The rows of a model's n-grams, in 8 bits.
private final class BagOfBytes: Sendable {
  let ngrams: LinearNgrams
  private let free = Guarded<[WeighedNgrams]>([])

  init(_ ngrams: LinearNgrams) { self.ngrams = ngrams }

  /// The sum of each text, [texts, rank].
  func sums(of batch: CharacterBatch, _ pass: Pass) -> Tensor {
    let (texts, rank) = (batch.sequences.count, ngrams.columns)
    let instructions = pass.device.instructionSet
    let characters = batch.texts
    let found = pass.device.map(texts) { [self] text in
      var reader = free.withLock { $0.popLast() } ?? ngrams.makeReader()
      defer { free.withLock { $0.append(reader) } }
      var sums = [Float](repeating: 0, count: rank)
      characters[text].withUnsafeBufferPointer { characters in
        sums.withUnsafeMutableBufferPointer {
          ngrams.score(characters, reader: &reader, into: $0, instructions: instructions)
        }
      }
      return sums
    }
    let values = pass.workspace.records(of: Float.self, count: texts * rank)
    for (text, sums) in found.enumerated() {
      for column in 0..<rank { values[text * rank + column] = sums[column] }
    }
    let y = pass.tensor(rows: texts, columns: rank)
    pass.device.write(UnsafeBufferPointer(values), to: y)
    return y
  }
}
