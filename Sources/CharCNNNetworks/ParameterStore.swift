public import CharCNNCompute

/// The values of a network's parameters: one flat vector for those that are trained, one for
/// state, one for tables, one for what was fitted.
///
/// Unchecked: while a network trains, only its trainer touches the store; once trained it is only read.
public final class ParameterStore: @unchecked Sendable {
  /// Names, shapes and offsets.
  public let layout: ParameterLayout
  /// Trained values.
  public let values: DeviceMemory
  /// Values that no optimizer touches: running statistics, frozen embeddings.
  public let state: DeviceMemory
  /// Tables.
  public let tables: DeviceMemory
  /// What was counted from the training texts.
  public let fitted: DeviceMemory
  /// By name, the matrices of a quantized store: what files hold and prediction reads.
  public let quantized: [String: QuantizedMatrix]
  let packing = PackedParameters()

  /// Zeros.
  public convenience init(layout: ParameterLayout) { self.init(layout: layout, quantized: [:]) }

  /// Zeros beside these matrices; tables have no room for floats then.
  init(layout: ParameterLayout, quantized: [String: QuantizedMatrix]) {
    self.layout = layout
    self.quantized = quantized
    values = DeviceMemory(count: layout.trainedCount)
    state = DeviceMemory(count: layout.stateCount)
    tables = DeviceMemory(count: quantized.isEmpty ? layout.tableCount : 0)
    fitted = DeviceMemory(count: layout.fittedCount)
  }

  /// Random initial values; the same for the same seed, whatever else was drawn.
  public convenience init(layout: ParameterLayout, seed: UInt64, device: any Device) {
    self.init(layout: layout)
    let randomness = Randomness(seed: seed)
    for (index, parameter) in layout.all.enumerated() {
      let values: [Float]
      switch parameter.initialization {
      case .zeros: continue
      case .ones: values = Array(repeating: 1, count: parameter.count)
      case .normal(let deviation):
        var stream = RandomStream(key: randomness.key(.initialization, index: index))
        values = (0..<parameter.count).map { _ in stream.normal() * deviation }
      case .uniform(let bound):
        var stream = RandomStream(key: randomness.key(.initialization, index: index))
        values = (0..<parameter.count).map { _ in (2 * stream.uniform() - 1) * bound }
      }
      write(values, to: parameter, device: device)
    }
  }

  /// Reads every parameter, in file layout, from `floats(name, shape)`.
  ///
  /// - Throws: What `floats` throws.
  public convenience init(
    layout: ParameterLayout, device: any Device, floats: (_ name: String, _ shape: [Int]) throws -> [Float]
  ) rethrows {
    self.init(layout: layout)
    for parameter in layout.all {
      write(try floats(parameter.name, parameter.shape), to: parameter, device: device)
    }
  }

  /// The window of a parameter: one row for vectors, otherwise rows of the last memory axis.
  public func tensor(_ parameter: Parameter) -> Tensor {
    switch parameter.role {
    case .trained: Self.window(parameter, of: values)
    case .state: Self.window(parameter, of: state)
    case .table: Self.window(parameter, of: tables)
    case .fitted: Self.window(parameter, of: fitted)
    }
  }

  /// The window of a parameter in a vector that is laid out as the trained values are (gradients, moments).
  public static func window(_ parameter: Parameter, of memory: DeviceMemory) -> Tensor {
    let columns =
      switch parameter.layout {
      case .plain: parameter.shape.last ?? 1
      case .convolution, .linear: parameter.shape[0]
      }
    return memory.tensor(at: parameter.offset, rows: parameter.count / max(columns, 1), columns: columns)
  }

  /// The values of a parameter in file layout.
  public func read(_ parameter: Parameter, device: any Device) -> [Float] {
    if let matrix = quantized[parameter.name] { return matrix.floats }
    return Self.fileOrder(device.read(tensor(parameter)), parameter)
  }

  /// Sets a parameter from values in file layout.
  public func write(_ values: [Float], to parameter: Parameter, device: any Device) {
    values.withUnsafeBufferPointer { write($0, to: parameter, device: device) }
  }

  /// Sets a parameter from values in file layout.
  func write(_ values: UnsafeBufferPointer<Float>, to parameter: Parameter, device: any Device) {
    guard let matrix = parameter.matrixShape else { return device.write(values, to: tensor(parameter)) }
    device.write(Self.memoryOrder(values, matrix), to: tensor(parameter))
  }

  /// A copy of everything.
  public func copy(device: any Device) -> ParameterStore {
    let other = ParameterStore(layout: layout, quantized: quantized)
    other.assign(self, device: device)
    return other
  }

  /// Takes over everything of a store with the same layout.
  public func assign(_ other: ParameterStore, device: any Device) {
    device.copy(other.values.all, into: values.all)
    device.copy(other.state.all, into: state.all)
    device.copy(other.tables.all, into: tables.all)
    device.copy(other.fitted.all, into: fitted.all)
  }

  /// Rearranges the values of a weight from file layout to memory layout.
  private static func memoryOrder(
    _ values: UnsafeBufferPointer<Float>, _ shape: (taps: Int, inputs: Int, outputs: Int)
  ) -> [Float] {
    let (taps, inputs, outputs) = shape
    return [Float](unsafeUninitializedCapacity: values.count) { result, count in
      for output in 0..<outputs {
        for input in 0..<inputs {
          for tap in 0..<taps {
            result[(tap * inputs + input) * outputs + output] = values[(output * inputs + input) * taps + tap]
          }
        }
      }
      count = values.count
    }
  }

  /// Rearranges values from memory layout to file layout.
  package static func fileOrder(_ values: [Float], _ parameter: Parameter) -> [Float] {
    guard let (taps, inputs, outputs) = parameter.matrixShape else { return values }
    var result = [Float](repeating: 0, count: values.count)
    for output in 0..<outputs {
      for input in 0..<inputs {
        for tap in 0..<taps {
          result[(output * inputs + input) * taps + tap] = values[(tap * inputs + input) * outputs + output]
        }
      }
    }
    return result
  }
}

extension Parameter {
  /// Taps, inputs and outputs of a weight; nil for vectors and tables.
  var matrixShape: (taps: Int, inputs: Int, outputs: Int)? {
    switch layout {
    case .plain: nil
    case .convolution: (shape[2], shape[1], shape[0])
    case .linear: (1, shape[1], shape[0])
    }
  }
}
