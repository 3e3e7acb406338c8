public import CharCNNCompute

/// Characters of a batch with the embedding of each *distinct* one: the first layers compute once per distinct
/// character and gather, instead of once per position.
public struct EmbeddedCharacters: BitwiseCopyable {
  /// Where the texts lie.
  let sequences: PackedSequences
  /// For each row the number of its character among the distinct ones, or -1 for a padded or dropped character.
  let units: IndexTensor
  /// Embeddings of the distinct characters, [distinct, dimension].
  public let table: Tensor

  /// Units of every tap of every window: [rows of the windows, taps].
  func units(windows: IndexTensor, workspace: Workspace) -> IndexTensor {
    let result = workspace.indices(count: windows.count)
    for index in 0..<windows.count {
      let row = windows.host[index]
      result.host[index] = row < 0 ? -1 : units.host[Int(row)]
    }
    return result
  }
}

/// Character embedding: a row of a trained table for each character (eq. 1 of the tutorial's model). In training whole
/// characters are dropped, which embeds them as zeros.
public struct CharacterEmbedding: Sendable {
  let weight: Parameter
  let dropRate: Float
  private let stream: Int

  /// What the backward pass needs.
  public struct Saved: BitwiseCopyable {
    let distinct: IndexTensor
  }

  /// The table [alphabet, dimension] starts normal with deviation 1 / sqrt(dimension), unless told otherwise. Without
  /// `isTrained` it is state: stored with the model and never updated.
  public init(
    alphabetSize: Int, dimension: Int, dropRate: Float, isTrained: Bool = true,
    initialization: Parameter.Initialization? = nil, builder: inout ParameterBuilder
  ) {
    let shape = [alphabetSize, dimension]
    let initialization = initialization ?? .normal(1 / Float(dimension).squareRoot())
    weight =
      isTrained
      ? builder.add("weight", shape: shape, initialization: initialization, decays: false)
      : builder.addState("weight", shape: shape, initialization: initialization)
    self.dropRate = dropRate
    stream = builder.nextStream()
  }

  /// The output, and what the backward pass needs.
  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (EmbeddedCharacters, Saved) {
    if let path = pass.path {
      return (path.embed(batch, weight, pass), Saved(distinct: pass.workspace.indices(count: 0)))
    }
    let rows = batch.characters.count
    let units = pass.workspace.indices(count: rows)
    // number[c] is the place of character c among the distinct ones, in order of first occurrence.
    let number = pass.workspace.indices(count: weight.shape[0])
    number.host.update(repeating: -1)
    let distinct = pass.workspace.indices(count: min(rows, weight.shape[0]))
    let dropped = droppedWords(count: rows, pass)
    let threshold = UInt32(Double(dropRate) * 0x1p32)
    var count = 0
    for row in 0..<rows {
      let character = batch.characters.host[row]
      if character < 0 || dropped.map({ UInt32(bitPattern: $0.host[row]) < threshold }) ?? false {
        units.host[row] = -1
        continue
      }
      if number.host[Int(character)] < 0 {
        number.host[Int(character)] = Int32(count)
        distinct.host[count] = character
        count += 1
      }
      units.host[row] = number.host[Int(character)]
    }
    let used = distinct.prefix(count)
    let table = pass.tensor(rows: count, columns: weight.shape[1])
    pass.device.gatherRows(pass.value(weight), rows: used, into: table)
    if pass.trace?.keeps("embedding") == true { record(table, units: units, pass) }
    return (EmbeddedCharacters(sequences: batch.sequences, units: units, table: table), Saved(distinct: used))
  }

  /// Records the rows that the table stands for; they are made for nothing else.
  private func record(_ table: Tensor, units: IndexTensor, _ pass: Pass) {
    let rows = pass.tensor(rows: units.count, columns: table.columns)
    pass.device.gatherRows(table, rows: units, into: rows)
    pass.record(.embedding(alphabet: weight.shape[0], dimension: weight.shape[1]), rows, of: weight, reading: [])
    pass.recordCopy(of: rows, at: table)
  }

  /// Inverts the gather: adds the gradients of the distinct characters to their rows. A frozen table gets none.
  public func backward(_ dtable: Tensor, _ saved: Saved, _ pass: Pass) {
    if let path = pass.path { return path.takeGradient(dtable, pass) }
    if weight.role != .trained { return }
    pass.device.scatterRows(dtable, rows: saved.distinct, addTo: pass.gradient(weight))
  }

  private func droppedWords(count: Int, _ pass: Pass) -> IndexTensor? {
    guard dropRate > 0, let randomness = pass.randomness else { return nil }
    let words = pass.workspace.indices(count: count)
    words.host.withMemoryRebound(to: UInt32.self) {
      Randomness.fill($0, key: randomness.key(.characterDropout, index: stream))
    }
    return words
  }
}
