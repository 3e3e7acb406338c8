import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage

/// `model.safetensors`: the weights under PyTorch's names and in its layouts. A quantized matrix is an I8 tensor with the
/// original's name and shape, and its scales are an F32 tensor, `conv.scale` of `conv.weight`.
enum StoredWeights {
  /// The file's bytes. Floats come before bytes, so that they stay aligned.
  static func encode(_ store: ParameterStore, device: any Device) throws(StorageError) -> [UInt8] {
    var file = SafetensorsWriter(metadata: ["format": "pt"])
    for parameter in store.layout.all {
      if let matrix = store.quantized[parameter.name] {
        try file.add(parameter.scaleName, shape: [matrix.scales.count], matrix.scales)
      } else {
        try file.add(parameter.name, shape: parameter.shape, store.read(parameter, device: device))
      }
    }
    for parameter in store.layout.all {
      guard let matrix = store.quantized[parameter.name] else { continue }
      try file.add(parameter.name, shape: parameter.shape, matrix.bytes)
    }
    return file.bytes()
  }

  /// Reads and checks everything: names, types, shapes, that every float is a number and every scale positive.
  static func decode(
    _ file: SafetensorsFile, layout: ParameterLayout, quantization: TextClassifier.Quantization?, device: any Device
  ) throws -> ParameterStore {
    let quantizable = quantization == nil ? [] : layout.all.filter(\.isQuantizable)
    try file.expectOnly(layout.all.map(\.name) + quantizable.map(\.scaleName))
    // Before any memory is taken: the file's own size bounds what follows.
    for parameter in layout.all { try file.expect(parameter.name, shape: parameter.shape) }
    for parameter in quantizable { try file.expect(parameter.scaleName, shape: [parameter.scaleCount]) }
    try file.checkFinite()
    var matrices: [String: QuantizedMatrix] = [:]
    for parameter in quantizable {
      matrices[parameter.name] = QuantizedMatrix(
        bytes: try file.int8s(parameter.name), scales: try scales(parameter, in: file), rows: parameter.shape[0],
        rowsPerScale: parameter.rowsPerScale)
    }
    let store = try ParameterStore(layout: layout, quantized: matrices, device: device) { parameter, set in
      try file.withFloats(parameter.name, set)
    }
    for parameter in layout.all {
      guard let range = parameter.range else { continue }
      let values = store.read(parameter, device: device)
      guard let place = values.firstIndex(where: { !range.contains($0) }) else { continue }
      throw StorageError(
        .corrupted, path: file.path,
        problem:
          "element \(place) of the tensor \"\(parameter.name)\" is \(values[place]), and must be \(range.lowerBound) to \(range.upperBound)",
        advice: "train the model anew")
    }
    return store
  }

  private static func scales(_ parameter: Parameter, in file: SafetensorsFile) throws(StorageError) -> [Float] {
    let scales = try file.floats(parameter.scaleName)
    guard let place = scales.firstIndex(where: { !($0 > 0) }) else { return scales }
    throw StorageError(
      .corrupted, path: file.path,
      problem: "element \(place) of the tensor \"\(parameter.scaleName)\" is \(scales[place]), and a scale is above 0",
      advice: "quantize the original model again")
  }
}
