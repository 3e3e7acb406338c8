import CharCNNToolkit
import TestSupport
import Testing

@Suite struct VectorIndexTests {
  /// Few different numbers, so that many vectors are equal.
  private func vectors(_ count: Int, _ dimension: Int, seed: UInt64, coarse: Bool = false) -> [Float] {
    var stream = RandomStream(key: Randomness(seed: seed).key(.test))
    return (0..<count * dimension).map { _ in coarse ? Float(stream.below(3) - 1) : stream.normal() }
  }

  /// Every product in double precision, sorted.
  private func naive(
    _ vectors: [Float], _ query: ArraySlice<Float>, dimension: Int, count: Int, _ similarity: VectorIndex.Similarity
  ) -> [VectorIndex.Neighbor] {
    func norm(_ vector: ArraySlice<Float>) -> Double {
      if similarity == .dot { return 1 }
      var squares = 0.0
      for x in vector { squares += Double(x) * Double(x) }
      return squares.squareRoot()
    }
    var all: [VectorIndex.Neighbor] = []
    for index in 0..<vectors.count / dimension {
      let vector = vectors[index * dimension..<(index + 1) * dimension]
      let length = norm(vector) * norm(query)
      var product = 0.0
      for (x, y) in zip(vector, query) { product += Double(x) * Double(y) }
      all.append(VectorIndex.Neighbor(index: index, score: length > 0 ? product / length : 0))
    }
    all.sort { $0.score == $1.score ? $0.index < $1.index : $0.score > $1.score }
    return Array(all.prefix(count))
  }

  @Test(
    arguments: VectorIndex.Similarity.allCases,
    [(5_000, 24, 150, 7), (3, 5, 2, 10), (2_048, 1, 17, 1), (700, 33, 16, 700)])
  func `the nearest are those of a search one by one`(
    similarity: VectorIndex.Similarity, shape: (count: Int, dimension: Int, queries: Int, nearest: Int)
  ) throws {
    let corpus = vectors(shape.count, shape.dimension, seed: 1)
    let queries = vectors(shape.queries, shape.dimension, seed: 2)
    let index = try VectorIndex(
      corpus, dimension: shape.dimension, similarity: similarity, device: CPUDevice(threads: 2))
    let found = try index.nearest(toEach: queries, count: shape.nearest)
    #expect(found.count == shape.queries)
    for (query, neighbors) in found.enumerated() {
      let slice = queries[query * shape.dimension..<(query + 1) * shape.dimension]
      let expected = naive(corpus, slice, dimension: shape.dimension, count: shape.nearest, similarity)
      #expect(neighbors.count == expected.count)
      for (a, b) in zip(neighbors, expected) {
        #expect(abs(a.score - b.score) <= 1e-4 * max(1, abs(b.score)))
      }
      // Rounding may swap two that are as near; with one number all cosines are.
      if similarity == .dot || shape.dimension > 1 {
        #expect(zip(neighbors, expected).count { $0.index != $1.index } <= neighbors.count / 50)
      }
    }
  }

  @Test(arguments: [1, 2, 5])
  func `among equals the earlier comes first, on any number of threads`(threads: Int) throws {
    let corpus = vectors(6_000, 4, seed: 3, coarse: true)
    let queries = vectors(40, 4, seed: 4, coarse: true)
    let index = try VectorIndex(corpus, dimension: 4, similarity: .dot, device: CPUDevice(threads: threads))
    for (query, neighbors) in try index.nearest(toEach: queries, count: 300).enumerated() {
      #expect(neighbors == naive(corpus, queries[query * 4..<query * 4 + 4], dimension: 4, count: 300, .dot))
    }
  }

  @Test func `a query's answer does not depend on the others of its batch`() throws {
    let corpus = vectors(3_000, 20, seed: 5)
    let queries = vectors(131, 20, seed: 6)
    let index = try VectorIndex(corpus, dimension: 20)
    let together = try index.nearest(toEach: queries, count: 5)
    for query in [0, 15, 16, 127, 128, 130] {
      #expect(try index.nearest(to: Array(queries[query * 20..<(query + 1) * 20]), count: 5) == together[query])
    }
  }

  @Test func `vectors of zeros are near nothing`() throws {
    let index = try VectorIndex([0, 0, 3, 4, -3, -4], dimension: 2)
    #expect(try index.nearest(toEach: [6, 8, 0, 0], count: 3).map { $0.map(\.index) } == [[1, 0, 2], [0, 1, 2]])
    #expect(try index.nearest(to: [6, 8], count: 1)[0].score == 1)
    #expect(try index.nearest(toEach: [Float](), count: 1).isEmpty)
    #expect(try VectorIndex([], dimension: 2).nearest(to: [1, 2], count: 1).isEmpty)
  }

  @Test func `products beyond single precision are compared all the same`() throws {
    let corpus: [Float] = [3e38, 3e38, 1, 0, -3e38, 3e38, 3e38, 2e38, 1e-30, 5]
    let queries: [Float] = [2e38, 1e38, 1, 2]
    let index = try VectorIndex(corpus, dimension: 2, similarity: .dot)
    let found = try index.nearest(toEach: queries, count: 5)
    for (query, neighbors) in found.enumerated() {
      let expected = naive(corpus, queries[query * 2..<query * 2 + 2], dimension: 2, count: 5, .dot)
      #expect(neighbors.map(\.index) == expected.map(\.index))
      for (a, b) in zip(neighbors, expected) { #expect(a.score.isFinite && abs(a.score / b.score - 1) < 1e-6) }
    }
    let cosines = try VectorIndex(corpus, dimension: 2).nearest(toEach: queries, count: 5)
    #expect(cosines.joined().allSatisfy { abs($0.score) <= 1.000_001 } && cosines.allSatisfy { $0.count == 5 })
  }

  @Test func `a file of vectors becomes an index, unless a number is none`() throws {
    let folder = try TemporaryFolder()
    let writer = try VectorFileWriter(folder.path("v.npy"), format: .npy, columns: 2)
    try writer.append([1, 0, 0, 1])
    try writer.finish()
    let index = try VectorIndex(VectorFile(path: folder.path("v.npy")))
    #expect(try index.count == 2 && index.nearest(to: [0, 2], count: 1).map(\.index) == [1])
    let bytes = try SafetensorsWriter.bytes([("vectors", [1, 2], [1, .infinity])])
    try AtomicFile.write(bytes, to: folder.path("w.safetensors"))
    #expect(throws: StorageError.self) { try VectorIndex(VectorFile(path: folder.path("w.safetensors"))) }
  }
}
