internal import CharCNNCompute

/// A table with a row for each known n-gram, which learns in steps: a text is the sum of the rows of its n-grams, weighted as ``WeighedNgrams``
/// says (Joulin 2017, "Bag of Tricks for Efficient Text Classification", whose rows are averaged; Spärck Jones 1972 for the rarity).
struct NgramBag: Sendable {
  let weight: Parameter
  private let ngrams: BagReader
  private let dropRate: Float
  private let stream: Int

  struct Saved: BitwiseCopyable {
    let rows: IndexTensor
    let offsets: IndexTensor
    let weights: Tensor
  }

  init(_ ngrams: BagReader, columns: Int, dropRate: Float, builder: inout ParameterBuilder) {
    self.ngrams = ngrams
    self.dropRate = dropRate
    weight = builder.addTable(
      "weight", shape: [ngrams.vocabulary.count, columns],
      // Small beside what is learned: rows that few texts have stay near the beginning.
      initialization: .normal(0.1 / Float(columns).squareRoot()))
    stream = builder.nextStream()
  }

  /// The sum of each text, [texts, columns].
  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (Tensor, Saved) {
    let texts = batch.sequences.count
    let found = ngrams.read(batch, device: pass.device)
    let total = found.reduce(0) { $0 + $1.rows.count }
    let (rows, offsets) = (pass.workspace.indices(count: total), pass.workspace.indices(count: texts + 1))
    let isDropping = dropRate > 0 && pass.randomness != nil
    let scale = isDropping ? 1 / (1 - dropRate) : 1
    let values = pass.workspace.records(of: Float.self, count: total)
    var entry = 0
    offsets.host[0] = 0
    for (text, entries) in found.enumerated() {
      for (row, value) in zip(entries.rows, entries.values) {
        rows.host[entry] = row
        values[entry] = scale * value
        entry += 1
      }
      offsets.host[text + 1] = Int32(entry)
    }
    let weights = pass.tensor(rows: total, columns: 1)
    pass.device.write(UnsafeBufferPointer(values), to: weights)
    if isDropping { drop(rows, pass) }
    let sums = pass.tensor(rows: texts, columns: weight.shape[1])
    pass.device.fill(sums, with: 0)
    pass.device.addGatheredSums(pass.value(weight), rows: rows, offsets: offsets, weights: weights, to: sums)
    return (sums, Saved(rows: rows, offsets: offsets, weights: weights))
  }

  /// Inverts the sum for the rows that the batch touched: their gradients go to the table's sparse gradient.
  func backward(_ dy: Tensor, _ saved: Saved, _ pass: Pass) {
    guard let sparse = pass.sparseGradient(of: weight) else { return }
    let (compact, touched) = sparse.number(saved.rows, workspace: pass.workspace)
    let gradients = pass.tensor(rows: touched.count, columns: dy.columns)
    pass.device.fill(gradients, with: 0)
    pass.device.addScatteredSums(dy, rows: compact, offsets: saved.offsets, weights: saved.weights, to: gradients)
    sparse.set(rows: touched, gradients: gradients)
  }

  private func drop(_ rows: IndexTensor, _ pass: Pass) {
    guard let randomness = pass.randomness else { return }
    let words = pass.workspace.indices(count: rows.count)
    words.host.withMemoryRebound(to: UInt32.self) { words in
      Randomness.fill(words, key: randomness.key(.dropout, index: stream))
      let threshold = UInt32(Double(dropRate) * 0x1p32)
      for entry in 0..<rows.count where words[entry] < threshold { rows.host[entry] = -1 }
    }
  }
}

extension CharacterBatch {
  /// The characters of each text, for other threads.
  var texts: [[Int32]] { (0..<sequences.count).map { Array(characters.host[realCharacters(of: $0)]) } }
}

/// Finds the known n-grams of texts and weighs them, on all threads.
package final class BagReader: Sendable {
  /// The n-grams of a text.
  struct Entries: Sendable {
    var rows: ArraySlice<Int32>
    var values: ArraySlice<Float>
  }

  package let features: NgramFeatures
  package let roles: [WordRole]
  package let vocabulary: NgramVocabulary
  private let scanner: NgramScanner
  /// Readers that nobody uses at the moment.
  private let free = Guarded<[WeighedNgrams]>([])

  /// - Parameters:
  ///   - features: Which n-grams.
  ///   - roles: The role of each index of the alphabet in words.
  ///   - vocabulary: The known ones.
  package init(_ features: NgramFeatures, roles: [WordRole], vocabulary: NgramVocabulary) {
    self.features = features
    self.roles = roles
    self.vocabulary = vocabulary
    scanner = NgramScanner(features, roles: roles)
  }

  /// The n-grams of each text of a batch.
  func read(_ batch: CharacterBatch, device: any Device) -> [Entries] {
    let texts = batch.texts
    return device.map(texts.count) { [self] text in
      var reader = free.withLock { $0.popLast() } ?? WeighedNgrams(scanner: scanner, vocabulary: vocabulary)
      defer { free.withLock { $0.append(reader) } }
      texts[text].withUnsafeBufferPointer { reader.read($0) }
      return Entries(rows: reader.rows[..<reader.count], values: reader.values[..<reader.count])
    }
  }
}
