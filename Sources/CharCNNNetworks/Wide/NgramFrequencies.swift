internal import CharCNNCompute
internal import CharCNNFiles

/// In how many training texts the n-grams of each table row occur, from which their rarity follows.
public struct NgramFrequencies: Sendable {
  /// More than the logarithm of any number of texts.
  static let largestInverse: Float = 100

  private let hash: NgramHash
  private let bits: Int
  private var texts = 0
  private var frequencies: [Int32]
  private var rows: [Int32] = []
  private var counts: [Int32] = []

  /// No texts yet.
  public init(_ configuration: NgramConfiguration) {
    bits = configuration.ngramBits ?? 18
    hash = NgramHash(lengths: configuration.tableLengths, bits: bits)
    frequencies = Array(repeating: 0, count: 1 << bits)
  }

  /// Counts the distinct n-grams of a text.
  public mutating func add(_ characters: UnsafeBufferPointer<Int32>) {
    texts += 1
    let count = hash.count(characters: characters.count)
    if rows.count < count {
      rows = Array(repeating: 0, count: count)
      counts = rows
    }
    rows.withUnsafeMutableBufferPointer { rows in
      counts.withUnsafeMutableBufferPointer { counts in
        let window = UnsafeMutableBufferPointer(rebasing: rows[..<count])
        hash.rows(of: characters, into: window)
        for entry in 0..<DistinctRows.count(window, bits: bits, into: counts) { frequencies[Int(window[entry])] += 1 }
      }
    }
  }

  /// The inverse document frequency of each row, log((1 + texts) / (1 + texts with it)): 0 where every text has it.
  public var inverse: [Float] {
    frequencies.map { Float(log(Double(1 + texts) / Double(1 + $0))) }
  }
}
