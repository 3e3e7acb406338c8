internal import CharCNNCompute

extension InputPath {
  /// The rows of pairs of texts times the fractions of the pairs: the first half of the sequences are the first texts.
  func scaled(_ x: Tensor, ofPairs pairs: Int, _ pass: Pass) -> Tensor {
    let y = pass.tensor(rows: x.rows, columns: x.columns)
    pass.device.fill(y, with: 0)
    for pair in 0..<pairs {
      pass.device.blend(x.rows(pair..<pair + 1), alpha: fractions[pair], beta: 1, into: y.rows(pair..<pair + 1))
    }
    return y
  }
}

extension NgramOverlap {
  /// Spreads the product of each share of common n-grams with its gradient over the characters of these n-grams: half of it in either
  /// text, all of it in one where the other is empty, evenly over the n-grams there, and that of an n-gram evenly over its characters. What nothing but marks have in common
  /// goes to all characters.
  func spread(
    _ gradients: Tensor, times shares: Tensor, of batch: CharacterBatch, _ path: InputPath, _ pass: Pass
  ) {
    let (gradients, shares) = (pass.device.read(gradients), pass.device.read(shares))
    let pairs = batch.sequences.count / 2
    for pair in 0..<pairs {
      let texts = [pair, pairs + pair]
      for (number, hash) in hashes.enumerated() {
        let first = pair * columns + 2 * number
        let product =
          Double(gradients[first]) * Double(shares[first]) + Double(gradients[first + 1]) * Double(shares[first + 1])
        if product == 0 { continue }
        let rows = texts.map { ngramRows(of: $0, in: batch, hash) }
        let common = Set(rows[0]).intersection(rows[1])
        let texts = zip(texts, rows).filter { path.count(of: $0.0) > 0 }
        for (text, rows) in texts {
          let count = path.count(of: text)
          let places = zip(rows, hash.places(characters: count)).filter { common.contains($0) && !$1.isEmpty }.map(\.1)
          let spread = places.isEmpty ? [0..<count] : places
          let share = product / Double(texts.count) / Double(spread.count)
          path.add(spread.map { _ in share }[...], at: spread, ofSequence: text)
        }
      }
    }
  }

  private func ngramRows(of text: Int, in batch: CharacterBatch, _ hash: NgramHash) -> [Int32] {
    let characters: UnsafeBufferPointer<Int32> = batch.realCharacters(of: text)
    let count = hash.count(characters: characters.count)
    return [Int32](unsafeUninitializedCapacity: count) { rows, initialized in
      hash.rows(of: characters, into: UnsafeMutableBufferPointer(rebasing: rows[..<count]))
      initialized = count
    }
  }
}
