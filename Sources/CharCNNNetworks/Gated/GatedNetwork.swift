public import CharCNNCompute

/// Residual gated character convolutions: the project's own default.
///
/// Sources: Dauphin, Fan, Auli, Grangier (2017), "Language Modeling with Gated Convolutional Networks" (the gate); He,
/// Zhang, Ren, Sun (2016), "Deep Residual Learning" (the addition); and the tutorial on character convolution whose
/// worked example is ``GatedConfiguration/tutorial``.
///
/// Differences from the tutorial: its equations 2 to 5 do not close with its own numbers, so this network is the reading
/// of its diagram in which all shapes agree (convolution d to k, gate k to k / 2, residual addition, pooling between
/// blocks, global pooling, fully connected layers). Texts need no common length.
public struct GatedNetwork: TextNetwork {
  /// The settings it was made from.
  public let configuration: GatedConfiguration
  public let parameters: ParameterLayout
  private let embedding: CharacterEmbedding
  private let blocks: [GatedBlock]
  private let localPooling: LocalPooling?
  private let globalPooling: GlobalPooling
  private let hidden: [Linear]
  private let hiddenDropouts: [Dropout]
  private let output: Linear
  private let outputDropout: Dropout

  /// What the backward pass needs. Its lists lie in the step's memory, so that a step allocates nothing.
  public struct Saved {
    struct Hidden: BitwiseCopyable {
      let linear: Linear.Saved
      let relu: Nonlinearity.Saved
    }

    let characters: EmbeddedCharacters
    let embedding: CharacterEmbedding.Saved
    let blocks: UnsafeMutableBufferPointer<GatedBlock.Saved>
    let localPooling: UnsafeMutableBufferPointer<LocalPooling.Saved>
    let globalPooling: GlobalPooling.Saved
    let hidden: UnsafeMutableBufferPointer<Hidden>
    let output: Linear.Saved
  }

  public var length: Int? { configuration.length }

  /// Lays out the parameters; their values live in a ``ParameterStore``.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  public init(_ configuration: GatedConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    var builder = ParameterBuilder()
    embedding = builder.scope("embedding") {
      CharacterEmbedding(
        alphabetSize: configuration.alphabetSize, dimension: configuration.embedding,
        dropRate: configuration.characterDropout, builder: &$0)
    }
    var channels = configuration.embedding
    blocks = (0..<configuration.blocks).map { number in
      builder.scope("blocks.\(number)") {
        let block = GatedBlock(inputs: channels, configuration: configuration, block: number, builder: &$0)
        channels = block.outputs
        return block
      }
    }
    localPooling = configuration.pooling.pooling.map {
      LocalPooling(
        geometry: WindowGeometry(width: configuration.poolingWidth, stride: configuration.poolingStride), pooling: $0)
    }
    globalPooling = GlobalPooling(configuration.globalPooling)
    channels = configuration.globalPooling.outputs(channels: channels)
    var hidden: [Linear] = []
    var dropouts: [Dropout] = []
    for (number, width) in configuration.hidden.enumerated() {
      dropouts.append(Dropout(rate: configuration.dropout, builder: &builder))
      hidden.append(
        builder.scope("hidden.\(number)") { Linear(inputs: channels, outputs: width, builder: &$0) })
      channels = width
    }
    self.hidden = hidden
    hiddenDropouts = dropouts
    outputDropout = Dropout(rate: configuration.dropout, builder: &builder)
    output = builder.scope("output") { Linear(inputs: channels, outputs: configuration.classes, builder: &$0) }
    parameters = builder.layout
  }

  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (logits: Tensor, saved: Saved) {
    let (characters, embeddingSaved) = embedding.forward(batch, pass)
    var input = LayerInput.characters(characters)
    let blockSaved = pass.workspace.records(of: GatedBlock.Saved.self, count: blocks.count)
    let poolingSaved = pass.workspace.records(of: LocalPooling.Saved.self, count: blocks.count)
    for (number, block) in blocks.enumerated() {
      var (frames, saved) = block.forward(input, pass)
      blockSaved[number] = saved
      if let localPooling, number < blocks.count - 1 {
        let (pooled, saved) = localPooling.forward(frames, pass)
        poolingSaved[number] = saved
        frames = pooled
      }
      input = .frames(frames)
    }
    pass.trace?.leavePart()
    let (pooled, globalSaved) = globalPooling.forward(input.frames, pass)
    var x = pooled
    let hiddenSaved = pass.workspace.records(of: Saved.Hidden.self, count: hidden.count)
    for (number, layer) in hidden.enumerated() {
      let (y, saved) = layer.forward(hiddenDropouts[number].forward(x, pass), pass)
      let activated = pass.tensor(rows: y.rows, columns: y.columns)
      let reluSaved = Nonlinearity.relu.forward(y, into: activated, pass)
      hiddenSaved[number] = Saved.Hidden(linear: saved, relu: reluSaved)
      x = activated
    }
    let (logits, outputSaved) = output.forward(outputDropout.forward(x, pass), pass)
    return (
      logits,
      Saved(
        characters: characters, embedding: embeddingSaved, blocks: blockSaved, localPooling: poolingSaved,
        globalPooling: globalSaved, hidden: hiddenSaved, output: outputSaved)
    )
  }

  /// Inverts the forward pass from the scores back to the embedding.
  public func backward(_ dlogits: Tensor, _ saved: Saved, _ pass: Pass) {
    var dx = outputDropout.backward(output.backward(dlogits, saved.output, pass), pass)
    for number in hidden.indices.reversed() {
      let dy = Nonlinearity.relu.backward(dx, saved.hidden[number].relu, pass)
      dx = hiddenDropouts[number].backward(hidden[number].backward(dy, saved.hidden[number].linear, pass), pass)
    }
    dx = globalPooling.backward(dx, saved.globalPooling, pass)
    for number in blocks.indices.reversed() {
      if let localPooling, number < blocks.count - 1 {
        dx = localPooling.backward(dx, saved.localPooling[number], pass)
      }
      dx = blocks[number].backward(dx, saved.blocks[number], pass)
    }
    embedding.backward(dx, saved.embedding, pass)
  }
}
