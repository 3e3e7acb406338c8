package import CharCNNCompute

/// What a network's scores owe to its input: lets every text of a batch reach the network at a fraction of its strength, and takes
/// the gradient of the scores by the input from the backward pass.
///
/// The rows that a character brings, its embedding, its inputs of a one-hot convolution and those of its n-grams in a table, are
/// multiplied by the fraction of its text: 0 is a text of characters that nobody sees, 1 the text. The product of a row with the
/// gradient by it is what the row adds to the scores when the fraction grows (Sundararajan, Taly, Yan 2017, "Axiomatic Attribution
/// for Deep Networks"). N-grams of marks alone, which no character brings, are always there in full.
///
/// Belongs to one forward and one backward pass; its tensors lie in their workspace.
package final class InputPath {
  /// The fraction of each sequence of characters of the batch.
  let fractions: [Float]
  /// The batch as the first layer reads it.
  private var batch: CharacterBatch?
  /// Whether the first layer reads each text from its end.
  package internal(set) var isReversed = false
  /// The rows of embedded characters in full.
  private var source: Tensor?
  /// The product of each row of ``batch`` with its gradient.
  private var products: [Double] = []

  /// What a convolution of characters computed.
  package struct FilterOutput {
    /// The name of its weights.
    package let name: String
    /// How its windows lie.
    package let geometry: WindowGeometry
    /// Its output, [windows, filters], the windows of one sequence after those of the other.
    package let values: [Float]
    /// The first window of each sequence, and the end of the last.
    package let offsets: [Int]
    /// The gradient by the output, once it has gone back.
    package fileprivate(set) var gradients: [Float] = []

    /// Filters.
    package var filters: Int { values.count / max(offsets[offsets.count - 1], 1) }
  }

  /// What the convolutions that read characters computed; nothing where nobody watches.
  package private(set) var filterOutputs: [FilterOutput] = []
  private let watchesFilters: Bool

  /// Texts at these fractions.
  ///
  /// - Parameters:
  ///   - fractions: The fraction of each sequence of characters.
  ///   - watchesFilters: Whether ``filterOutputs`` are kept.
  package init(fractions: [Float], watchesFilters: Bool = false) {
    self.fractions = fractions
    self.watchesFilters = watchesFilters
  }

  /// Keeps what a convolution of characters computed, where somebody watches.
  func keep(_ y: Tensor, of weight: Parameter, _ geometry: WindowGeometry, _ output: PackedSequences, _ pass: Pass) {
    guard watchesFilters else { return }
    filterOutputs.append(
      FilterOutput(
        name: weight.name, geometry: geometry, values: pass.device.read(y), offsets: output.offsets.host.map { Int($0) }
      ))
  }

  /// Keeps the gradient by what ``keep(_:of:_:_:_:)`` has kept.
  func keepGradient(_ dy: Tensor, of weight: Parameter, _ pass: Pass) {
    guard let place = filterOutputs.firstIndex(where: { $0.name == weight.name }) else { return }
    filterOutputs[place].gradients = pass.device.read(dy)
  }

  /// Whether the network has read its characters through the path, so that ``products(of:)`` means something.
  package var isRead: Bool { batch != nil }

  /// Remembers the batch that the first layer reads.
  func read(_ batch: CharacterBatch) {
    if self.batch != nil { return }
    self.batch = batch
    products = Array(repeating: 0, count: batch.characters.count)
  }

  /// The fraction of a row of characters.
  func fraction(ofRow row: Int) -> Float { fractions[sequence(ofRow: row)] }

  /// The fraction of a segment: of a whole sequence, or of a row, whatever the segments are.
  func fraction(ofSegment segment: Int, of count: Int) -> Float {
    count == fractions.count ? fractions[segment] : fraction(ofRow: segment)
  }

  private func sequence(ofRow row: Int) -> Int {
    guard let batch else { preconditionFailure("a path that nobody reads") }
    var (low, high) = (0, batch.sequences.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(batch.sequences.offsets.host[middle]) <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The embedding of every row at its fraction; each row is a character of its own, so that gradients come apart.
  func embed(_ batch: CharacterBatch, _ weight: Parameter, _ pass: Pass) -> EmbeddedCharacters {
    read(batch)
    let rows = batch.characters.count
    let units = pass.workspace.indices(count: rows)
    for row in 0..<rows { units.host[row] = batch.characters.host[row] < 0 ? -1 : Int32(row) }
    let own = pass.tensor(rows: rows, columns: weight.shape[1])
    pass.device.gatherRows(pass.value(weight), rows: batch.characters, into: own)
    let table = scaled(own, batch.sequences, pass)
    // The vectors of a second table are added to those of the first.
    if let source { pass.device.add(own, to: source) } else { source = own }
    return EmbeddedCharacters(sequences: batch.sequences, units: units, table: table)
  }

  /// The rows of each sequence times its fraction.
  func scaled(_ x: Tensor, _ sequences: PackedSequences, _ pass: Pass) -> Tensor {
    let y = pass.tensor(rows: x.rows, columns: x.columns)
    pass.device.fill(y, with: 0)
    add(x, to: y, sequences, pass)
    return y
  }

  /// Adds the rows of each sequence times its fraction to y.
  func add(_ x: Tensor, to y: Tensor, _ sequences: PackedSequences, _ pass: Pass) {
    for sequence in 0..<sequences.count {
      let rows = sequences.rows(of: sequence)
      if rows.isEmpty { continue }
      pass.device.blend(x.rows(rows), alpha: fractions[sequence], beta: 1, into: y.rows(rows))
    }
  }

  /// Takes the gradient of the embedded rows.
  func takeGradient(_ gradient: Tensor, _ pass: Pass) {
    guard let source else { return }
    let (rows, gradients) = (pass.device.read(source), pass.device.read(gradient))
    let columns = source.columns
    for row in products.indices {
      products[row] += Self.dot(
        rows[row * columns..<(row + 1) * columns], gradients[row * columns..<(row + 1) * columns])
    }
  }

  static func dot(_ a: ArraySlice<Float>, _ b: ArraySlice<Float>) -> Double {
    var sum = 0.0
    for (x, y) in zip(a, b) { sum += Double(x) * Double(y) }
    return sum
  }

  /// Adds to the product of a row.
  func add(_ product: Double, toRow row: Int) { products[row] += product }

  /// Spreads the products of entries, such as n-grams, evenly over their characters.
  ///
  /// - Parameters:
  ///   - entries: The products of a sequence's entries.
  ///   - places: The characters of each entry within the sequence; of none, nothing is added.
  ///   - sequence: The sequence.
  func add(_ entries: ArraySlice<Double>, at places: [Range<Int>], ofSequence sequence: Int) {
    guard let batch else { return }
    let real: Range<Int> = batch.realCharacters(of: sequence)
    for (product, place) in zip(entries, places) {
      for character in place {
        products[isReversed ? real.upperBound - 1 - character : real.lowerBound + character] +=
          product / Double(place.count)
      }
    }
  }

  /// Characters of a sequence without its padding.
  func count(of sequence: Int) -> Int {
    guard let batch else { return 0 }
    let real: Range<Int> = batch.realCharacters(of: sequence)
    return real.count
  }

  /// Spreads the products of the entries of all sequences; see ``add(_:at:ofSequence:)``.
  func add(_ entries: [Double], offsets: IndexTensor, places: (_ count: Int) -> [Range<Int>]) {
    for sequence in 0..<offsets.count - 1 {
      let own = entries[Int(offsets.host[sequence])..<Int(offsets.host[sequence + 1])]
      add(own, at: places(count(of: sequence)), ofSequence: sequence)
    }
  }

  /// What each character of a sequence adds to the scores whose gradient went back, for a growing fraction.
  package func products(of sequence: Int) -> ArraySlice<Double> {
    guard let batch else { return [] }
    let real: Range<Int> = batch.realCharacters(of: sequence)
    return isReversed ? products[real].reversed()[...] : products[real]
  }
}
