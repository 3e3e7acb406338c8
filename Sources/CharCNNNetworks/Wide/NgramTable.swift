internal import CharCNNCompute

/// A table with a row for each hash of a character n-gram: a text is the sum of the rows of its distinct n-grams, weighted
/// by TF-IDF (the square root of how often the text has them, times how rare they are in the training texts; the weights
/// of a text have the L2 norm 1). It is a convolution with one filter for every n-gram, written as a table; with the class
/// scores as columns it is a linear model of hashed n-grams (Joulin 2017, "Bag of Tricks for Efficient Text
/// Classification"; Weinberger 2009, "Feature Hashing"; Spärck Jones 1972 for the rarity).
struct NgramTable: Sendable {
  let weight: Parameter
  /// How rare each row's n-grams are in the training texts; see ``NgramFrequencies``.
  let idf: Parameter
  let hash: NgramHash
  private let bits: Int
  private let dropRate: Float
  private let stream: Int

  struct Saved: BitwiseCopyable {
    let rows: IndexTensor
    let offsets: IndexTensor
    let weights: Tensor
    /// The weights before an input path scaled them; the same where there is none.
    let full: Tensor
    let batch: CharacterBatch
  }

  init(
    configuration: NgramConfiguration, columns: Int, initialization: Parameter.Initialization,
    builder: inout ParameterBuilder
  ) {
    bits = configuration.ngramBits ?? 18
    weight = builder.addTable("weight", shape: [1 << bits, columns], initialization: initialization)
    idf = builder.addFitted(
      "idf", shape: [1 << bits], initialization: .ones, range: 0...NgramFrequencies.largestInverse)
    hash = NgramHash(lengths: configuration.tableLengths, bits: bits)
    dropRate = configuration.ngramDropout
    stream = builder.nextStream()
  }

  /// The table of a model, to look into it; nil for a model without one.
  init?(_ configuration: NgramConfiguration, of parameters: ParameterLayout) {
    guard let weight = parameters.all.first(where: { $0.name == "ngrams.table.weight" }),
      let idf = parameters.all.first(where: { $0.name == "ngrams.table.idf" })
    else { return nil }
    (self.weight, self.idf) = (weight, idf)
    bits = configuration.ngramBits ?? 18
    hash = NgramHash(lengths: configuration.tableLengths, bits: bits)
    (dropRate, stream) = (0, 0)
  }

  /// Adds each text's sum to its row of y, [texts, columns].
  func forward(_ batch: CharacterBatch, addTo y: Tensor, _ pass: Pass) -> Saved {
    let sequences = batch.sequences
    let offsets = pass.workspace.indices(count: sequences.count + 1)
    var most = 0
    for text in 0..<sequences.count { most += hash.count(characters: batch.realCharacters(of: text).count) }
    let allRows = pass.workspace.indices(count: most)
    let allCounts = pass.workspace.indices(count: most)
    var total = 0
    offsets.host[0] = 0
    for text in 0..<sequences.count {
      let characters = UnsafeBufferPointer(rebasing: batch.characters.host[batch.realCharacters(of: text)])
      let entries = total..<total + hash.count(characters: characters.count)
      let rows = UnsafeMutableBufferPointer(rebasing: allRows.host[entries])
      hash.rows(of: characters, into: rows)
      total += DistinctRows.count(rows, bits: bits, into: UnsafeMutableBufferPointer(rebasing: allCounts.host[entries]))
      offsets.host[text + 1] = Int32(total)
    }
    let rows = allRows.prefix(total)
    let weights = pass.tensor(rows: total, columns: 1)
    let isDropping = dropRate > 0 && pass.randomness != nil
    pass.device.weighRows(
      pass.value(idf), rows: rows, counts: allCounts.prefix(total), offsets: offsets,
      scale: isDropping ? 1 / (1 - dropRate) : 1, into: weights)
    drop(rows, pass)
    var full = weights
    if pass.path != nil {
      full = pass.tensor(rows: total, columns: 1)
      pass.device.copy(weights, into: full)
      scale(weights, rows: rows, offsets: offsets, of: batch, pass)
    }
    if let table = pass.store.quantized[weight.name] {
      pass.device.addGatheredSums(table, rows: rows, offsets: offsets, weights: weights, to: y)
    } else {
      pass.device.addGatheredSums(pass.value(weight), rows: rows, offsets: offsets, weights: weights, to: y)
    }
    return Saved(rows: rows, offsets: offsets, weights: weights, full: full, batch: batch)
  }

  /// Inverts the sum for the rows that the batch touched: their gradients go to the table's sparse gradient. A table that
  /// does not learn in steps has none.
  func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) {
    if pass.path != nil { return takeGradient(dy, saved, pass) }
    guard let sparse = pass.sparseGradient(of: weight) else { return }
    let (compact, touched) = sparse.number(saved.rows, workspace: pass.workspace)
    let gradients = pass.tensor(rows: touched.count, columns: dy.columns)
    pass.device.fill(gradients, with: 0)
    pass.device.addScatteredSums(dy, rows: compact, offsets: saved.offsets, weights: saved.weights, to: gradients)
    sparse.set(rows: touched, gradients: gradients)
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
