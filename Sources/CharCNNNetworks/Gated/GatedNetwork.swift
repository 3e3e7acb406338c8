internal import CharCNNCompute

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
  private let encoder: GatedEncoder
  private let globalPooling: GlobalPooling
  private let head: ClassifierHead

  /// What the backward pass needs. Its lists lie in the step's memory, so that a step allocates nothing.
  public struct Saved {
    let encoder: GatedEncoder.Saved
    let globalPooling: GlobalPooling.Saved
    let head: ClassifierHead.Saved
  }

  public var length: Int? { configuration.length }

  /// Lays out the parameters; their values live in a ``ParameterStore``.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  public init(_ configuration: GatedConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    var builder = ParameterBuilder()
    encoder = GatedEncoder(configuration, builder: &builder)
    globalPooling = GlobalPooling(configuration.globalPooling)
    head = ClassifierHead(
      inputs: configuration.globalPooling.outputs(channels: encoder.channels), hidden: configuration.hidden,
      classes: configuration.classes,
      dropouts: Array(repeating: configuration.dropout, count: configuration.hidden.count + 1), builder: &builder)
    parameters = builder.layout
  }

  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved) {
    let (frames, encoderSaved) = encoder.forward(batch, pass)
    pass.trace?.leavePart()
    let (pooled, globalSaved) = globalPooling.forward(frames, pass)
    let (logits, headSaved) = head.forward(pooled, pass)
    return (PartScores(logits), Saved(encoder: encoderSaved, globalPooling: globalSaved, head: headSaved))
  }

  /// Inverts the forward pass from the scores back to the embedding.
  public func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass) {
    let dpooled = head.backward(dscores.only, saved.head, pass)
    encoder.backward(globalPooling.backward(dpooled, saved.globalPooling, pass), saved.encoder, pass)
  }
}
