public import CharCNNCompute

/// What ends a classifier: fully connected layers with ReLU, and one more that gives the scores, each after dropout.
public struct ClassifierHead: Sendable {
  private let hidden: [Linear]
  private let output: Linear
  /// One before each layer.
  private let dropouts: [Dropout]

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    struct Hidden: BitwiseCopyable {
      let linear: Linear.Saved
      let relu: Nonlinearity.Saved
    }

    let hidden: UnsafeMutableBufferPointer<Hidden>
    let output: Linear.Saved
  }

  /// - Parameters:
  ///   - inputs: Channels in.
  ///   - hidden: Widths of the layers before the last, `hidden.0` and so on.
  ///   - classes: Outputs of the last layer, `output`.
  ///   - dropouts: Dropout rate before each layer, the last included.
  ///   - initialization: Initial weights of a layer with so many inputs; nil for ``Linear``'s own.
  ///   - outputConstraint: Bound on the weights of the last layer.
  ///   - builder: Receives the parameters.
  public init(
    inputs: Int, hidden widths: [Int], classes: Int, dropouts rates: [Float],
    initialization: (_ inputs: Int) -> Parameter.Initialization? = { _ in nil },
    outputConstraint: Parameter.Constraint? = nil, builder: inout ParameterBuilder
  ) {
    precondition(rates.count == widths.count + 1, "one dropout rate for each layer")
    var channels = inputs
    var hidden: [Linear] = []
    for (number, width) in widths.enumerated() {
      hidden.append(
        builder.scope("hidden.\(number)", part: .head) {
          Linear(inputs: channels, outputs: width, initialization: initialization(channels), builder: &$0)
        })
      channels = width
    }
    self.hidden = hidden
    output = builder.scope("output", part: .head) {
      Linear(
        inputs: channels, outputs: classes, initialization: initialization(channels), constraint: outputConstraint,
        builder: &$0)
    }
    dropouts = rates.map { Dropout(rate: $0, builder: &builder) }
  }

  /// The output, and what the backward pass needs.
  public func forward(_ x: Tensor, _ pass: Pass) -> (Tensor, Saved) {
    let saved = pass.workspace.records(of: Saved.Hidden.self, count: hidden.count)
    var x = x
    for (number, layer) in hidden.enumerated() {
      let (y, linear) = layer.forward(dropouts[number].forward(x, pass), pass)
      x = pass.tensor(rows: y.rows, columns: y.columns)
      saved[number] = Saved.Hidden(linear: linear, relu: Nonlinearity.relu.forward(y, into: x, pass))
    }
    let (logits, outputSaved) = output.forward(dropouts[hidden.count].forward(x, pass), pass)
    return (logits, Saved(hidden: saved, output: outputSaved))
  }

  /// Inverts the layers, the last first.
  public func backward(_ dlogits: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    var dx = dropouts[hidden.count].backward(output.backward(dlogits, saved.output, pass), pass)
    for number in hidden.indices.reversed() {
      let dy = Nonlinearity.relu.backward(dx, saved.hidden[number].relu, pass)
      dx = dropouts[number].backward(hidden[number].backward(dy, saved.hidden[number].linear, pass), pass)
    }
    return dx
  }

  func describe(in table: inout LayerTable) {
    for (number, layer) in hidden.enumerated() {
      table.append(
        "hidden.\(number)", "fully connected, relu", perText: 1, channels: layer.outputs,
        operations: 2 * layer.inputs * layer.outputs)
    }
    table.append(
      "output", "fully connected", perText: 1, channels: output.outputs, operations: 2 * output.inputs * output.outputs)
  }
}
