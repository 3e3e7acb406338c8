import CharCNNStorage
import Foundation
import TestSupport
import Testing

@Suite struct VectorFileTests {
  private let values: [Float] = [1, -2, 0.5, .leastNonzeroMagnitude, 1e30, -0]

  private func floats(_ path: String) throws -> (rows: Int, columns: Int, values: [Float]) {
    let file = try VectorFile(path: path)
    return (file.rows, file.columns, file.withFloats { Array($0) })
  }

  @Test(arguments: VectorFormat.allCases)
  func `what was written is read`(format: VectorFormat) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("v.\(format.rawValue)")
    let writer = try VectorFileWriter(path, format: format, columns: 3)
    try writer.append(Array(values[..<3]))
    try writer.append(Array(values[3...]))
    #expect(!FileManager.default.fileExists(atPath: path))
    try writer.finish([("texts", [3], [0, 1, 2])])
    let read = try floats(path)
    #expect(read.rows == 2 && read.columns == 3)
    #expect(read.values.map(\.bitPattern) == values.map(\.bitPattern))
    if format == .safetensors {
      let file = try SafetensorsFile(path: path)
      #expect(try file.int64s("texts") == [0, 1, 2])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
  }

  @Test func `whole numbers after an odd number of floats are read`() throws {
    let folder = try TemporaryFolder()
    let writer = try VectorFileWriter(folder.path("v.safetensors"), format: .safetensors, columns: 1)
    try writer.append([1, 2, 3])
    try writer.finish([("texts", [2], [0, 3])])
    #expect(try SafetensorsFile(path: folder.path("v.safetensors")).int64s("texts") == [0, 3])
    #expect(try floats(folder.path("v.safetensors")).values == [1, 2, 3])
  }

  @Test func `an NPY file is the one that NumPy's format describes`() throws {
    let folder = try TemporaryFolder()
    let writer = try VectorFileWriter(folder.path("v.npy"), format: .npy, columns: 2)
    try writer.append([1, 2])
    try writer.finish()
    let bytes = try folder.read("v.npy")
    #expect(bytes.count == 128 + 8)
    #expect(Array(bytes[..<10]) == [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 118, 0])
    let header = String(decoding: bytes[10..<128], as: UTF8.self)
    #expect(header.hasPrefix("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), } "))
    #expect(header.hasSuffix("\n"))
    #expect(Array(bytes[128...]) == [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40])
  }

  @Test func `nothing is there before the end, and a file that is there stays`() throws {
    let folder = try TemporaryFolder()
    try folder.write([1, 2, 3], to: "v.npy")
    expectError(.exists) { _ = try VectorFileWriter(folder.path("v.npy"), format: .npy, columns: 2) }
    var writer: VectorFileWriter? = try VectorFileWriter(
      folder.path("v.npy"), format: .npy, columns: 2, overwrite: true)
    try writer?.append([1, 2])
    expectError(.nonFinite) { try writer?.append([.nan, 0]) }
    writer = nil
    #expect(try folder.read("v.npy") == [1, 2, 3])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["v.npy"])
  }

  /// An NPY file with this dictionary and eight bytes of elements.
  private func npy(_ header: String, version: UInt8 = 1) -> [UInt8] {
    [0x93] + Array("NUMPY".utf8) + [version, 0, UInt8(header.utf8.count), 0] + (version > 1 ? [0, 0] : [])
      + Array(header.utf8) + [0, 0, 0x80, 0x3F, 0, 0, 0, 0x40]
  }

  @Test(arguments: [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }",
    "{'shape':(1,2),'fortran_order':False,'descr':'<f4'}",
    "{\"descr\": \"<f4\", 'fortran_order': False, 'shape': (1, 2)}\n",
  ])
  func `headers of other programs are read`(header: String) throws {
    let folder = try TemporaryFolder()
    for version: UInt8 in 1...3 {
      try folder.write(npy(header, version: version), to: "v.npy")
      let read = try floats(folder.path("v.npy"))
      #expect(read.rows == 1 && read.columns == 2 && read.values == [1, 2])
    }
  }

  @Test(arguments: [
    ("{'descr': '<i8', 'fortran_order': False, 'shape': (1, 1), }", StorageError.Kind.wrongType),
    ("{'descr': '>f8', 'fortran_order': False, 'shape': (1, 1), }", .wrongType),
    ("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), }", .truncated),
    ("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }", .wrongType),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", .invalidHeader),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }", .truncated),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", .truncated),
    ("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, -2), }", .invalidHeader),
    ("{'descr': '<f4', 'shape': (1, 2)}", .invalidHeader), ("{'descr: (", .invalidHeader), ("", .invalidHeader),
    ("{'descr'", .invalidHeader), ("{'descr':", .invalidHeader), ("{'descr':(}", .invalidHeader),
  ])
  func `a faulty header has an error of its own`(header: String, kind: StorageError.Kind) throws {
    let folder = try TemporaryFolder()
    try folder.write(npy(header), to: "v.npy")
    expectError(kind) { _ = try VectorFile(path: folder.path("v.npy")) }
  }

  @Test func `numbers of other widths are read as the nearest single ones`() throws {
    let folder = try TemporaryFolder()
    func header(_ type: String, _ count: Int) -> [UInt8] {
      Array(npy("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(count / 2), 2)}").dropLast(8))
    }
    func bytes<Value>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }
    let doubles = [1, -2.5, 0.1, .pi, 1e-300, -0.0]
    try folder.write(header("<f8", 6) + bytes(doubles), to: "d.npy")
    let read = try VectorFile(path: folder.path("d.npy"))
    #expect(read.rows == 3 && read.withFloats { Array($0) } == doubles.map { Float($0) })
    #expect(read.vector(1) == [Float(0.1), Float(Double.pi)] && read.firstNonFinite == nil)
    try folder.write(header("<f8", 2) + bytes([1, 1e300]), to: "large.npy")
    #expect(try VectorFile(path: folder.path("large.npy")).firstNonFinite == 1)
    // 1, -2, the smallest number, the largest one, 1/3 as it is rounded, minus zero.
    let halves: [UInt16] = [0x3C00, 0xC000, 0x0001, 0x7BFF, 0x3555, 0x8000]
    try folder.write(header("<f2", 6) + bytes(halves), to: "h.npy")
    #expect(
      try floats(folder.path("h.npy")).values == [1, -2, 0x1p-24, 65_504, 0.333_251_953_125, -0.0])
    try folder.write(header("<f2", 2) + bytes([UInt16(0x7C00), 0x7E00]), to: "none.npy")
    #expect(try VectorFile(path: folder.path("none.npy")).firstNonFinite == 0)
    for (type, values, expected) in [
      ("F16", bytes(halves), [1, -2, 0x1p-24, 65_504, 0.333_251_953_125, -0.0] as [Float]),
      (
        "BF16", bytes([0x3F80, 0xC000, 0x4049, 0, 0x3DCD, 0xBF80] as [UInt16]), [1, -2, 3.140625, 0, 0.10009765625, -1]
      ),
      ("F64", bytes(doubles), doubles.map { Float($0) }),
    ] {
      let header = #"{"x":{"dtype":"\#(type)","shape":[3,2],"data_offsets":[0,\#(values.count)]}}"#
      try folder.write(bytes([UInt64(header.utf8.count)]) + Array(header.utf8) + values, to: "x.safetensors")
      #expect(try floats(folder.path("x.safetensors")).values == expected, "\(type)")
    }
  }

  @Test func `files that are none are refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2)}")[..<30]), to: "v.npy")
    expectError(.invalidHeader) { _ = try VectorFile(path: folder.path("v.npy")) }
    try folder.write(npy("{}", version: 9), to: "w.npy")
    expectError(.invalidHeader) { _ = try VectorFile(path: folder.path("w.npy")) }
    expectError(.invalidName) { _ = try VectorFile(path: folder.path("v.txt")) }
    expectError(.missing) { _ = try VectorFile(path: folder.path("none.npy")) }
    let two = try SafetensorsWriter.bytes([("a", [1, 1], [1]), ("b", [1, 1], [1])])
    try folder.write(two, to: "two.safetensors")
    expectError(.missingTensor) { _ = try VectorFile(path: folder.path("two.safetensors")) }
    try folder.write(try SafetensorsWriter.bytes([("a", [2], [1, 2])]), to: "none.safetensors")
    expectError(.missingTensor) { _ = try VectorFile(path: folder.path("none.safetensors")) }
  }
}
