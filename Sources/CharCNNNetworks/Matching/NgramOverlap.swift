internal import CharCNNCompute

/// How many of its character n-grams a text has in common with another: the share of the first text's distinct n-grams
/// that the second has, and the other way round, for each length. The n-grams are those of ``NgramHash``, marks at the
/// ends included.
///
/// Where the order must not matter, the smaller share comes before the larger one.
struct NgramOverlap: Sendable {
  /// Rows of the hash: two different n-grams of a pair hardly ever fall together.
  private static let bits = 31

  let hashes: [NgramHash]
  private let symmetric: Bool

  init(lengths: [Int], symmetric: Bool) {
    hashes = lengths.map { NgramHash(lengths: [$0], bits: Self.bits) }
    self.symmetric = symmetric
  }

  /// Columns of the features.
  var columns: Int { 2 * hashes.count }

  /// The features of each pair, [pairs, columns]: text i with text i + pairs.
  func features(of batch: CharacterBatch, _ pass: Pass) -> Tensor {
    let pairs = batch.sequences.count / 2
    let y = pass.tensor(rows: pairs, columns: columns)
    let values = pass.workspace.records(of: Float.self, count: max(y.count, 1))
    for pair in 0..<pairs {
      let (a, b) = (characters(of: pair, in: batch), characters(of: pairs + pair, in: batch))
      for (number, hash) in hashes.enumerated() {
        let first = distinct(a, hash, pass)
        let second = distinct(b, hash, pass)
        let common = Float(Self.common(first, second))
        var shares = (
          first.isEmpty ? 0 : common / Float(first.count), second.isEmpty ? 0 : common / Float(second.count)
        )
        if symmetric, shares.0 > shares.1 { swap(&shares.0, &shares.1) }
        values[pair * columns + 2 * number] = shares.0
        values[pair * columns + 2 * number + 1] = shares.1
      }
    }
    pass.device.write(UnsafeBufferPointer(rebasing: values[..<y.count]), to: y)
    return y
  }

  private func characters(of text: Int, in batch: CharacterBatch) -> UnsafeBufferPointer<Int32> {
    batch.realCharacters(of: text)
  }

  /// The rows of a text's n-grams, sorted, each once.
  private func distinct(_ characters: UnsafeBufferPointer<Int32>, _ hash: NgramHash, _ pass: Pass)
    -> UnsafeMutableBufferPointer<Int32>
  {
    let count = hash.count(characters: characters.count)
    let rows = pass.workspace.indices(count: max(count, 1)).host
    var all = UnsafeMutableBufferPointer(rebasing: rows[..<count])
    hash.rows(of: characters, into: all)
    all.sort()
    var kept = 0
    for row in all where kept == 0 || all[kept - 1] != row {
      all[kept] = row
      kept += 1
    }
    return UnsafeMutableBufferPointer(rebasing: all[..<kept])
  }

  private static func common(_ a: UnsafeMutableBufferPointer<Int32>, _ b: UnsafeMutableBufferPointer<Int32>) -> Int {
    var (i, j, count) = (0, 0, 0)
    while i < a.count, j < b.count {
      if a[i] == b[j] { count += 1 }
      let (left, right) = (a[i], b[j])
      if left <= right { i += 1 }
      if right <= left { j += 1 }
    }
    return count
  }
}

extension CharacterBatch {
  /// The characters of a text without its padding.
  func realCharacters(of text: Int) -> UnsafeBufferPointer<Int32> {
    let rows = sequences.rows(of: text)
    var end = rows.upperBound
    while end > rows.lowerBound, characters.host[end - 1] < 0 { end -= 1 }
    return UnsafeBufferPointer(rebasing: characters.host[rows.lowerBound..<end])
  }
}
