public import CharCNNCompute

/// Runs a causal language model one character at a time: each block keeps the rows of its input that its windows can still
/// reach, so that a step costs the same however long the text is.
public final class LanguageStepper {
  private let network: LanguageNetwork
  private let device: any Device
  private let store: ParameterStore
  /// Memory of the kept rows.
  private let memory = Workspace()
  /// Memory of a step.
  private let workspace = Workspace()
  /// For each block the last rows of its input; row t of the text is row t modulo their number.
  private let kept: [Tensor]
  private let outputWeights: PackedWeights
  private var time = 0

  /// At the beginning of a text.
  ///
  /// - Parameters:
  ///   - network: A network with causal windows.
  ///   - store: Its parameters, best frozen.
  ///   - device: Does the arithmetic.
  public init(_ network: LanguageNetwork, store: ParameterStore, device: any Device) {
    precondition(network.configuration.padding == .causal, "only causal windows can go step by step")
    self.network = network
    self.store = store
    self.device = device
    let memory = memory
    kept = network.encoder.blocks.map { block in
      let span = block.branches.reduce(1) { max($0, $1.convolution.geometry.span) }
      return memory.tensor(rows: span, columns: block.inputs)
    }
    outputWeights = network.outputWeights(.prediction(device: device, workspace: memory, store: store))
  }

  /// Reads a character (-1 for the beginning of a text) and gives the scores of all characters to follow it.
  public func scores(after character: Int32) -> [Float] {
    workspace.reset()
    let pass = Pass.prediction(device: device, workspace: workspace, store: store)
    let index = workspace.indices(count: 1)
    index.host[0] = character
    let embedding = network.encoder.embedding.weight
    var x = workspace.tensor(rows: 1, columns: embedding.shape[1])
    device.gatherRows(store.tensor(embedding), rows: index, into: x)
    for (block, rows) in zip(network.encoder.blocks, kept) {
      x = block.step(x, kept: rows, time: time, pass)
    }
    time += 1
    let h = network.head(x, pass)
    return device.read(network.scores(h, weights: outputWeights, pass, workspace: workspace))
  }
}

extension GatedBlock {
  /// The block's output at one time: `x` is its input there, `kept` the inputs of the times before, which it joins.
  fileprivate func step(_ x: Tensor, kept: Tensor, time: Int, _ pass: Pass) -> Tensor {
    let place = time % kept.rows
    pass.device.copy(x, into: kept.rows(place..<place + 1))
    let gated = pass.tensor(rows: 1, columns: outputs)
    let share = outputs / branches.count
    for (number, branch) in branches.enumerated() {
      let convolution = branch.convolution
      let geometry = convolution.geometry
      let windows = pass.workspace.indices(count: geometry.width)
      for tap in 0..<geometry.width {
        let read = time - (geometry.width - 1 - tap) * geometry.dilation
        windows.host[tap] = read < 0 ? -1 : Int32(read % kept.rows)
      }
      let c = pass.tensor(rows: 1, columns: convolution.outputs)
      pass.device.convolve(
        kept, windows: windows, weights: pass.packed(convolution.weight), bias: convolution.bias.map(pass.value),
        accumulate: false, into: c, workspace: pass.workspace)
      let normalized = branch.normalization?.forward(c, pass).0 ?? c
      _ = nonlinearity.forward(normalized, into: gated.columns(number * share..<(number + 1) * share), pass)
    }
    if let projection {
      let projected = pass.tensor(rows: 1, columns: outputs)
      pass.device.product(
        x, weights: pass.packed(projection.weight), bias: nil, into: projected, workspace: pass.workspace)
      pass.device.add(projected, to: gated)
    } else if residual {
      pass.device.add(x, to: gated)
    }
    return gated
  }
}
