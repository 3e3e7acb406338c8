internal import CharCNNCompute

/// A table with a row for each hash of a character n-gram: the rows of a text are summed and divided by the square root
/// of their number. It is a convolution with one filter for every n-gram, written as a table; with the class scores as
/// columns it is a linear model of hashed n-grams (Joulin 2017, "Bag of Tricks for Efficient Text Classification";
/// Weinberger 2009, "Feature Hashing").
struct NgramTable: Sendable {
  let weight: Parameter
  private let hash: NgramHash
  private let dropRate: Float
  private let stream: Int

  struct Saved: BitwiseCopyable {
    let rows: IndexTensor
    let offsets: IndexTensor
    let scales: Tensor
  }

  init(
    configuration: NgramConfiguration, columns: Int, initialization: Parameter.Initialization,
    builder: inout ParameterBuilder
  ) {
    let bits = configuration.ngramBits ?? 18
    weight = builder.addTable("weight", shape: [1 << bits, columns], initialization: initialization)
    hash = NgramHash(lengths: configuration.ngrams, bits: bits)
    dropRate = configuration.ngramDropout
    stream = builder.nextStream()
  }

  /// Adds each text's sum to its row of y, [texts, columns].
  func forward(_ batch: CharacterBatch, addTo y: Tensor, _ pass: Pass) -> Saved {
    let sequences = batch.sequences
    let offsets = pass.workspace.indices(count: sequences.count + 1)
    let scales = pass.tensor(rows: sequences.count, columns: 1)
    var total = 0
    offsets.host[0] = 0
    for text in 0..<sequences.count {
      let count = hash.count(characters: realCharacters(of: text, batch).count)
      total += count
      offsets.host[text + 1] = Int32(total)
    }
    let rows = pass.workspace.indices(count: total)
    for text in 0..<sequences.count {
      let entries = Int(offsets.host[text])..<Int(offsets.host[text + 1])
      hash.rows(
        of: UnsafeBufferPointer(rebasing: batch.characters.host[realCharacters(of: text, batch)]),
        into: UnsafeMutableBufferPointer(rebasing: rows.host[entries]))
    }
    drop(rows, pass)
    pass.write(to: scales) { 1 / Float(max(offsets.host[$0 + 1] - offsets.host[$0], 1)).squareRoot() }
    if let table = pass.store.quantized[weight.name] {
      pass.device.addGatheredSums(table, rows: rows, offsets: offsets, scales: scales, to: y)
    } else {
      pass.device.addGatheredSums(pass.value(weight), rows: rows, offsets: offsets, scales: scales, to: y)
    }
    return Saved(rows: rows, offsets: offsets, scales: scales)
  }

  /// Inverts the sum for the rows that the batch touched: their gradients go to the pass's sparse gradient.
  func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) {
    guard let sparse = pass.sparseGradient else { preconditionFailure("backward of a table needs a sparse gradient") }
    let (compact, touched, counts) = sparse.number(saved.rows, workspace: pass.workspace)
    let gradients = pass.tensor(rows: touched.count, columns: dy.columns)
    pass.device.fill(gradients, with: 0)
    pass.device.addScatteredSums(dy, rows: compact, offsets: saved.offsets, scales: saved.scales, to: gradients)
    let shares = pass.tensor(rows: touched.count, columns: 1)
    pass.write(to: shares) { 1 / Float(counts.host[$0]) }
    sparse.set(rows: touched, gradients: gradients, shares: shares, of: weight)
  }

  /// Rows of a text without the padding of a fixed length.
  private func realCharacters(of text: Int, _ batch: CharacterBatch) -> Range<Int> {
    let rows = batch.sequences.rows(of: text)
    var end = rows.upperBound
    while end > rows.lowerBound, batch.characters.host[end - 1] < 0 { end -= 1 }
    return rows.lowerBound..<end
  }

  private func drop(_ rows: IndexTensor, _ pass: Pass) {
    guard dropRate > 0, let randomness = pass.randomness else { return }
    let words = pass.workspace.indices(count: rows.count)
    words.host.withMemoryRebound(to: UInt32.self) { words in
      Randomness.fill(words, key: randomness.key(.dropout, index: stream))
      let threshold = UInt32(Double(dropRate) * 0x1p32)
      for entry in 0..<rows.count where words[entry] < threshold { rows.host[entry] = -1 }
    }
  }
}
