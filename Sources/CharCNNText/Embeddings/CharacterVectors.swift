/// Vectors of characters in the text format of word2vec and fastText (`.vec`): a header `COUNT DIMENSION`, which may be
/// missing, then one line an entry: the entry and its numbers, separated by spaces.
///
/// Only entries of one character are kept. White space and control characters, which the format cannot hold, are spelled
/// by their code point, as in `<U+0020>`; the vector of characters that are not in the alphabet is that of `<unk>`.
public struct CharacterVectors: Sendable, Equatable {
  /// Entry of the unknown character.
  public static let unknownEntry = "<unk>"

  /// Numbers of each vector.
  public let dimension: Int
  /// Entries of a file that are no character and were skipped.
  public internal(set) var skippedEntries = 0
  /// Characters in the order in which they were added.
  public private(set) var units: [String] = []
  /// Vector of the unknown character.
  public internal(set) var unknown: [Float]?

  private var values: [Float] = []
  private var rows: [ExactText: Int] = [:]

  /// No vectors yet.
  ///
  /// - Throws: ``ValueError`` unless the dimension is at least 1.
  public init(dimension: Int) throws(ValueError) {
    guard dimension > 0 else { throw ValueError("dimension", problem: "must be at least 1, not \(dimension)") }
    self.dimension = dimension
  }

  /// The vector of a character; nil where there is none.
  public subscript(unit: String) -> ArraySlice<Float>? {
    guard let row = rows[ExactText(text: unit)] else { return nil }
    return values[row * dimension..<(row + 1) * dimension]
  }

  /// Adds a character; false where it was there before, which changes nothing.
  ///
  /// - Throws: ``ValueError`` for a vector of another dimension.
  public mutating func add(_ unit: String, _ vector: some Collection<Float>) throws(ValueError) -> Bool {
    try check(vector.count)
    guard self[unit] == nil else { return false }
    rows[ExactText(text: unit)] = units.count
    units.append(unit)
    values += vector
    return true
  }

  private func check(_ count: Int) throws(ValueError) {
    guard count == dimension else {
      throw ValueError("a vector", problem: "must have \(dimension) numbers, not \(count)")
    }
  }

  /// Sets the vector of the unknown character.
  ///
  /// - Throws: ``ValueError`` for a vector of another dimension.
  public mutating func setUnknown(_ vector: some Collection<Float>) throws(ValueError) {
    try check(vector.count)
    unknown = Array(vector)
  }

  /// Whether both hold the same characters and vectors in the same order.
  public static func == (left: CharacterVectors, right: CharacterVectors) -> Bool {
    left.dimension == right.dimension && left.unknown == right.unknown && left.values == right.values
      && left.units.count == right.units.count
      && zip(left.units, right.units).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}
