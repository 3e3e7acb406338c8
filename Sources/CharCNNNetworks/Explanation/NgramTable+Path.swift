internal import CharCNNCompute

extension NgramTable {
  /// Where the n-grams of a text stand, by the row that they share.
  private struct Places {
    /// How many have characters and how many are of marks alone.
    var (own, fixed) = (0, 0)
    /// The characters of those that have some.
    var ranges: [Range<Int>] = []
  }

  /// Multiplies the weights of the rows of a batch with the fractions of their texts; n-grams of marks alone stay in full.
  func scale(_ weights: Tensor, rows: IndexTensor, offsets: IndexTensor, of batch: CharacterBatch, _ pass: Pass) {
    guard let path = pass.path else { return }
    path.read(batch)
    var values = pass.device.read(weights)
    for text in 0..<batch.sequences.count {
      let places = places(in: batch, text)
      for entry in Int(offsets.host[text])..<Int(offsets.host[text + 1]) {
        guard let found = places[rows.host[entry]] else { continue }
        let (own, all) = (Float(found.own), Float(found.own + found.fixed))
        values[entry] *= (path.fractions[text] * own + all - own) / all
      }
    }
    pass.device.write(values, to: weights)
  }

  /// Gives each character its part of the products of the rows with the gradient of their sums.
  func takeGradient(_ dy: Tensor, _ saved: Saved, _ pass: Pass) {
    guard let path = pass.path else { return }
    let (gradients, weights, batch) = (pass.device.read(dy), pass.device.read(saved.full), saved.batch)
    let table = floats(saved.rows, pass)
    let columns = dy.columns
    for text in 0..<batch.sequences.count {
      let places = places(in: batch, text)
      let gradient = gradients[text * columns..<(text + 1) * columns]
      for entry in Int(saved.offsets.host[text])..<Int(saved.offsets.host[text + 1]) {
        guard let found = places[saved.rows.host[entry]] else { continue }
        let product =
          Double(weights[entry]) * InputPath.dot(table[entry * columns..<(entry + 1) * columns], gradient)
        let share = product / Double(found.own + found.fixed)
        path.add(found.ranges.map { _ in share }[...], at: found.ranges, ofSequence: text)
      }
    }
  }

  /// Some rows of the table, whatever it is stored as.
  func floats(_ rows: IndexTensor, _ pass: Pass) -> [Float] {
    let result = pass.tensor(rows: rows.count, columns: weight.shape[1])
    pass.device.fill(result, with: 0)
    let ones = pass.tensor(rows: rows.count, columns: 1)
    pass.device.fill(ones, with: 1)
    let offsets = pass.workspace.indices(count: rows.count + 1)
    for entry in 0...rows.count { offsets.host[entry] = Int32(entry) }
    if let table = pass.store.quantized[weight.name] {
      pass.device.addGatheredSums(table, rows: rows, offsets: offsets, weights: ones, to: result)
    } else {
      pass.device.addGatheredSums(pass.value(weight), rows: rows, offsets: offsets, weights: ones, to: result)
    }
    return pass.device.read(result)
  }

  private func places(in batch: CharacterBatch, _ text: Int) -> [Int32: Places] {
    let characters = UnsafeBufferPointer(rebasing: batch.characters.host[batch.realCharacters(of: text)])
    let all = UnsafeMutableBufferPointer<Int32>.allocate(capacity: hash.count(characters: characters.count))
    defer { all.deallocate() }
    hash.rows(of: characters, into: all)
    var found: [Int32: Places] = [:]
    for (row, range) in zip(all, hash.places(characters: characters.count)) {
      if range.isEmpty {
        found[row, default: Places()].fixed += 1
      } else {
        found[row, default: Places()].own += 1
        found[row, default: Places()].ranges.append(range)
      }
    }
    return found
  }
}
