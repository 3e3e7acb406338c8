public import CharCNNCompute

/// Fully connected layer: y = x W + b (eq. 7 of the tutorial's model).
public struct Linear: Sendable {
  let weight: Parameter
  let bias: Parameter
  let inputs: Int
  let outputs: Int

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    let x: Tensor
  }

  /// Weights [outputs, inputs] start uniform with variance 1 / inputs unless told otherwise, biases at zero.
  public init(
    inputs: Int, outputs: Int, initialization: Parameter.Initialization? = nil,
    constraint: Parameter.Constraint? = nil, builder: inout ParameterBuilder
  ) {
    self.inputs = inputs
    self.outputs = outputs
    weight = builder.add(
      "weight", shape: [outputs, inputs], layout: .linear,
      initialization: initialization ?? .uniform((3 / Float(inputs)).squareRoot()), decays: true,
      constraint: constraint)
    bias = builder.add("bias", shape: [outputs], initialization: .zeros, decays: false)
  }

  /// The output, and what the backward pass needs.
  public func forward(_ x: Tensor, _ pass: Pass) -> (Tensor, Saved) {
    let y = pass.tensor(rows: x.rows, columns: outputs)
    pass.recordInput(.linear(inputs: inputs, outputs: outputs), x, of: weight)
    if let weights = pass.integers(weight) {
      pass.device.product(x, weights: weights, bias: pass.value(bias), into: y, workspace: pass.workspace)
    } else {
      pass.device.product(
        x, weights: pass.packed(weight), bias: pass.value(bias), into: y, workspace: pass.workspace)
    }
    pass.record(.linear(inputs: inputs, outputs: outputs), y, of: weight, reading: [x])
    return (y, Saved(x: x))
  }

  /// Inverts y = x W + b: dx = dy Wᵀ, dW = xᵀ dy, db = column sums of dy.
  public func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> Tensor {
    if pass.learns {
      pass.device.addColumnSums(dy, to: pass.gradient(bias))
      pass.device.addProductGradient(saved.x, dy: dy, into: pass.gradient(weight), workspace: pass.workspace)
    }
    let dx = pass.tensor(rows: dy.rows, columns: inputs)
    pass.device.product(
      dy, weights: pass.packed(weight, transposed: true), bias: nil, into: dx, workspace: pass.workspace)
    return dx
  }
}
