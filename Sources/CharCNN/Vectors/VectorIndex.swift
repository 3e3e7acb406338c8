package import CharCNNCompute
public import CharCNNNetworks

/// Vectors among which the nearest to a query are looked up exactly: every one is compared.
///
/// The result does not depend on the number of threads; among equal scores the earlier vector comes first. An index is a
/// value: a copy that gets further vectors leaves the other as it is.
///
/// ```swift
/// let model = try TextMatcher(contentsOf: "questions.charcnn")
/// var index = try VectorIndex(dimension: model.dimension)
/// for question in questions { try index.append(model.vector(for: question.text), identifier: question.id) }
/// try index.write(to: "questions.safetensors")
/// let nearest = try index.nearest(to: model.vector(for: "How do I pay?"), count: 3)
/// ```
public struct VectorIndex: Sendable {
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
    /// The identifier that it was given; nil for none.
    public let identifier: String?
    /// How near it is.
    public let score: Double

    /// A neighbour.
    public init(index: Int, identifier: String? = nil, score: Double) {
      self.index = index
      self.identifier = identifier
      self.score = score
    }
  }

  /// Numbers of a vector.
  public let dimension: Int
  /// How vectors are compared.
  public let similarity: Similarity
  /// Number of vectors.
  public var count: Int { rows.count }
  /// The identifiers in the order of the vectors; empty where they have none.
  public private(set) var identifiers: [String] = []

  private var known: [String: Int] = [:]
  private var rows: VectorRows
  private let device: any Device
  private let workspaces = WorkspacePool()

  /// Vectors that are multiplied at once: their products with a batch of queries stay in a core's cache.
  private static let blockRows = 2_048
  /// Queries of a batch.
  private static let batchQueries = 128

  /// An empty index.
  ///
  /// - Parameters:
  ///   - dimension: Numbers of a vector, at least 1.
  ///   - similarity: How to compare.
  ///   - threads: Number of threads; nil for one a core.
  /// - Throws: ``ConfigurationError`` for a dimension below 1.
  public init(dimension: Int, similarity: Similarity = .cosine, threads: Int? = nil) throws(ConfigurationError) {
    try self.init(dimension: dimension, similarity: similarity, device: CPUDevice(threads: threads))
  }

  /// The index of vectors that lie one after another.
  package init(
    _ vectors: [Float], dimension: Int, similarity: Similarity = .cosine, device: any Device = CPUDevice()
  ) throws(ConfigurationError) {
    try self.init(dimension: dimension, similarity: similarity, device: device)
    try append(vectors, identifiers: nil)
  }

  /// An empty index that computes on a device.
  package init(dimension: Int, similarity: Similarity, device: any Device) throws(ConfigurationError) {
    guard dimension >= 1 else {
      throw ConfigurationError(setting: "dimension", problem: "must be at least 1, not \(dimension)")
    }
    self.dimension = dimension
    self.similarity = similarity
    self.device = device
    rows = VectorRows(dimension: dimension, similarity: similarity)
  }

  /// Adds a vector.
  ///
  /// - Parameters:
  ///   - vector: ``dimension`` finite numbers.
  ///   - identifier: What the vector is known by; all vectors of an index have one, or none has.
  /// - Throws: ``ConfigurationError`` for another number of numbers, what is no number, and an identifier that is there
  ///   already, or is missing.
  public mutating func append(_ vector: [Float], identifier: String? = nil) throws(ConfigurationError) {
    guard vector.count == dimension else { throw Self.wrong("a vector", vector.count, dimension) }
    try append(vector, identifiers: identifier.map { [$0] })
  }

  /// Adds vectors.
  ///
  /// - Parameters:
  ///   - vectors: The vectors, each of ``dimension`` finite numbers.
  ///   - identifiers: One for each; nil for none.
  /// - Throws: As ``append(_:identifier:)``; nothing is added then.
  public mutating func append(contentsOf vectors: [[Float]], identifiers: [String]? = nil) throws(ConfigurationError) {
    for vector in vectors where vector.count != dimension { throw Self.wrong("a vector", vector.count, dimension) }
    try append(vectors.flatMap { $0 }, identifiers: identifiers)
  }

  /// Adds vectors that lie one after another.
  package mutating func append(_ vectors: [Float], identifiers own: [String]?) throws(ConfigurationError) {
    try Self.check(vectors, dimension: dimension, name: "vectors")
    let added = vectors.count / dimension
    if let own, own.count != added {
      throw ConfigurationError(
        setting: "identifiers", problem: "must be \(added), one for each vector, not \(own.count)")
    }
    if added > 0, count > 0, (own == nil) != identifiers.isEmpty {
      throw ConfigurationError(setting: "identifiers", problem: "must be given to all vectors of an index, or to none")
    }
    var new: Set<String> = []
    for identifier in own ?? [] where known[identifier] != nil || !new.insert(identifier).inserted {
      throw ConfigurationError(setting: "identifiers", problem: "must differ; \"\(identifier)\" is there already")
    }
    for (place, identifier) in (own ?? []).enumerated() { known[identifier] = count + place }
    vectors.withUnsafeBufferPointer { rows.append($0, device: device) }
    identifiers += own ?? []
  }

  /// Gives the vectors, which have none so far, their identifiers.
  mutating func append(identifiers own: [String]) throws(ConfigurationError) {
    for (place, identifier) in own.enumerated() {
      guard known.updateValue(place, forKey: identifier) == nil else {
        throw ConfigurationError(setting: "identifiers", problem: "must differ; \"\(identifier)\" stands twice")
      }
    }
    identifiers = own
  }

  /// The number of the vector with an identifier; nil where there is none.
  public func index(of identifier: String) -> Int? { known[identifier] }

  /// The nearest vectors of a query, the nearest first.
  ///
  /// - Parameters:
  ///   - query: ``dimension`` finite numbers.
  ///   - neighbors: Vectors to find, at least 1; all where there are fewer.
  /// - Throws: ``ConfigurationError`` for a number of neighbours below 1, another number of numbers, and what is no number.
  public func nearest(to query: [Float], count neighbors: Int) throws(ConfigurationError) -> [Neighbor] {
    guard query.count == dimension else { throw Self.wrong("a query", query.count, dimension) }
    return try nearest(toEach: query, count: neighbors)[0]
  }

  /// The nearest vectors of each query, the nearest first. Many queries at once are faster than one after another: a block
  /// of vectors is multiplied with all of them, and a heap for each keeps the best.
  ///
  /// - Parameters:
  ///   - queries: The queries, each of ``dimension`` finite numbers.
  ///   - neighbors: Vectors for each query, at least 1; all where there are fewer.
  /// - Throws: As ``nearest(to:count:)``.
  public func nearest(toEach queries: [[Float]], count neighbors: Int) throws(ConfigurationError) -> [[Neighbor]] {
    for query in queries where query.count != dimension { throw Self.wrong("a query", query.count, dimension) }
    return try nearest(toEach: queries.flatMap { $0 }, count: neighbors)
  }

  /// The same with queries that lie one after another.
  package func nearest(toEach queries: [Float], count neighbors: Int) throws(ConfigurationError) -> [[Neighbor]] {
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

  private static func wrong(_ what: String, _ count: Int, _ dimension: Int) -> ConfigurationError {
    ConfigurationError(setting: what, problem: "must have \(dimension) numbers, not \(count)")
  }

  private static func check(_ vectors: [Float], dimension: Int, name: String) throws(ConfigurationError) {
    guard vectors.count % dimension == 0 else {
      throw ConfigurationError(
        setting: name, problem: "must be whole vectors of \(dimension) numbers; there are \(vectors.count) numbers")
    }
    if let place = vectors.firstIndex(where: { !$0.isFinite }) {
      throw ConfigurationError(
        setting: name,
        problem: "must be finite numbers; number \(place % dimension + 1) of vector \(place / dimension + 1) is not")
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
    let windows = workspace.indices(count: products.rows)
    for row in 0..<products.rows { windows.host[row] = Int32(truncatingIfNeeded: row) }
    let kept = LargestValues(columns: columns, capacity: neighbors)
    let stored = rows.tensor
    for first in stride(from: 0, to: count, by: Self.blockRows) {
      let block = stored.rows(first..<min(first + Self.blockRows, count))
      let scores = products.rows(0..<block.rows)
      device.convolve(
        block, windows: windows.prefix(block.rows), weights: packed, bias: nil, accumulate: false, into: scores,
        workspace: workspace)
      device.keepLargest(of: scores, first: first, in: kept)
    }
    return (0..<columns).map { column in
      let start = queries.startIndex + column * dimension
      let query = queries[start..<start + dimension]
      guard mayOverflow(query) else {
        return kept.sorted(column).map { neighbor($0.number, Double($0.value)) }
      }
      return nearestInDoublePrecision(to: query, stored, count: neighbors)
    }
  }

  /// Whether an inner product, or a sum on the way to it, may be beyond single precision.
  private func mayOverflow(_ query: ArraySlice<Float>) -> Bool {
    guard similarity == .dot else { return false }
    let other = query.reduce(Float(0)) { max($0, abs($1)) }
    return Double(rows.largest) * Double(other) * Double(dimension) > Double(Float.greatestFiniteMagnitude) / 2
  }

  /// The same in double precision, which no product of single ones is beyond: slow, and seldom needed.
  private func nearestInDoublePrecision(to query: ArraySlice<Float>, _ stored: Tensor, count neighbors: Int)
    -> [Neighbor]
  {
    let values = device.read(stored)
    let all = (0..<count).map { index in
      var product = 0.0
      for (x, y) in zip(values[index * dimension..<(index + 1) * dimension], query) { product += Double(x) * Double(y) }
      return neighbor(index, product)
    }
    let sorted = all.sorted { $0.score == $1.score ? $0.index < $1.index : $0.score > $1.score }
    return Array(sorted.prefix(neighbors))
  }

  private func neighbor(_ number: Int, _ score: Double) -> Neighbor {
    Neighbor(index: number, identifier: identifiers.isEmpty ? nil : identifiers[number], score: score)
  }

  /// Some vectors as they are compared, one after another.
  func vectors(_ numbers: Range<Int>) -> [Float] { device.read(rows.tensor.rows(numbers)) }

  /// Adds vectors of a file.
  ///
  /// - Parameters:
  ///   - vectors: Finite numbers.
  ///   - areUnits: Whether they have the length 1 already, so that they stay as they are.
  mutating func append(_ vectors: UnsafeBufferPointer<Float>, areUnits: Bool) {
    rows.append(vectors, areUnits: areUnits, device: device)
  }
}
