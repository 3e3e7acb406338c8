/// How a matrix of vectors lies in a file.
public enum VectorFormat: String, Sendable, CaseIterable {
  /// A safetensors file with the F32 tensor `vectors`.
  case safetensors
  /// NumPy's format, version 1.0, with little-endian floats in row-major order.
  case npy

  /// The format that a file's name ends with; nil for any other ending.
  public init?(path: String) {
    guard let dot = path.lastIndex(of: "."), let format = Self(rawValue: path[path.index(after: dot)...].lowercased())
    else { return nil }
    self = format
  }
}
