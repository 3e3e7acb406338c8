import CharCNNCompute
import TestSupport

extension OperationCase {
  private static let filteringShapes = [
    (WindowGeometry(width: 3), 33, 40, [260, 0, 1, 7]),
    (WindowGeometry(width: 5, padding: .causal), 16, 31, [40, 3, 90]),
    (WindowGeometry(width: 7, padding: .valid), 40, 130, [100, 6, 7, 12]),
    (WindowGeometry(width: 3, dilation: 4), 64, 17, [50, 3, 4, 21]),
    (WindowGeometry(width: 7, dilation: 2), 7, 5, [30, 9]),
  ].map { geometry, inputs, outputs, lengths in
    ConvolutionShape(geometry: geometry, inputs: inputs, outputs: outputs, lengths: lengths, gap: 3)
  }

  /// Minimal filtering against the formula of the plain convolution; a device without it takes the plain way.
  static let filterings = filteringShapes.flatMap { shape -> [OperationCase] in
    let taps = shape.geometry.width
    let (windows, transposed, outputRows) = shape.tables()
    let x = Matrix(random: shape.rows, shape.inputs, seed: 1)
    let weight = Matrix(random: taps * shape.inputs, shape.outputs, seed: 2)
    let bias = Matrix(random: 1, shape.outputs, seed: 3)
    let dy = Matrix(random: outputRows, shape.outputs, seed: 4)
    let before = Matrix(random: shape.rows, shape.inputs, seed: 5)
    return [
      OperationCase("filtering, \(shape.name)", gap: shape.gap, tolerance: 1e-4) { stage in
        let y = stage.result(outputRows, shape.outputs)
        let (weights, biases) = (stage.tensor(weight, isContiguous: true), stage.tensor(bias, isContiguous: true))
        if stage.device.filteringPoints(taps: taps) == 0 {
          let packed = stage.device.pack(
            weights, taps: taps, inputs: shape.inputs, outputs: shape.outputs, transposed: false,
            workspace: stage.workspace)
          stage.device.convolve(
            stage.tensor(x), windows: stage.indices(windows), weights: packed, bias: biases, accumulate: false, into: y,
            workspace: stage.workspace)
          return [stage.read(y)]
        }
        let (input, output) = sequences(shape, stage)
        let filter = stage.device.packFilter(
          weights, taps: taps, inputs: shape.inputs, outputs: shape.outputs, transposed: false,
          workspace: stage.workspace, scratch: stage.workspace)
        // Texts may be taken one by one, and give the same bits.
        for texts in [0..<1, 1..<input.count] {
          stage.device.convolve(
            stage.tensor(x),
            tiles: shape.geometry.tiles(input: input, output: output, texts: texts, workspace: stage.workspace),
            weights: filter, bias: biases, accumulate: false, into: y, workspace: stage.workspace)
        }
        return [stage.read(y)]
      } formula: {
        [convolution(x, windows: windows, taps: taps, rows: outputRows, weight: weight) { bias[0, $1] }.values]
      },
      OperationCase("gradients of filtering, \(shape.name)", gap: shape.gap, tolerance: 1e-4) { stage in
        let device = stage.device
        let weights = stage.tensor(weight, isContiguous: true)
        let dw = stage.tensor(weight, isContiguous: true)
        let dx = stage.tensor(before)
        if device.filteringPoints(taps: taps) == 0 {
          let packed = device.pack(
            weights, taps: taps, inputs: shape.inputs, outputs: shape.outputs, transposed: true,
            workspace: stage.workspace)
          device.convolve(
            stage.tensor(dy), windows: stage.indices(transposed), weights: packed, bias: nil, accumulate: true,
            into: dx,
            workspace: stage.workspace)
          device.addWeightGradient(
            stage.tensor(x), windows: stage.indices(windows), taps: taps, dy: stage.tensor(dy), into: dw,
            workspace: stage.workspace)
          return [stage.read(dx), stage.read(dw)]
        }
        let (input, output) = sequences(shape, stage)
        let filter = device.packFilter(
          weights, taps: taps, inputs: shape.inputs, outputs: shape.outputs, transposed: true,
          workspace: stage.workspace, scratch: stage.workspace)
        device.convolve(
          stage.tensor(dy),
          tiles: shape.geometry.transposedTiles(input: input, output: output, workspace: stage.workspace),
          weights: filter, bias: nil, accumulate: true, into: dx, workspace: stage.workspace)
        device.addWeightGradient(
          stage.tensor(x),
          tiles: shape.geometry.tiles(
            input: input, output: output, texts: 0..<input.count, workspace: stage.workspace), dy: stage.tensor(dy),
          into: dw, workspace: stage.workspace)
        return [stage.read(dx), stage.read(dw)]
      } formula: {
        var dx = before
        var dw = weight
        for row in 0..<outputRows {
          for tap in 0..<taps where windows[row * taps + tap] >= 0 {
            let source = Int(windows[row * taps + tap])
            for input in 0..<shape.inputs {
              for output in 0..<shape.outputs {
                dx[source, input] += dy[row, output] * weight[tap * shape.inputs + input, output]
                dw[tap * shape.inputs + input, output] += x[source, input] * dy[row, output]
              }
            }
          }
        }
        return [dx.values, dw.values]
      },
    ]
  }

  private static func sequences(_ shape: ConvolutionShape, _ stage: Stage) -> (PackedSequences, PackedSequences) {
    let input = PackedSequences(lengths: shape.lengths, count: shape.lengths.count, workspace: stage.workspace)
    return (input, shape.geometry.output(of: input, workspace: stage.workspace))
  }
}
