import CharCNNStorage
import TestSupport
import Testing

/// Values that a program can pass and that make no vectors are errors.
@Suite struct VectorValueTests {
  @Test(arguments: VectorFormat.allCases)
  func `parts of vectors and vectors of no numbers are errors`(format: VectorFormat) throws {
    let folder = try TemporaryFolder()
    for columns in [0, -1, .min] {
      #expect(throws: StorageError.self) {
        try VectorFileWriter(folder.path("none.\(format.rawValue)"), format: format, columns: columns)
      }
    }
    let path = folder.path("some.\(format.rawValue)")
    let writer = try VectorFileWriter(path, format: format, columns: 3)
    for values in [[1], [1, 2], [1, 2, 3, 4], [1, .nan, 3], [1, .infinity, 3]] as [[Float]] {
      #expect(throws: StorageError.self) { try writer.append(values) }
    }
    #expect(writer.rows == 0)
    try writer.append([1, 2, 3])
    try writer.append([])
    try writer.finish()
    let file = try VectorFile(path: path)
    #expect(file.rows == 1 && file.columns == 3)
  }

  @Test func `more tensors than a header has room for are an error`() throws {
    let folder = try TemporaryFolder()
    let writer = try VectorFileWriter(folder.path("v.safetensors"), format: .safetensors, columns: 1)
    let numbers = (0..<30).map { (name: "tensor number \($0)", shape: [1], values: [Int64($0)]) }
    #expect(throws: StorageError.self) { try writer.finish(numbers) }
  }
}
