internal import CharCNNCompute

/// A very deep network of small convolutions over embedded characters.
///
/// Source: Alexis Conneau, Holger Schwenk, Loïc Barrault, Yann LeCun (2017), "Very Deep Convolutional Networks for Text
/// Classification".
///
/// Differences from the paper:
/// - Texts are cut or padded to 1024 characters; the paper cuts to 1014. Padding embeds as zeros, not as a trained vector.
/// - The characters are those of the training texts; the paper lists its own: letters, digits, punctuation, a blank and
///   an unknown character.
/// - The paper's table gives 2.2, 4.3, 4.6 and 7.8 million parameters of convolutions without saying what counts; the layers
///   it describes have 1.6, 3.7, 4.0 and 7.2 million, about 0.6 million fewer at every depth.
/// - The convolutions of the blocks have no bias, because batch normalization takes it out again.
/// - With `shortcut` the 1x1 convolution has neither bias nor normalization, and the sum is taken before the block's last
///   ReLU (He 2016); the paper draws the shortcut and does not say.
/// - Rows of k-max pooling are flattened one after another, not feature map after feature map: columns of
///   `hidden.0.weight` are in another order than in programs whose frames are columns.
/// - Without a length (`length: none`, not in the paper) each text keeps its own; batch statistics then count real rows
///   only, and k-max pooling fills a text of fewer rows than k with zeros.
public struct VDCNNNetwork: TextNetwork {
  /// The settings it was made from.
  public let configuration: VDCNNConfiguration
  public let parameters: ParameterLayout
  private let embedding: CharacterEmbedding
  private let first: Convolution
  private let levels: [[VDCNNBlock]]
  private let maxPooling = LocalPooling(geometry: WindowGeometry(width: 3, stride: 2), pooling: .max)
  private let halving = KMaxPooling(.half)
  private let lastPooling: KMaxPooling
  private let head: ClassifierHead

  /// What the backward pass needs.
  public struct Saved {
    enum Downsampling: BitwiseCopyable {
      case none
      case max(LocalPooling.Saved)
      case kMax(KMaxPooling.Saved)
    }

    let characters: EmbeddedCharacters
    let embedding: CharacterEmbedding.Saved
    let first: Convolution.Saved
    let blocks: UnsafeMutableBufferPointer<VDCNNBlock.Saved>
    /// What came before each level.
    let downsamplings: UnsafeMutableBufferPointer<Downsampling>
    let lastPooling: KMaxPooling.Saved
    let head: ClassifierHead.Saved
  }

  public var length: Int? { configuration.length }

  /// Lays out the parameters; their values live in a ``ParameterStore``.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  public init(_ configuration: VDCNNConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    var builder = ParameterBuilder()
    embedding = builder.scope("embedding", part: .embedding) {
      CharacterEmbedding(
        alphabetSize: configuration.alphabetSize, dimension: configuration.embedding, dropRate: 0, builder: &$0)
    }
    first = builder.scope("convolution", part: .body(0)) {
      Convolution(
        inputs: configuration.embedding, outputs: configuration.maps[0], geometry: WindowGeometry(width: 3),
        initialization: .he(inputs: 3 * configuration.embedding), builder: &$0)
    }
    var channels = configuration.maps[0]
    levels = configuration.maps.enumerated().map { level, maps in
      (0..<configuration.convolutions[level] / 2).map { number in
        let halves = level > 0 && number == 0 && configuration.downsampling == .convolution
        let inputs = channels
        channels = maps
        return builder.scope("levels.\(level).\(number)", part: .body(level + 1)) {
          VDCNNBlock(
            inputs: inputs, outputs: maps, stride: halves ? 2 : 1, shortcut: configuration.shortcut, builder: &$0)
        }
      }
    }
    lastPooling = KMaxPooling(.fixed(configuration.kMax))
    head = ClassifierHead(
      inputs: configuration.kMax * channels, hidden: configuration.hidden, classes: configuration.classes,
      dropouts: [0] + configuration.hidden.map { _ in 0 }, initialization: { .he(inputs: $0) }, builder: &builder)
    parameters = builder.layout
  }

  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved) {
    let (characters, embeddingSaved) = embedding.forward(batch, pass)
    var (frames, firstSaved) = first.forward(.characters(characters), pass)
    let blocks = pass.workspace.records(
      of: VDCNNBlock.Saved.self, count: levels.reduce(0) { $0 + $1.count })
    let downsamplings = pass.workspace.records(of: Saved.Downsampling.self, count: levels.count)
    var number = 0
    for (level, levelBlocks) in levels.enumerated() {
      (frames, downsamplings[level]) = level == 0 ? (frames, .none) : downsample(frames, pass)
      for block in levelBlocks {
        (frames, blocks[number]) = block.forward(frames, pass)
        number += 1
      }
    }
    let (kept, lastSaved) = lastPooling.forward(frames, pass)
    let features = kept.values.reshaped(
      rows: kept.sequences.count, columns: configuration.kMax * kept.values.columns)
    let (logits, headSaved) = head.forward(features, pass)
    return (
      PartScores(logits),
      Saved(
        characters: characters, embedding: embeddingSaved, first: firstSaved, blocks: blocks,
        downsamplings: downsamplings, lastPooling: lastSaved, head: headSaved)
    )
  }

  private func downsample(_ x: Frames, _ pass: Pass) -> (Frames, Saved.Downsampling) {
    switch configuration.downsampling {
    case .max:
      let (y, saved) = maxPooling.forward(x, pass)
      return (y, .max(saved))
    case .kMax:
      let (y, saved) = halving.forward(x, pass)
      return (y, .kMax(saved))
    case .convolution: return (x, .none)
    }
  }

  /// Inverts the forward pass from the scores back to the embedding.
  public func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass) {
    let dfeatures = head.backward(dscores.only, saved.head, pass)
    let channels = dfeatures.columns / configuration.kMax
    var dx = lastPooling.backward(
      dfeatures.reshaped(rows: dfeatures.rows * configuration.kMax, columns: channels), saved.lastPooling, pass)
    var number = saved.blocks.count
    for (level, levelBlocks) in levels.enumerated().reversed() {
      for block in levelBlocks.reversed() {
        number -= 1
        dx = block.backward(dx, saved.blocks[number], pass)
      }
      switch saved.downsamplings[level] {
      case .none: break
      case .max(let pooling): dx = maxPooling.backward(dx, pooling, pass)
      case .kMax(let pooling): dx = halving.backward(dx, pooling, pass)
      }
    }
    let table = saved.characters.table
    let dtable = pass.tensor(rows: table.rows, columns: table.columns)
    first.backward(dx, saved.first, into: dtable, accumulate: false, pass)
    embedding.backward(dtable, saved.embedding, pass)
  }

  public var layers: [LayerDescription] {
    var table = LayerTable(parameters, length: length)
    table.append("embedding", "characters to vectors", channels: configuration.embedding)
    table.append(
      "convolution", "convolution 3", channels: configuration.maps[0],
      operations: 2 * 3 * configuration.embedding * configuration.maps[0])
    var channels = configuration.maps[0]
    for (level, blocks) in levels.enumerated() {
      if level > 0 {
        table.rows.divide(by: 2)
        switch configuration.downsampling {
        case .max: table.append("pooling.\(level)", "max pooling 3, stride 2", channels: channels)
        case .kMax: table.append("pooling.\(level)", "k-max pooling of half", channels: channels)
        case .convolution: break
        }
      }
      for (number, block) in blocks.enumerated() {
        let maps = block.outputs
        let projected = block.projection == nil ? 0 : channels * maps
        table.append(
          "levels.\(level).\(number)",
          "2 x (convolution 3, batch normalization, relu)\(configuration.shortcut ? ", shortcut" : "")",
          channels: maps, operations: 2 * (3 * channels * maps + 3 * maps * maps + projected))
        channels = maps
      }
    }
    table.append("pooling", "k-max pooling \(configuration.kMax)", perText: configuration.kMax, channels: channels)
    head.describe(in: &table)
    return table.layers
  }
}
