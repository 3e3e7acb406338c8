import CharCNNCompute
import TestSupport

extension OperationCase {
  struct ConvolutionShape {
    var geometry: WindowGeometry
    var inputs: Int
    var outputs: Int
    var lengths: [Int]
    var gap: Int

    var name: String {
      "width \(geometry.width), stride \(geometry.stride), dilation \(geometry.dilation), "
        + "\(inputs) to \(outputs), \(rows) rows"
    }
    var rows: Int { lengths.reduce(0, +) }

    /// Window table, its transpose and the number of output rows.
    func tables() -> (windows: [Int32], transposed: [Int32], outputRows: Int) {
      let workspace = Workspace()
      let input = PackedSequences(lengths: lengths, count: lengths.count, workspace: workspace)
      let output = geometry.output(of: input, workspace: workspace)
      return withExtendedLifetime(workspace) {
        (
          Array(geometry.windows(input: input, output: output, workspace: workspace).host),
          Array(geometry.transposedWindows(input: input, output: output, workspace: workspace).host), output.rows
        )
      }
    }
  }

  private static let convolutionShapes = [
    ConvolutionShape(geometry: WindowGeometry(width: 1), inputs: 1, outputs: 1, lengths: [0], gap: 0),
    ConvolutionShape(geometry: WindowGeometry(width: 1), inputs: 5, outputs: 3, lengths: [4, 1], gap: 2),
    ConvolutionShape(geometry: WindowGeometry(width: 3), inputs: 8, outputs: 16, lengths: [7, 0, 1, 2], gap: 0),
    ConvolutionShape(
      geometry: WindowGeometry(width: 4, stride: 2), inputs: 7, outputs: 33, lengths: [13, 2, 1], gap: 3),
    ConvolutionShape(
      geometry: WindowGeometry(width: 2, dilation: 3), inputs: 33, outputs: 17, lengths: [50, 9], gap: 0),
    ConvolutionShape(
      geometry: WindowGeometry(width: 5, padding: .causal), inputs: 16, outputs: 31, lengths: [20, 30, 3], gap: 1),
    ConvolutionShape(geometry: WindowGeometry(width: 3), inputs: 33, outputs: 40, lengths: [700, 900, 650, 1], gap: 0),
    ConvolutionShape(geometry: WindowGeometry(width: 3), inputs: 40, outputs: 50, lengths: [700, 900, 650, 1], gap: 5),
  ]

  /// y[r] = bias + sum over taps and inputs of x[windows[r, tap]] W[tap], W as rows tap * inputs + input.
  static func convolution(
    _ x: Matrix, windows: [Int32], taps: Int, rows: Int, weight: Matrix, start: (Int, Int) -> Double
  ) -> Matrix {
    Matrix(zeros: rows, weight.columns).filled { row, output in
      var sum = start(row, output)
      for tap in 0..<taps where windows[row * taps + tap] >= 0 {
        let source = Int(windows[row * taps + tap])
        for input in 0..<x.columns { sum += x[source, input] * weight[tap * x.columns + input, output] }
      }
      return sum
    }
  }

  static let convolutions = convolutionShapes.flatMap { shape -> [OperationCase] in
    let taps = shape.geometry.width
    let (windows, transposed, outputRows) = shape.tables()
    let x = Matrix(random: shape.rows, shape.inputs, seed: 1)
    let weight = Matrix(random: taps * shape.inputs, shape.outputs, seed: 2)
    let bias = Matrix(random: 1, shape.outputs, seed: 3)
    let dy = Matrix(random: outputRows, shape.outputs, seed: 4)
    let before = Matrix(random: shape.rows, shape.inputs, seed: 5)
    let dweight = Matrix(random: taps * shape.inputs, shape.outputs, seed: 6)
    return [
      OperationCase("convolution, \(shape.name)", gap: shape.gap) { stage in
        let y = stage.result(outputRows, shape.outputs)
        let packed = stage.device.pack(
          stage.tensor(weight, isContiguous: true), taps: taps, inputs: shape.inputs, outputs: shape.outputs,
          transposed: false, workspace: stage.workspace)
        stage.device.convolve(
          stage.tensor(x), windows: stage.indices(windows), weights: packed,
          bias: stage.tensor(bias, isContiguous: true), accumulate: false, into: y, workspace: stage.workspace)
        return [stage.read(y)]
      } formula: {
        [convolution(x, windows: windows, taps: taps, rows: outputRows, weight: weight) { bias[0, $1] }.values]
      },
      OperationCase("gradient of a convolution to its input, \(shape.name)", gap: shape.gap) { stage in
        let packed = stage.device.pack(
          stage.tensor(weight, isContiguous: true), taps: taps, inputs: shape.inputs, outputs: shape.outputs,
          transposed: true, workspace: stage.workspace)
        return [false, true].map { accumulate in
          let dx = stage.tensor(before)
          stage.device.convolve(
            stage.tensor(dy), windows: stage.indices(transposed), weights: packed, bias: nil, accumulate: accumulate,
            into: dx, workspace: stage.workspace)
          return stage.read(dx)
        }
      } formula: {
        // By the forward windows: each output row gives to the rows that it has read.
        var dx = Matrix(zeros: shape.rows, shape.inputs)
        for row in 0..<outputRows {
          for tap in 0..<taps where windows[row * taps + tap] >= 0 {
            for input in 0..<shape.inputs {
              var sum = 0.0
              for output in 0..<shape.outputs {
                sum += dy[row, output] * weight[tap * shape.inputs + input, output]
              }
              dx[Int(windows[row * taps + tap]), input] += sum
            }
          }
        }
        return [dx.values, zip(dx.values, before.values).map { $0 + $1 }]
      },
      OperationCase("gradient of a convolution to its weight, \(shape.name)", gap: shape.gap) { stage in
        let dw = stage.tensor(dweight, isContiguous: true)
        stage.device.addWeightGradient(
          stage.tensor(x), windows: stage.indices(windows), taps: taps, dy: stage.tensor(dy), into: dw,
          workspace: stage.workspace)
        return [stage.read(dw)]
      } formula: {
        var dw = dweight
        for row in 0..<outputRows {
          for tap in 0..<taps where windows[row * taps + tap] >= 0 {
            let source = Int(windows[row * taps + tap])
            for input in 0..<shape.inputs {
              for output in 0..<shape.outputs {
                dw[tap * shape.inputs + input, output] += x[source, input] * dy[row, output]
              }
            }
          }
        }
        return [dw.values]
      },
      OperationCase("product and its gradient, \(shape.inputs) to \(shape.outputs), \(shape.rows) rows", gap: shape.gap)
      { stage in
        let y = stage.result(shape.rows, shape.outputs)
        let first = stage.tensor(weight, isContiguous: true).rows(0..<shape.inputs)
        let packed = stage.device.pack(
          first, taps: 1, inputs: shape.inputs, outputs: shape.outputs, transposed: false, workspace: stage.workspace)
        stage.device.product(stage.tensor(x), weights: packed, bias: nil, into: y, workspace: stage.workspace)
        let dw = stage.tensor(Matrix(zeros: shape.inputs, shape.outputs), isContiguous: true)
        stage.device.addProductGradient(stage.tensor(x), dy: y, into: dw, workspace: stage.workspace)
        return [stage.read(y), stage.read(dw)]
      } formula: {
        let own = (0..<shape.rows).map { Int32($0) }
        let y = convolution(x, windows: own, taps: 1, rows: shape.rows, weight: weight) { _, _ in 0 }
        let dw = Matrix(zeros: shape.inputs, shape.outputs).filled { input, output in
          (0..<shape.rows).reduce(0) { $0 + x[$1, input] * y[$1, output] }
        }
        return [y.values, dw.values]
      },
    ]
  }
}
