internal import CharCNNCompute

/// A trained table with a row for each hash of some characters (Weinberger 2009, "Feature Hashing"), of which every row
/// of a batch takes the sum of a few, divided by the square root of their number.
struct HashedRows: Sendable {
  let weight: Parameter
  let bits: Int
  private let dropRate: Float
  private let stream: Int

  struct Saved: BitwiseCopyable {
    let rows: IndexTensor
    let offsets: IndexTensor
    let weights: Tensor
  }

  /// Rows start at zero unless told otherwise: what was never seen in training adds nothing.
  init(
    bits: Int, columns: Int, dropRate: Float, initialization: Parameter.Initialization = .zeros,
    builder: inout ParameterBuilder
  ) {
    self.bits = bits
    self.dropRate = dropRate
    weight = builder.add("weight", shape: [1 << bits, columns], initialization: initialization, decays: true)
    stream = builder.nextStream()
  }

  /// Adds the sums of the entries of each segment to the rows of y. In training whole entries are dropped.
  ///
  /// - Parameters:
  ///   - rows: The rows of all entries.
  ///   - offsets: Where the entries of each segment begin, and the end of the last.
  ///   - y: Receives the sums, a row for each segment.
  ///   - places: The characters of the entries of a segment, of which those without any reach an input path's end in full.
  ///   - pass: The pass.
  func forward(
    _ rows: IndexTensor, offsets: IndexTensor, addTo y: Tensor, places: (_ segment: Int) -> [Range<Int>], _ pass: Pass
  ) -> Saved {
    let weights = pass.tensor(rows: rows.count, columns: 1)
    let isDropping = dropRate > 0 && pass.randomness != nil
    let keep = isDropping ? 1 / (1 - dropRate) : 1
    let values = pass.workspace.records(of: Float.self, count: max(rows.count, 1))
    for segment in 0..<offsets.count - 1 {
      let entries = Int(offsets.host[segment])..<Int(offsets.host[segment + 1])
      let weight = keep / Float(max(entries.count, 1)).squareRoot()
      for entry in entries { values[entry] = weight }
      guard let path = pass.path else { continue }
      let fraction = path.fraction(ofSegment: segment, of: offsets.count - 1)
      for (entry, place) in zip(entries, places(segment)) where !place.isEmpty { values[entry] *= fraction }
    }
    pass.device.write(UnsafeBufferPointer(rebasing: values[..<rows.count]), to: weights)
    if isDropping, let randomness = pass.randomness {
      let words = pass.workspace.indices(count: rows.count)
      words.host.withMemoryRebound(to: UInt32.self) { words in
        Randomness.fill(words, key: randomness.key(.dropout, index: stream))
        let threshold = UInt32(Double(dropRate) * 0x1p32)
        for entry in 0..<rows.count where words[entry] < threshold { rows.host[entry] = -1 }
      }
    }
    pass.device.addGatheredSums(pass.value(weight), rows: rows, offsets: offsets, weights: weights, to: y)
    return Saved(rows: rows, offsets: offsets, weights: weights)
  }

  /// The product of each entry in full with the gradient of its sum.
  func products(_ dy: Tensor, _ saved: Saved, _ pass: Pass) -> [Double] {
    let table = pass.tensor(rows: saved.rows.count, columns: weight.shape[1])
    pass.device.gatherRows(pass.value(weight), rows: saved.rows, into: table)
    let (values, gradients, columns) = (pass.device.read(table), pass.device.read(dy), dy.columns)
    var products = [Double](repeating: 0, count: saved.rows.count)
    for segment in 0..<saved.offsets.count - 1 {
      let entries = Int(saved.offsets.host[segment])..<Int(saved.offsets.host[segment + 1])
      let weight = 1 / Float(max(entries.count, 1)).squareRoot()
      let gradient = gradients[segment * columns..<(segment + 1) * columns]
      for entry in entries {
        products[entry] =
          Double(weight) * InputPath.dot(values[entry * columns..<(entry + 1) * columns], gradient)
      }
    }
    return products
  }

  /// Inverts the sums.
  func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) {
    pass.device.addScatteredSums(
      dy, rows: saved.rows, offsets: saved.offsets, weights: saved.weights, to: pass.gradient(weight))
  }
}

/// The fixed hashes of the taggers, part of the model format; see ``NgramHash`` for how a unit is taken in.
enum TaggerHash {
  /// Rows that the n-grams around each character lead to: for each length n the n windows that hold the character, from
  /// the one that ends with it to the one that begins with it. Outside of the sentence lie marks, -2 before it and -3
  /// after it; the last unit taken in tells lengths and windows apart: 16 n plus the window's number.
  static func windows(
    of characters: UnsafeBufferPointer<Int32>, lengths: [Int], bits: Int, into rows: UnsafeMutableBufferPointer<Int32>
  ) {
    let shift = UInt64(64 - bits)
    var entry = 0
    for position in characters.indices {
      for length in lengths {
        for window in 0..<length {
          var hash: UInt64 = 0
          let start = position - (length - 1) + window
          for place in start..<start + length {
            let unit: Int32 = place < 0 ? -2 : place >= characters.count ? -3 : characters[place]
            hash = NgramHash.taking(unit, into: hash)
          }
          hash = NgramHash.taking(Int32(truncatingIfNeeded: 16 * length + window), into: hash)
          rows[entry] = Int32(truncatingIfNeeded: hash >> shift)
          entry += 1
        }
      }
    }
  }

  /// The characters of the windows around one, in the order of ``windows(of:lengths:bits:into:)``. The marks outside of the sentence
  /// are none.
  static func places(of position: Int, characters count: Int, lengths: [Int]) -> [Range<Int>] {
    lengths.flatMap { length in
      (0..<length).map { window in
        let start = position - (length - 1) + window
        return max(start, 0)..<min(start + length, count)
      }
    }
  }

  /// The row of a whole word: its characters, then -4, which no length is.
  static func word(_ characters: UnsafeBufferPointer<Int32>, bits: Int) -> Int32 {
    var hash: UInt64 = 0
    for character in characters { hash = NgramHash.taking(character, into: hash) }
    return Int32(truncatingIfNeeded: NgramHash.taking(-4, into: hash) >> UInt64(64 - bits))
  }
}
