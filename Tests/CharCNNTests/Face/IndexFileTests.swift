import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// An index that grows, has identifiers, and is written and opened.
@Suite struct IndexFileTests {
  private func vectors(_ count: Int, _ dimension: Int, seed: UInt64) -> [[Float]] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count).map { _ in (0..<dimension).map { _ in Float(stream.below(2_001)) / 1_000 - 1 } }
  }

  @Test(arguments: VectorIndex.Similarity.allCases)
  func `vectors that are added one by one are found as those that come at once`(similarity: VectorIndex.Similarity)
    throws
  {
    // More than a block of vectors, and more than a batch of queries.
    let (corpus, queries) = (vectors(5_000, 12, seed: 1), vectors(300, 12, seed: 2))
    var whole = try VectorIndex(dimension: 12, similarity: similarity)
    try whole.append(contentsOf: corpus)
    var grown = try VectorIndex(dimension: 12, similarity: similarity, threads: 1)
    for vector in corpus.prefix(700) { try grown.append(vector) }
    let early = grown
    try grown.append(contentsOf: Array(corpus[700...]))
    #expect(whole.count == 5_000 && grown.count == 5_000 && early.count == 700)
    let expected = try whole.nearest(toEach: queries, count: 7)
    #expect(try grown.nearest(toEach: queries, count: 7) == expected)
    for (query, neighbors) in zip(queries, expected) { #expect(try grown.nearest(to: query, count: 7) == neighbors) }
    // A copy from before is as it was.
    #expect(try early.nearest(toEach: queries, count: 1).allSatisfy { $0[0].index < 700 })
  }

  @Test(arguments: VectorIndex.Similarity.allCases)
  func `an index is opened as it was written`(similarity: VectorIndex.Similarity) throws {
    let folder = try TemporaryFolder()
    let (corpus, queries) = (vectors(3_001, 5, seed: 3), vectors(20, 5, seed: 4))
    let names = corpus.indices.map { $0 == 7 ? "" : "文 \($0)" }
    var index = try VectorIndex(dimension: 5, similarity: similarity)
    try index.append(contentsOf: corpus, identifiers: names)
    let path = folder.path("index.safetensors")
    try index.write(to: path)
    #expect(throws: StorageError.self) { try index.write(to: path) }
    #expect(throws: StorageError.self) { try index.write(to: folder.path("index.npy")) }
    var opened = try VectorIndex(contentsOf: path)
    #expect(opened.identifiers == names && opened.similarity == similarity && opened.index(of: "文 9") == 9)
    let expected = try index.nearest(toEach: queries, count: 4)
    #expect(try opened.nearest(toEach: queries, count: 4) == expected)
    #expect(expected.allSatisfy { $0.allSatisfy { $0.identifier == names[$0.index] } })
    // It goes on from there, and is written to the same bytes as one that was never on a disk.
    try opened.append([1, 2, 3, 4, 5], identifier: "new")
    try index.append([1, 2, 3, 4, 5], identifier: "new")
    try opened.write(to: path, overwrite: true)
    try index.write(to: folder.path("other.safetensors"))
    let files = try ["index", "other"].map {
      try Data(contentsOf: URL(fileURLWithPath: folder.path("\($0).safetensors")))
    }
    #expect(files[0] == files[1])
  }

  @Test func `identifiers are given to all or none, and differ`() throws {
    var index = try VectorIndex(dimension: 2)
    try index.append([1, 0], identifier: "a")
    #expect(throws: ConfigurationError.self) { try index.append([0, 1]) }
    #expect(throws: ConfigurationError.self) { try index.append([0, 1], identifier: "a") }
    #expect(throws: ConfigurationError.self) {
      try index.append(contentsOf: [[0, 1], [1, 1]], identifiers: ["b", "b"])
    }
    #expect(throws: ConfigurationError.self) { try index.append(contentsOf: [[0, 1]], identifiers: []) }
    for wrong in [[Float](), [1], [1, 2, 3], [.nan, 1], [.infinity, 1]] {
      #expect(throws: ConfigurationError.self) { try index.append(wrong, identifier: "c") }
      #expect(throws: ConfigurationError.self) { try index.nearest(to: wrong, count: 1) }
    }
    #expect(index.count == 1 && index.identifiers == ["a"])
    var unnamed = try VectorIndex(dimension: 2)
    try unnamed.append([1, 0])
    #expect(throws: ConfigurationError.self) { try unnamed.append([1, 0], identifier: "a") }
    #expect(throws: ConfigurationError.self) { try VectorIndex(dimension: 0) }
  }

  @Test func `a number that is none is counted from 1`() throws {
    let error = #expect(throws: ConfigurationError.self) {
      var index = try VectorIndex(dimension: 2)
      try index.append(contentsOf: [[0, 1], [0, .nan]])
    }
    #expect(error?.problem.contains("number 2 of vector 2 is not") == true)
  }

  @Test func `a file that calls vectors of any length units is compared by the cosine all the same`() throws {
    let folder = try TemporaryFolder()
    func write(_ vectors: [Float], _ name: String) throws -> String {
      let writer = try VectorFileWriter(folder.path(name), format: .safetensors, columns: 2, overwrite: true)
      try writer.append(vectors)
      try writer.finish([], bytes: [], metadata: ["similarity": "cosine"])
      return folder.path(name)
    }
    let foreign = try VectorIndex(contentsOf: write([3, 4, 0, 0, 0, 2], "a.safetensors"))
    #expect(foreign.similarity == .cosine)
    let nearest = try foreign.nearest(to: [0, 1], count: 3)
    #expect(nearest.map(\.index) == [2, 0, 1] && nearest.map(\.score).allSatisfy { $0 <= 1 })
    // An index of our own keeps its similarity, and with another one has vectors of length 1.
    var index = try VectorIndex(dimension: 2)
    try index.append(contentsOf: [[30, 40], [0, 2]])
    try index.write(to: folder.path("b.safetensors"))
    let products = try VectorIndex(contentsOf: folder.path("b.safetensors"), similarity: .dot)
    #expect(products.similarity == .dot)
    #expect(try abs(products.nearest(to: [0, 5], count: 2)[1].score - 4) < 1e-5)
  }

  @Test func `damaged identifiers are refused`() throws {
    let folder = try TemporaryFolder()
    func write(_ ends: [Int64], _ bytes: [UInt8]) throws -> String {
      let path = folder.path("x.safetensors")
      let writer = try VectorFileWriter(path, format: .safetensors, columns: 1, overwrite: true)
      try writer.append([1, 2])
      try writer.finish([("identifierEnds", [ends.count], ends)], bytes: [("identifiers", bytes)])
      return path
    }
    #expect(try VectorIndex(contentsOf: write([1, 2], [0x61, 0x62])).identifiers == ["a", "b"])
    for (ends, bytes) in [
      ([1], [0x61, 0x62]), ([1, 3], [0x61, 0x62]), ([2, 1], [0x61, 0x62]), ([-1, 2], [0x61, 0x62]),
      ([1, 2], [0x61, 0xFF]),
    ] as [([Int64], [UInt8])] {
      #expect(throws: StorageError.self, "\(ends)") { try VectorIndex(contentsOf: write(ends, bytes)) }
    }
    #expect(throws: ConfigurationError.self) { try VectorIndex(contentsOf: write([1, 2], [0x61, 0x61])) }
  }
}
