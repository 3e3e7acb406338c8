internal import CharCNNCompute

/// Six convolutions over one-hot characters and three fully connected layers.
///
/// Source: Xiang Zhang, Junbo Zhao, Yann LeCun (2015), "Character-level Convolutional Networks for Text Classification".
///
/// Differences from the paper:
/// - The first convolution reads its weights as a table instead of multiplying them with one-hot vectors; the numbers
///   are the same.
/// - The paper's alphabet has the hyphen twice, so that one of its 70 inputs is never on. Here that one is input 0, the
///   unknown character, which is a zero vector as in the paper.
/// - Of a text longer than 1014 characters the first ones are read.
/// - Pooling is done before ReLU, which gives the same numbers with less work, because ReLU never falls.
/// - Frames are flattened one after another, not feature map after feature map: columns of `hidden.0.weight` are in
///   another order than in programs whose frames are columns.
/// - Biases start at zero.
/// - Without a length (`length: none`, not in the paper) each text keeps its own, at least as many characters as leave one
///   frame, and the maximum of each feature map takes the place of the flattened frames.
public struct ZhangNetwork: TextNetwork {
  /// The settings it was made from.
  public let configuration: ZhangConfiguration
  public let parameters: ParameterLayout
  private let first: OneHotConvolution
  /// All convolutions but the first.
  private let convolutions: [Convolution]
  /// What follows each convolution, the first included.
  private let poolings: [LocalPooling?]
  private let globalPooling = GlobalPooling(.max)
  private let head: ClassifierHead

  /// What the backward pass needs.
  public struct Saved {
    struct Stage: BitwiseCopyable {
      /// Nil for the first.
      var convolution: Convolution.Saved?
      var pooling: LocalPooling.Saved?
      var relu: Nonlinearity.Saved
    }

    let first: OneHotConvolution.Saved
    let stages: UnsafeMutableBufferPointer<Stage>
    let frames: Frames
    let globalPooling: GlobalPooling.Saved?
    let head: ClassifierHead.Saved
  }

  public var length: Int? { configuration.length }

  /// Lays out the parameters; their values live in a ``ParameterStore``.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  public init(_ configuration: ZhangConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    let initialization = Parameter.Initialization.normal(configuration.deviation)
    var builder = ParameterBuilder()
    first = builder.scope("convolutions.0", part: .body(0)) {
      OneHotConvolution(
        alphabetSize: configuration.alphabetSize, outputs: configuration.maps, geometry: configuration.convolution(0),
        initialization: initialization, builder: &$0)
    }
    convolutions = configuration.widths.indices.dropFirst().map { number in
      builder.scope("convolutions.\(number)", part: .body(number)) {
        Convolution(
          inputs: configuration.maps, outputs: configuration.maps, geometry: configuration.convolution(number),
          initialization: initialization, builder: &$0)
      }
    }
    poolings = configuration.widths.indices.map { number in
      configuration.pooling(number).map { LocalPooling(geometry: $0, pooling: .max) }
    }
    head = ClassifierHead(
      inputs: configuration.maps * (configuration.frames ?? 1), hidden: configuration.hidden,
      classes: configuration.classes, dropouts: [0] + configuration.hidden.map { _ in configuration.dropout },
      initialization: { _ in initialization }, builder: &builder)
    parameters = builder.layout
  }

  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved) {
    var batch = configuration.reversed ? batch.reversed(workspace: pass.workspace) : batch
    if length == nil { batch = batch.padded(toAtLeast: configuration.shortestText, workspace: pass.workspace) }
    pass.path?.isReversed = configuration.reversed
    pass.trace?.isReversed = configuration.reversed
    let stages = pass.workspace.records(of: Saved.Stage.self, count: poolings.count)
    var (frames, firstSaved, firstPooled) = begin(batch, pass)
    for number in poolings.indices {
      var (convolution, pooled) = (Convolution.Saved?.none, firstPooled)
      if number > 0 {
        let (convolved, saved) = convolutions[number - 1].forward(.frames(frames), pass)
        (frames, convolution, pooled) = (convolved, saved, nil)
        if let pooling = poolings[number] {
          let (maxima, saved) = pooling.forward(frames, pass)
          (frames, pooled) = (maxima, saved)
        }
      }
      let activated = pass.tensor(rows: frames.values.rows, columns: frames.values.columns)
      let relu = Nonlinearity.relu.forward(frames.values, into: activated, pass)
      frames = Frames(values: activated, sequences: frames.sequences)
      stages[number] = Saved.Stage(convolution: convolution, pooling: pooled, relu: relu)
    }
    let texts = frames.sequences.count
    let global = length == nil ? globalPooling.forward(frames, pass) : nil
    let features = global?.0 ?? frames.values.reshaped(rows: texts, columns: frames.values.count / max(texts, 1))
    let (logits, headSaved) = head.forward(features, pass)
    return (
      PartScores(logits),
      Saved(first: firstSaved, stages: stages, frames: frames, globalPooling: global?.1, head: headSaved)
    )
  }

  /// The first convolution and its pooling. What lies between them is in no memory where nobody else asks for it.
  private func begin(_ batch: CharacterBatch, _ pass: Pass) -> (Frames, OneHotConvolution.Saved, LocalPooling.Saved?) {
    guard let pooling = poolings[0] else {
      let (frames, saved) = first.forward(batch, pass)
      return (frames, saved, nil)
    }
    if pass.path == nil, pass.trace == nil {
      let (rows, sequences, saved) = first.rows(batch, pass)
      let (frames, pooled) = pooling.forward(rows, sequences, pass)
      return (frames, saved, pooled)
    }
    let (convolved, saved) = first.forward(batch, pass)
    let (frames, pooled) = pooling.forward(convolved, pass)
    return (frames, saved, pooled)
  }

  /// Inverts the forward pass from the scores back to the first convolution.
  public func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass) {
    let dfeatures = head.backward(dscores.only, saved.head, pass)
    let last = saved.frames.values
    var dx =
      saved.globalPooling.map { globalPooling.backward(dfeatures, $0, pass) }
      ?? dfeatures.reshaped(rows: last.rows, columns: last.columns)
    for number in poolings.indices.reversed() {
      let stage = saved.stages[number]
      dx = Nonlinearity.relu.backward(dx, stage.relu, pass)
      if let pooling = poolings[number], let poolingSaved = stage.pooling {
        dx = pooling.backward(dx, poolingSaved, pass)
      }
      if number > 0, let convolutionSaved = stage.convolution {
        let source = convolutionSaved.input.source
        let dinput = pass.tensor(rows: source.rows, columns: source.columns)
        convolutions[number - 1].backward(dx, convolutionSaved, into: dinput, accumulate: false, pass)
        dx = dinput
      }
    }
    first.backward(dx, saved.first, pass)
  }

  public var layers: [LayerDescription] {
    var table = LayerTable(parameters, length: length)
    let maps = configuration.maps
    for (number, width) in configuration.widths.enumerated() {
      table.rows.slide(configuration.convolution(number))
      // The first adds a row of the table for each tap and multiplies nothing.
      table.append(
        "convolutions.\(number)", "convolution \(width)\(number == 0 ? " of one-hot characters" : ""), relu",
        channels: maps, operations: number == 0 ? width * maps : 2 * width * maps * maps)
      if let pooling = configuration.pooling(number) {
        table.rows.slide(pooling)
        table.append("poolings.\(number)", "max pooling \(pooling.width)", channels: maps)
      }
    }
    if length == nil { table.append("pooling", "max pooling of the text", perText: 1, channels: maps) }
    head.describe(in: &table)
    return table.layers
  }
}
