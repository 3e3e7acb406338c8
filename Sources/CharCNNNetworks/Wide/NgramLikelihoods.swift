internal import CharCNNFiles

/// How often the n-grams of each table row occur in each class, and the naive Bayes classifier that follows: what the rows
/// of a wide part can start from (Wang & Manning 2012, "Baselines and Bigrams", for classifiers that begin at naive Bayes).
public struct NgramLikelihoods: Sendable {
  private let hash: NgramHash
  private let classes: Int
  /// [rows, classes].
  private var counts: [Float]
  private var rows: [Int32] = []

  /// No texts yet.
  public init(_ configuration: NgramConfiguration, classes: Int) {
    let bits = configuration.ngramBits ?? 18
    hash = NgramHash(lengths: configuration.tableLengths, bits: bits)
    self.classes = classes
    counts = Array(repeating: 0, count: classes << bits)
  }

  /// Counts the n-grams of a text of a class.
  public mutating func add(_ characters: UnsafeBufferPointer<Int32>, label: Int) {
    precondition(label >= 0 && label < classes, "a class that the table has")
    let count = hash.count(characters: characters.count)
    if rows.count < count { rows = Array(repeating: 0, count: count) }
    rows.withUnsafeMutableBufferPointer { rows in
      let window = UnsafeMutableBufferPointer(rebasing: rows[..<count])
      hash.rows(of: characters, into: window)
      for row in window { counts[Int(row) * classes + label] += 1 }
    }
  }

  /// The table, [rows, classes]: the logarithm of how likely each row is in each class, less its mean over the classes. A
  /// row that no text has is 0.
  ///
  /// - Parameter smoothing: Added to each count, above 0: how little is concluded from an n-gram that a class has not.
  public consuming func logOdds(smoothing: Float) -> [Float] {
    var table = counts
    var totals = [Double](repeating: 0, count: classes)
    let rowCount = table.count / classes
    for row in 0..<rowCount {
      for label in 0..<classes { totals[label] += Double(table[row * classes + label]) }
    }
    let logTotals = totals.map { Float(log($0 + Double(smoothing) * Double(rowCount))) }
    let logUnseen = Float(log(Double(smoothing)))
    table.withUnsafeMutableBufferPointer { table in
      for row in 0..<rowCount {
        let values = UnsafeMutableBufferPointer(rebasing: table[row * classes..<(row + 1) * classes])
        guard values.contains(where: { $0 > 0 }) else { continue }
        var sum: Float = 0
        for label in 0..<classes {
          let count = values[label]
          values[label] = (count > 0 ? Float(log(Double(count + smoothing))) : logUnseen) - logTotals[label]
          sum += values[label]
        }
        let mean = sum / Float(classes)
        for label in 0..<classes { values[label] -= mean }
      }
    }
    return table
  }
}
