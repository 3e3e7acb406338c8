internal import CharCNNCompute

extension Convolution {
  /// Channels from which on bringing tiles to their points and back costs little beside the products there.
  private static let leastChannels = 32
  /// Rows of one text from which on reading a filter's values, which are more than the weights, pays in prediction.
  private static let leastRows = 16
  /// Tiles of a batch from which on adding up the gradient at the points pays.
  private static let leastTiles = 64

  /// Convolves frames: in training all texts of a batch in one way, in prediction each text in a way that depends on its
  /// length alone, so that its bits do not depend on the others.
  func convolve(_ frames: Frames, output: PackedSequences, into y: Tensor, _ pass: Pass) -> Reads {
    let device = pass.device
    let biasValue = bias.map { pass.value($0) }
    if let weights = pass.integers(weight) {
      let bytes = device.quantize(frames.values, frames.sequences, workspace: pass.workspace)
      let windows = geometry.windows(input: frames.sequences, output: output, workspace: pass.workspace)
      device.convolve(
        bytes, windows: windows, weights: weights, bias: biasValue, output: output, into: y, workspace: pass.workspace)
      return .windows(windows)
    }
    if pass.isTraining, filters(output, pass) {
      let tiles = geometry.tiles(
        input: frames.sequences, output: output, texts: 0..<output.count, workspace: pass.workspace)
      device.convolve(
        frames.values, tiles: tiles, weights: pass.filter(weight), bias: biasValue, accumulate: false, into: y,
        workspace: pass.workspace)
      return .tiles(tiles)
    }
    // Prediction needs them for short texts only.
    let needsWindows = pass.isTraining || (0..<output.count).contains { !filters($0, of: output, pass) }
    let windows =
      needsWindows
      ? geometry.windows(input: frames.sequences, output: output, workspace: pass.workspace)
      : pass.workspace.indices(count: 0)
    var text = 0
    while text < output.count {
      // Neighbours that go the same way go together.
      let isFiltered = filters(text, of: output, pass)
      let first = text
      while text < output.count && filters(text, of: output, pass) == isFiltered { text += 1 }
      if isFiltered {
        let tiles = geometry.tiles(
          input: frames.sequences, output: output, texts: first..<text, workspace: pass.workspace)
        device.convolve(
          frames.values, tiles: tiles, weights: pass.filter(weight), bias: biasValue, accumulate: false, into: y,
          workspace: pass.workspace)
      } else {
        let rows = output.rows(of: first).lowerBound..<output.rows(of: text - 1).upperBound
        device.convolve(
          frames.values,
          windows: windows.suffix(windows.count - rows.lowerBound * geometry.width).prefix(
            rows.count * geometry.width), weights: pass.packed(weight), bias: biasValue, accumulate: false,
          into: y.rows(rows), workspace: pass.workspace)
      }
    }
    return .windows(windows)
  }

  /// Whether a batch of training is filtered.
  private func filters(_ output: PackedSequences, _ pass: Pass) -> Bool {
    guard canFilter(pass) else { return false }
    let tiles = (0..<output.count).reduce(0) { $0 + geometry.tileCount(output.rows(of: $1).count) }
    return tiles >= Self.leastTiles && pays(tiles: tiles, rows: output.rows, pass)
  }

  /// Whether a text is filtered in prediction. Causal windows are not: the rounding of a tile's first outputs would depend
  /// on characters that follow them.
  private func filters(_ text: Int, of output: PackedSequences, _ pass: Pass) -> Bool {
    guard !pass.isTraining, geometry.padding != .causal, canFilter(pass) else { return false }
    let rows = output.rows(of: text).count
    return rows >= Self.leastRows && pays(tiles: geometry.tileCount(rows), rows: rows, pass)
  }

  private func canFilter(_ pass: Pass) -> Bool {
    geometry.stride == 1 && inputs >= Self.leastChannels && outputs >= Self.leastChannels
      && pass.device.filteringPoints(taps: geometry.width) > 0
  }

  /// Whether tiles, whose last outputs may be missing, save at least a fifth of the products.
  private func pays(tiles: Int, rows: Int, _ pass: Pass) -> Bool {
    5 * tiles * pass.device.filteringPoints(taps: geometry.width) <= 4 * rows * geometry.width
  }
}
