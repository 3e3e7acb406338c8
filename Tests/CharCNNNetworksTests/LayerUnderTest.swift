import CharCNNCompute
import CharCNNNetworks
import TestSupport
import Testing

/// A layer with an input of some shape, run so that its backward pass can be compared with differences of its forward.
struct LayerUnderTest: Sendable, CustomTestStringConvertible {
  /// Lengths of the texts that every layer is run on.
  static let lengths = [6, 1, 3, 0, 5]
  static let rows = 15
  /// Characters of the same texts; -1 is padding.
  static let characters: [Int32] = [0, 3, 2, 2, -1, 1, 3, 1, 0, 3, 2, 2, 0, 1, 1]

  let name: String
  let layout: ParameterLayout
  /// Columns of the input, which has ``rows`` rows; nil for layers on characters, which take none.
  let columns: Int?
  let randomness: Randomness?
  /// Forward; gives the output and what runs backward from its gradient and returns the gradient to the input.
  let run: @Sendable (Tensor, Pass) -> (output: Tensor, backward: (Tensor) -> Tensor)

  var testDescription: String { name }

  init<Layer: Sendable>(
    _ name: String, columns: Int?, randomness: Randomness? = nil, make: (inout ParameterBuilder) -> Layer,
    run: @escaping @Sendable (Layer, Tensor, Pass) -> (output: Tensor, backward: (Tensor) -> Tensor)
  ) {
    var builder = ParameterBuilder()
    let layer = make(&builder)
    self.name = name
    self.columns = columns
    self.randomness = randomness
    layout = builder.layout
    self.run = { run(layer, $0, $1) }
  }

  static func sequences(_ pass: Pass) -> PackedSequences {
    PackedSequences(lengths: lengths, count: lengths.count, workspace: pass.workspace)
  }

  static func batch(_ pass: Pass) -> CharacterBatch {
    let indices = pass.workspace.indices(count: characters.count)
    for (row, character) in characters.enumerated() { indices.host[row] = character }
    return CharacterBatch(characters: indices, sequences: sequences(pass))
  }

  /// Where forward and backward disagree; none where they agree.
  func problems(device: CPUDevice) -> [String] {
    let store = ParameterStore(layout: layout)
    device.write(normalValues(layout.trainedCount, seed: 1).map { 0.3 + 0.7 * $0 }, to: store.values.all)
    let gradients = DeviceMemory(count: layout.trainedCount)
    let workspace = Workspace()
    let pass = Pass.training(
      device: device, workspace: workspace, store: store, gradients: gradients, randomness: randomness)
    let input = normalValues(Self.rows * (columns ?? 0), seed: 2)

    func forward(_ values: [Float]) -> (output: Tensor, backward: (Tensor) -> Tensor) {
      workspace.reset()
      let x = workspace.tensor(rows: columns == nil ? 0 : Self.rows, columns: columns ?? 0)
      device.write(values, to: x)
      return run(x, pass)
    }
    func loss(_ values: [Float]) -> Double {
      let output = device.read(forward(values).output)
      return zip(output, normalValues(output.count, seed: 3)).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    let (output, backward) = forward(input)
    let dy = workspace.tensor(rows: output.rows, columns: output.columns)
    device.write(normalValues(output.count, seed: 3), to: dy)
    let dx = device.read(backward(dy))
    let parameterGradient = device.read(gradients.all)

    var problems: [String] = []
    let check = GradientCheck()
    if columns != nil, let problem = check.problem(values: input, gradient: dx, loss: loss) {
      problems.append("input: \(problem)")
    }
    for parameter in layout.trained {
      let window = store.tensor(parameter)
      let start = parameter.offset
      let values = device.read(window)
      defer { device.write(values, to: window) }
      let problem = check.problem(
        values: values, gradient: Array(parameterGradient[start..<start + parameter.count])
      ) { values in
        device.write(values, to: window)
        return loss(input)
      }
      if let problem { problems.append("\(parameter.name): \(problem)") }
    }
    return problems
  }
}
