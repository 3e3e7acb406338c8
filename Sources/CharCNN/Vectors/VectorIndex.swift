public import CharCNNCompute
public import CharCNNNetworks
public import CharCNNStorage

/// How near two vectors are.
public enum Similarity: String, Codable, Sendable, CaseIterable {
  /// The cosine of the angle between them; 0 with a vector of zeros.
  case cosine
  /// Their inner product.
  case dot
}

/// A vector of an index that is near a query.
public struct Neighbor: Sendable, Hashable, Codable {
  /// Number of the vector in the index, from 0.
  public let index: Int
  /// How near it is.
  public let score: Double

  /// A neighbour.
  public init(index: Int, score: Double) {
    self.index = index
    self.score = score
  }
}

/// Vectors among which the nearest to a query are looked up exactly: every one is compared.
///
/// Queries are compared in batches: a block of vectors is multiplied with all queries at once, and a heap for each query
/// keeps the best. The result does not depend on the number of threads; among equal scores the earlier vector comes first.
///
/// ```swift
/// let index = try VectorIndex(VectorFile(path: "reviews.npy"))
/// let nearest = try index.nearest(to: query, count: 10)
/// ```
public final class VectorIndex: Sendable {
  /// Number of vectors.
  public let count: Int
  /// Numbers of a vector.
  public let dimension: Int
  /// How they are compared.
  public let similarity: Similarity

  private let memory: DeviceMemory
  /// The largest number, without its sign; only for inner products.
  private let largest: Float
  private let device: any Device
  private let workspaces = WorkspacePool()

  /// Vectors that are multiplied at once: their products with a batch of queries stay in a core's cache.
  private static let blockRows = 2_048
  /// Queries of a batch.
  private static let batchQueries = 128

  private init(
    count: Int, dimension: Int, similarity: Similarity, device: any Device,
    write: (_ body: (UnsafeBufferPointer<Float>) -> Void) -> Void
  ) {
    self.count = count
    self.dimension = dimension
    self.similarity = similarity
    self.device = device
    memory = DeviceMemory(count: count * dimension)
    let vectors = memory.tensor(at: 0, rows: count, columns: dimension)
    var largest: Float = 1
    write { values in
      if similarity == .dot { largest = values.reduce(0) { max($0, abs($1)) } }
      device.write(values, to: vectors)
    }
    self.largest = largest
    if similarity == .cosine { device.unitRows(vectors, into: vectors) }
  }

  /// An index of vectors that lie one after another.
  ///
  /// - Parameters:
  ///   - vectors: [count, dimension]; finite numbers.
  ///   - dimension: Numbers of a vector, at least 1.
  ///   - similarity: How to compare.
  ///   - device: Does the arithmetic.
  /// - Throws: ``ConfigurationError`` for a dimension below 1, a part of a vector, and what is no number.
  public convenience init(
    _ vectors: [Float], dimension: Int, similarity: Similarity = .cosine, device: any Device = CPUDevice()
  ) throws(ConfigurationError) {
    guard dimension >= 1 else {
      throw ConfigurationError(setting: "dimension", problem: "must be at least 1, not \(dimension)")
    }
    try Self.check(vectors, dimension: dimension, name: "vectors")
    self.init(count: vectors.count / dimension, dimension: dimension, similarity: similarity, device: device) {
      vectors.withUnsafeBufferPointer($0)
    }
  }

  /// An index of the vectors of a file.
  ///
  /// - Throws: `StorageError`: `nonFinite` where a vector holds what is no number, `wrongShape` for vectors of no numbers.
  public convenience init(
    _ file: VectorFile, similarity: Similarity = .cosine, device: any Device = CPUDevice()
  ) throws(StorageError) {
    try file.checkVectors()
    self.init(count: file.rows, dimension: file.columns, similarity: similarity, device: device) { file.withFloats($0) }
  }

  /// The nearest vectors of each query, the nearest first.
  ///
  /// - Parameters:
  ///   - queries: [queries, dimension]; finite numbers.
  ///   - neighbors: Vectors for each query, at least 1; all where there are fewer.
  /// - Throws: ``ConfigurationError`` for a number of neighbours below 1, a part of a query, and what is no number.
  public func nearest(to queries: [Float], count neighbors: Int) throws(ConfigurationError) -> [[Neighbor]] {
    guard neighbors >= 1 else {
      throw ConfigurationError(setting: "count", problem: "must be at least 1, not \(neighbors)")
    }
    try Self.check(queries, dimension: dimension, name: "queries")
    let all = queries.count / dimension
    guard count > 0 else { return Array(repeating: [], count: all) }
    return workspaces.withWorkspace { workspace in
      stride(from: 0, to: all, by: Self.batchQueries).flatMap { first in
        let batch = queries[first * dimension..<min(first + Self.batchQueries, all) * dimension]
        return nearest(to: batch, count: min(neighbors, count), workspace: workspace)
      }
    }
  }

  private static func check(_ vectors: [Float], dimension: Int, name: String) throws(ConfigurationError) {
    guard vectors.count % dimension == 0 else {
      throw ConfigurationError(
        setting: name, problem: "must be whole vectors of \(dimension) numbers; there are \(vectors.count) numbers")
    }
    if let place = vectors.firstIndex(where: { !$0.isFinite }) {
      throw ConfigurationError(
        setting: name,
        problem: "must be finite numbers; number \(place % dimension) of vector \(place / dimension) is not")
    }
  }

  private func nearest(to queries: ArraySlice<Float>, count neighbors: Int, workspace: Workspace) -> [[Neighbor]] {
    workspace.reset()
    let columns = queries.count / dimension
    let vectors = workspace.tensor(rows: columns, columns: dimension)
    device.write(Array(queries), to: vectors)
    if similarity == .cosine { device.unitRows(vectors, into: vectors) }
    let packed = device.pack(
      vectors, taps: 1, inputs: columns, outputs: dimension, transposed: true, workspace: workspace)
    let products = workspace.tensor(rows: min(Self.blockRows, count), columns: columns)
    let rows = workspace.indices(count: products.rows)
    for row in 0..<products.rows { rows.host[row] = Int32(truncatingIfNeeded: row) }
    let kept = LargestValues(columns: columns, capacity: neighbors)
    let stored = memory.tensor(at: 0, rows: count, columns: dimension)
    for first in stride(from: 0, to: count, by: Self.blockRows) {
      let block = stored.rows(first..<min(first + Self.blockRows, count))
      let scores = products.rows(0..<block.rows)
      device.convolve(
        block, windows: rows.prefix(block.rows), weights: packed, bias: nil, accumulate: false, into: scores)
      device.keepLargest(of: scores, first: first, in: kept)
    }
    return (0..<columns).map { column in
      let start = queries.startIndex + column * dimension
      let query = queries[start..<start + dimension]
      guard mayOverflow(query) else {
        return kept.sorted(column).map { Neighbor(index: $0.number, score: Double($0.value)) }
      }
      return nearestInDoublePrecision(to: query, stored, count: neighbors)
    }
  }

  /// Whether an inner product, or a sum on the way to it, may be beyond single precision.
  private func mayOverflow(_ query: ArraySlice<Float>) -> Bool {
    guard similarity == .dot else { return false }
    let other = query.reduce(Float(0)) { max($0, abs($1)) }
    return Double(largest) * Double(other) * Double(dimension) > Double(Float.greatestFiniteMagnitude) / 2
  }

  /// The same in double precision, which no product of single ones is beyond: slow, and seldom needed.
  private func nearestInDoublePrecision(to query: ArraySlice<Float>, _ stored: Tensor, count neighbors: Int)
    -> [Neighbor]
  {
    let values = device.read(stored)
    let all = (0..<count).map { index in
      var product = 0.0
      for (x, y) in zip(values[index * dimension..<(index + 1) * dimension], query) { product += Double(x) * Double(y) }
      return Neighbor(index: index, score: product)
    }
    let sorted = all.sorted { $0.score == $1.score ? $0.index < $1.index : $0.score > $1.score }
    return Array(sorted.prefix(neighbors))
  }
}

extension VectorFile {
  /// Throws unless the file holds vectors of at least one number, all of them finite.
  fileprivate func checkVectors() throws(StorageError) {
    guard columns > 0 else {
      throw StorageError(
        .wrongShape, path: path, problem: "holds vectors of no numbers", advice: "give a matrix with columns")
    }
    if let place = firstNonFinite {
      throw StorageError(
        .nonFinite, path: path, problem: "row \(place / columns + 1) holds an infinity or what is no number",
        advice: "leave such rows out")
    }
  }
}
