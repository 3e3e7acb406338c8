internal import CharCNNCompute

/// What the n-grams of a table that learns in steps say of a text, one by one.
package struct TableVotes: Sendable {
  /// A row of the table that the text has; n-grams may share one.
  package struct Entry: Sendable {
    /// Where its n-grams stand, in the order of the text: ranges of characters, with the mark before the text at -1 and the one behind it
    /// among them.
    package let places: [Range<Int>]
    /// What it adds to the score of each class, [classes].
    package let scores: [Double]
  }

  /// The rows, in the order of their numbers.
  package let entries: [Entry]
  /// What is added for each class without any n-gram, [classes].
  package let bias: [Double]

  /// Takes a text's scores apart.
  ///
  /// - Parameters:
  ///   - batch: The text alone.
  ///   - configuration: The settings of the n-grams.
  ///   - network: The network; nil comes of one without a table.
  ///   - pass: A pass for prediction.
  package init?(of batch: CharacterBatch, configuration: NgramConfiguration, network: any TextNetwork, _ pass: Pass) {
    guard let table = NgramTable(configuration, of: network.parameters) else { return nil }
    let votes = table.votes(of: batch, pass)
    func values(_ name: String) -> [Double]? {
      network.parameters.all.first { $0.name == name }.map {
        pass.store.read($0, device: pass.device).map { Double($0) }
      }
    }
    guard let weight = values("ngrams.output.weight"), let bias = values("ngrams.output.bias") else {
      entries = votes.map { Entry(places: $0.places, scores: $0.values.map { Double($0) }) }
      self.bias = Array(repeating: 0, count: table.weight.shape[1])
      return
    }
    let width = table.weight.shape[1]
    entries = votes.map { vote in
      Entry(
        places: vote.places,
        scores: bias.indices.map { label in
          vote.values.indices.reduce(0) { $0 + weight[label * width + $1] * Double(vote.values[$1]) }
        })
    }
    self.bias = bias
  }
}

extension NgramTable {
  /// The rows of the table that a text has, times their weights, and where their n-grams stand.
  fileprivate func votes(of batch: CharacterBatch, _ pass: Pass) -> [(places: [Range<Int>], values: [Float])] {
    let columns = weight.shape[1]
    let sums = pass.tensor(rows: batch.sequences.count, columns: columns)
    pass.device.fill(sums, with: 0)
    let saved = forward(batch, addTo: sums, pass)
    let (weights, table) = (pass.device.read(saved.weights), floats(saved.rows, pass))
    let characters = UnsafeBufferPointer(rebasing: batch.characters.host[batch.realCharacters(of: 0)])
    var rows = [Int32](repeating: 0, count: hash.count(characters: characters.count))
    rows.withUnsafeMutableBufferPointer { hash.rows(of: characters, into: $0) }
    var places: [Int32: [Range<Int>]] = [:]
    for (row, place) in zip(rows, hash.markedPlaces(characters: characters.count)) {
      places[row, default: []].append(place)
    }
    return (0..<saved.rows.count).map { entry in
      let row = table[entry * columns..<(entry + 1) * columns]
      return (places[saved.rows.host[entry]] ?? [], row.map { $0 * weights[entry] })
    }
  }
}

extension NgramHash {
  /// Every n-gram of a text, in the order of ``rows(of:into:)``, with the mark before the text at -1 and the one behind it.
  fileprivate func markedPlaces(characters count: Int) -> [Range<Int>] {
    (0...count + 1).flatMap { start in
      lengths.filter { start + $0 <= count + 2 }.map { start - 1..<start - 1 + $0 }
    }
  }
}
