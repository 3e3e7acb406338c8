public import CharCNNCompute

extension Parameter {
  /// Whether 8-bit integers may hold it: matrices of all kinds and what was fitted for a table, but no biases, scales and
  /// statistics.
  public var isQuantizable: Bool { shape.count >= 2 || role == .fitted }

  /// Name of its scales in the model file: `conv.scale` of `conv.weight`.
  public var scaleName: String {
    let path = name.split(separator: ".").dropLast()
    let own = name.hasSuffix(".weight") || name == "weight" ? "scale" : "\(name.split(separator: ".").last ?? "")_scale"
    return (path.map(String.init) + [own]).joined(separator: ".")
  }

  /// Rows of the first axis that share a scale. Weights and embeddings have a scale for each; the rows of an n-gram table
  /// may be as short as two bytes, so about 64 elements share one there.
  public var rowsPerScale: Int {
    guard role == .table || role == .fitted, shape[0].nonzeroBitCount == 1 else { return 1 }
    var rows = 1
    while 2 * rows * (count / shape[0]) <= 64, 2 * rows <= shape[0] { rows *= 2 }
    return rows
  }

  /// Number of scales.
  public var scaleCount: Int { QuantizedMatrix.groups(rows: shape[0], of: rowsPerScale) }
}

extension ParameterStore {
  /// A copy whose matrices are 8-bit integers, for prediction only.
  ///
  /// Weights have a scale for each output, embeddings for each character, n-gram tables for about 64 elements.
  public func quantized(device: any Device) -> ParameterStore {
    var matrices: [String: QuantizedMatrix] = [:]
    for parameter in layout.all where parameter.isQuantizable {
      matrices[parameter.name] = QuantizedMatrix(
        quantizing: read(parameter, device: device), rows: parameter.shape[0], rowsPerScale: parameter.rowsPerScale)
    }
    return ParameterStore(layout: layout, quantized: matrices, device: device) { parameter, set in
      read(parameter, device: device).withUnsafeBufferPointer(set)
    }
  }

  /// Takes the matrices as they are, and every other parameter, in file layout, from `floats`, which hands them to `set`:
  /// a file can give its own memory, so that nothing is copied twice.
  ///
  /// - Throws: What `floats` throws.
  public convenience init(
    layout: ParameterLayout, quantized: [String: QuantizedMatrix], device: any Device,
    floats: (_ parameter: Parameter, _ set: (UnsafeBufferPointer<Float>) -> Void) throws -> Void
  ) rethrows {
    self.init(layout: layout, quantized: quantized)
    for parameter in layout.all {
      if let matrix = quantized[parameter.name] {
        // A first layer is a table in floats, so small weights are kept as floats too; the large tables are not.
        if parameter.role != .table { write(matrix.floats, to: parameter, device: device) }
      } else {
        try floats(parameter) { write($0, to: parameter, device: device) }
      }
    }
  }

  /// Whether the matrices are 8-bit integers; such a store cannot be trained.
  public var isQuantized: Bool { !quantized.isEmpty }
}
