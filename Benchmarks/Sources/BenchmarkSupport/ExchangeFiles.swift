public import CharCNNToolkit
internal import Foundation

/// Files that the Python side reads: `NAME.i32` holds little-endian integers, `NAME.safetensors` weights.
public struct ExchangeFolder {
  /// Where the files are.
  public let path: String

  /// Makes the folder where it is missing.
  public init(_ path: String) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  /// Writes integers.
  public func write(_ values: [Int32], to name: String) throws {
    let data = values.withUnsafeBufferPointer { buffer in Data(buffer: buffer) }
    try data.write(to: url(name + ".i32"))
  }

  /// Writes every parameter under its name, laid out as PyTorch has it.
  public func write(_ store: ParameterStore, device: any Device, to name: String) throws {
    var writer = SafetensorsWriter(metadata: ["format": "pt"])
    for parameter in store.layout.all {
      try writer.add(parameter.name, shape: parameter.shape, store.read(parameter, device: device))
    }
    try Data(writer.bytes()).write(to: url(name + ".safetensors"))
  }

  /// Writes a value as JSON.
  public func write(json value: some Encodable, to name: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    try encoder.encode(value).write(to: url(name + ".json"))
  }

  private func url(_ name: String) -> URL { URL(fileURLWithPath: path).appendingPathComponent(name) }
}
