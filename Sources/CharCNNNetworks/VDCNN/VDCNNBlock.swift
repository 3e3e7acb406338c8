package import CharCNNCompute

/// Two convolutions of width 3, each followed by batch normalization and ReLU, with or without a shortcut.
///
/// The shortcut is the block's input, or a 1x1 convolution of it where the feature maps or the stride differ, and is added
/// before the last ReLU (He, Zhang, Ren, Sun 2016, "Deep Residual Learning"). The convolutions have no bias: batch
/// normalization would take it out again.
package struct VDCNNBlock: Sendable {
  /// A convolution with its normalization.
  struct Half: Sendable {
    let convolution: Convolution
    let normalization: BatchNormalization
  }

  let first: Half
  let second: Half
  let shortcut: Bool
  let projection: Convolution?
  let outputs: Int

  struct HalfSaved: BitwiseCopyable {
    let convolution: Convolution.Saved
    let normalization: BatchNormalization.Saved
    let relu: Nonlinearity.Saved
  }

  package struct Saved: BitwiseCopyable {
    let first: HalfSaved
    let second: HalfSaved
    let projection: Convolution.Saved?
  }

  /// Weights start normal with variance 2 / (inputs * width), as He 2015 derives for ReLU.
  package init(inputs: Int, outputs: Int, stride: Int, shortcut: Bool, builder: inout ParameterBuilder) {
    func convolution(_ inputs: Int, width: Int, stride: Int, _ builder: inout ParameterBuilder) -> Convolution {
      Convolution(
        inputs: inputs, outputs: outputs, geometry: WindowGeometry(width: width, stride: stride), bias: false,
        initialization: .he(inputs: inputs * width), builder: &builder)
    }
    let halves = [(inputs, stride), (outputs, 1)].enumerated().map { number, half in
      Half(
        convolution: builder.scope("convolutions.\(number)") { convolution(half.0, width: 3, stride: half.1, &$0) },
        normalization: builder.scope("normalizations.\(number)") {
          BatchNormalization(channels: outputs, builder: &$0)
        })
    }
    (first, second) = (halves[0], halves[1])
    self.shortcut = shortcut
    self.outputs = outputs
    projection =
      shortcut && (inputs != outputs || stride != 1)
      ? builder.scope("projection") { convolution(inputs, width: 1, stride: stride, &$0) } : nil
  }

  package func forward(_ x: Frames, _ pass: Pass) -> (Frames, Saved) {
    let (middle, firstSaved) = forward(first, x, adding: nil, pass)
    let projected = projection?.forward(.frames(x), pass)
    let added = projected?.0.values ?? (shortcut ? x.values : nil)
    let (y, secondSaved) = forward(second, middle, adding: added, pass)
    return (y, Saved(first: firstSaved, second: secondSaved, projection: projected?.1))
  }

  private func forward(_ half: Half, _ x: Frames, adding added: Tensor?, _ pass: Pass) -> (Frames, HalfSaved) {
    let (convolved, convolution) = half.convolution.forward(.frames(x), pass)
    let (normalized, normalization) = half.normalization.forward(convolved.values, pass)
    if let added {
      pass.device.add(added, to: normalized)
      pass.record(.residual, normalized, reading: [normalized, added])
    }
    let y = pass.tensor(rows: normalized.rows, columns: normalized.columns)
    let relu = Nonlinearity.relu.forward(normalized, into: y, pass)
    return (
      Frames(values: y, sequences: convolved.sequences),
      HalfSaved(convolution: convolution, normalization: normalization, relu: relu)
    )
  }

  /// Inverts the block.
  package func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    let input = saved.first.convolution.input.source
    let dx = pass.tensor(rows: input.rows, columns: input.columns)
    let dsum = Nonlinearity.relu.backward(dy, saved.second.relu, pass)
    if let projection, let projectionSaved = saved.projection {
      projection.backward(dsum, projectionSaved, into: dx, accumulate: false, pass)
    } else if shortcut {
      pass.device.copy(dsum, into: dx)
    }
    let dconvolved = second.normalization.backward(dsum, saved.second.normalization, pass)
    let dmiddle = pass.tensor(rows: dsum.rows, columns: outputs)
    second.convolution.backward(dconvolved, saved.second.convolution, into: dmiddle, accumulate: false, pass)
    let dnormalized = Nonlinearity.relu.backward(dmiddle, saved.first.relu, pass)
    let dfirst = first.normalization.backward(dnormalized, saved.first.normalization, pass)
    first.convolution.backward(dfirst, saved.first.convolution, into: dx, accumulate: shortcut, pass)
    return dx
  }
}
