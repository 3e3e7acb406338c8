import CharCNNCompute

/// The vectors of an index, in memory that has room for more.
struct VectorRows: Sendable {
  private(set) var count = 0
  private let dimension: Int
  private let similarity: VectorIndex.Similarity
  /// The largest number, without its sign; only for inner products.
  private(set) var largest: Float = 1
  /// Written only where no other index has it.
  private var memory = DeviceMemory(count: 0)

  init(dimension: Int, similarity: VectorIndex.Similarity) {
    self.dimension = dimension
    self.similarity = similarity
  }

  /// All vectors, [count, dimension].
  var tensor: Tensor { memory.tensor(at: 0, rows: count, columns: dimension) }

  /// Adds vectors that lie one after another.
  ///
  /// - Parameters:
  ///   - vectors: Finite numbers.
  ///   - areUnits: Whether they have the length 1 already.
  ///   - device: Does the arithmetic.
  mutating func append(_ vectors: UnsafeBufferPointer<Float>, areUnits: Bool = false, device: any Device) {
    let added = vectors.count / dimension
    makeRoom(for: count + added, device: device)
    let new = memory.tensor(at: count * dimension, rows: added, columns: dimension)
    device.write(vectors, to: new)
    if similarity == .cosine, !areUnits { device.unitRows(new, into: new) }
    if similarity == .dot { largest = vectors.reduce(largest) { max($0, abs($1)) } }
    count += added
  }

  /// Takes memory for so many vectors that belongs to this index alone: twice as much as before, so that adding one by one
  /// copies each vector a few times only.
  private mutating func makeRoom(for wanted: Int, device: any Device) {
    let capacity = memory.count / dimension
    if wanted <= capacity, isKnownUniquelyReferenced(&memory) { return }
    let larger = DeviceMemory(count: (wanted <= capacity ? capacity : max(wanted, 2 * capacity)) * dimension)
    if count > 0 { device.copy(tensor, into: larger.tensor(at: 0, rows: count, columns: dimension)) }
    memory = larger
  }
}
