internal import CharCNNCompute

/// Windows of several widths over embedded characters, the maximum of each feature map, and one layer.
///
/// Source: Yoon Kim (2014), "Convolutional Neural Networks for Sentence Classification".
///
/// Differences from the paper:
/// - The units are characters, not words, and their embedding has 64 dimensions, not 300; the vectors of `static`,
///   `non-static` and `multichannel` come from a `.vec` file of characters.
/// - Texts are not padded to the longest; only one that is shorter than the widest window is padded to it with zeros.
/// - `multichannel` applies each filter to both embeddings and adds the results, as the paper says. Because a convolution
///   is linear, that is one convolution of the sum of both embeddings, which is what is computed.
/// - The maximum is taken before ReLU, which gives the same numbers at a fraction of the work, because ReLU never falls.
/// - Initial values, which the paper gives for unknown words only: embedding uniform within ±0.25, weights uniform with
///   variance 1 / inputs, biases zero.
public struct KimNetwork: TextNetwork {
  /// The settings it was made from.
  public let configuration: KimConfiguration
  public let parameters: ParameterLayout
  private let embedding: CharacterEmbedding
  private let frozen: CharacterEmbedding?
  private let convolutions: [Convolution]
  private let pooling = GlobalPooling(.max)
  private let head: ClassifierHead

  /// What the backward pass needs.
  public struct Saved {
    struct Branch: BitwiseCopyable {
      let convolution: Convolution.Saved
      let pooling: GlobalPooling.Saved
    }

    let characters: EmbeddedCharacters
    let embedding: CharacterEmbedding.Saved
    let branches: UnsafeMutableBufferPointer<Branch>
    let relu: Nonlinearity.Saved
    let head: ClassifierHead.Saved
  }

  public var length: Int? { configuration.length }

  /// Lays out the parameters; their values live in a ``ParameterStore``.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  public init(_ configuration: KimConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    var builder = ParameterBuilder()
    func table(_ name: String, isTrained: Bool, _ builder: inout ParameterBuilder) -> CharacterEmbedding {
      builder.scope(name, part: .embedding) {
        CharacterEmbedding(
          alphabetSize: configuration.alphabetSize, dimension: configuration.embedding, dropRate: 0,
          isTrained: isTrained, initialization: .uniform(0.25), builder: &$0)
      }
    }
    embedding = table("embedding", isTrained: configuration.variant != .static, &builder)
    frozen =
      configuration.variant == .multichannel ? table("static_embedding", isTrained: false, &builder) : nil
    convolutions = configuration.widths.enumerated().map { number, width in
      builder.scope("convolutions.\(number)", part: .body(number)) {
        Convolution(
          inputs: configuration.embedding, outputs: configuration.maps,
          geometry: WindowGeometry(width: width, padding: .valid), builder: &$0)
      }
    }
    head = ClassifierHead(
      inputs: configuration.maps * convolutions.count, hidden: [], classes: configuration.classes,
      dropouts: [configuration.dropout],
      outputConstraint: configuration.maximumNorm > 0 ? .rowNorm(configuration.maximumNorm) : nil, builder: &builder)
    parameters = builder.layout
  }

  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved) {
    let batch = batch.padded(toAtLeast: configuration.widestWindow, workspace: pass.workspace)
    let (characters, embeddingSaved) = embedding.forward(batch, pass)
    if let frozen {
      let (other, _) = frozen.forward(batch, pass)
      pass.device.add(other.table, to: characters.table)
      pass.recordCopy(of: other.table, at: characters.table, isSum: true)
    }
    let branches = pass.workspace.records(of: Saved.Branch.self, count: convolutions.count)
    let maxima = pass.tensor(rows: batch.sequences.count, columns: configuration.maps * convolutions.count)
    for (number, convolution) in convolutions.enumerated() {
      let (frames, convolutionSaved) = convolution.forward(.characters(characters), pass)
      let (pooled, poolingSaved) = pooling.forward(frames, pass)
      pass.device.copy(pooled, into: maxima.columns(columns(of: number)))
      pass.recordCopy(of: pooled, at: maxima.columns(columns(of: number)))
      branches[number] = Saved.Branch(convolution: convolutionSaved, pooling: poolingSaved)
    }
    let features = pass.tensor(rows: maxima.rows, columns: maxima.columns)
    pass.trace?.leavePart()
    pass.record(.concatenation, maxima, reading: convolutions.indices.map { maxima.columns(columns(of: $0)) })
    let relu = Nonlinearity.relu.forward(maxima, into: features, pass)
    let (logits, headSaved) = head.forward(features, pass)
    return (
      PartScores(logits),
      Saved(characters: characters, embedding: embeddingSaved, branches: branches, relu: relu, head: headSaved)
    )
  }

  /// Inverts the forward pass from the scores back to the embedding.
  public func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass) {
    let dmaxima = Nonlinearity.relu.backward(head.backward(dscores.only, saved.head, pass), saved.relu, pass)
    let table = saved.characters.table
    let dtable = pass.tensor(rows: table.rows, columns: table.columns)
    for (number, convolution) in convolutions.enumerated() {
      let branch = saved.branches[number]
      let dframes = pooling.backward(dmaxima.columns(columns(of: number)), branch.pooling, pass)
      convolution.backward(dframes, branch.convolution, into: dtable, accumulate: number > 0, pass)
    }
    embedding.backward(dtable, saved.embedding, pass)
  }

  private func columns(of branch: Int) -> Range<Int> {
    branch * configuration.maps..<(branch + 1) * configuration.maps
  }

  public var layers: [LayerDescription] {
    var table = LayerTable(parameters, length: length)
    table.append("embedding", "characters to vectors, \(configuration.variant)", channels: configuration.embedding)
    let rows = table.rows
    for (number, width) in configuration.widths.enumerated() {
      table.rows = rows
      table.rows.slide(convolutions[number].geometry)
      table.append(
        "convolutions.\(number)", "convolution \(width), relu", channels: configuration.maps,
        operations: 2 * width * configuration.embedding * configuration.maps)
    }
    table.append(
      "pooling", "max pooling of the text", perText: 1, channels: configuration.maps * configuration.widths.count)
    head.describe(in: &table)
    return table.layers
  }
}
