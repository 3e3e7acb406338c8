internal import CharCNNCompute

/// Gated convolutions of several widths, each pooled to a vector, and residual rounds over these vectors.
///
/// Source: the tutorial on character convolution whose other reading is ``GatedNetwork``; its equations 2 to 6 to the
/// letter, with the gate of Dauphin, Fan, Auli, Grangier (2017), "Language Modeling with Gated Convolutional Networks".
///
/// Each of k branches is a convolution d to d of its own width (eq. 2), a gate that leaves d / 2 channels (eq. 3), and the
/// maximum over the text (eq. 4): a vector p. The vectors are taken as a sequence z of k positions with d / 2 channels
/// (eq. 5), and each further layer is z + pool(gate(convolution(z))) (eq. 6). Fully connected layers read all of z (eq. 7).
///
/// Differences from the tutorial:
/// - Its equation 3 keeps both halves of the gate and yet counts d / 2 channels; here the gate is a σ(b) alone, so that the
///   counts hold.
/// - Its worked example has a hundred kernels of one width; here the branches have the widths 2 to 7, and the setting
///   `widths` can name any.
/// - Its equation 6 says neither width nor padding: the convolution has width 3 (d / 2 to d, halved by the gate), the max
///   pooling width 3 and stride 1, both with the edges filled, so that z keeps its shape.
/// - Texts need no common length.
public struct MultikernelNetwork: TextNetwork {
  /// The settings it was made from.
  public let configuration: MultikernelConfiguration
  public let parameters: ParameterLayout
  private let embedding: CharacterEmbedding
  private let branches: [Convolution]
  private let globalPooling = GlobalPooling(.max)
  private let rounds: [Convolution]
  private let localPooling = LocalPooling(geometry: WindowGeometry(width: 3), pooling: .max)
  private let head: ClassifierHead

  /// What the backward pass needs.
  public struct Saved {
    struct Branch: BitwiseCopyable {
      let convolution: Convolution.Saved
      let gate: Nonlinearity.Saved
      let pooling: GlobalPooling.Saved
    }

    struct Round: BitwiseCopyable {
      let convolution: Convolution.Saved
      let gate: Nonlinearity.Saved
      let pooling: LocalPooling.Saved
    }

    let characters: EmbeddedCharacters
    let embedding: CharacterEmbedding.Saved
    let branches: UnsafeMutableBufferPointer<Branch>
    let rounds: UnsafeMutableBufferPointer<Round>
    let head: ClassifierHead.Saved
  }

  public var length: Int? { configuration.length }

  /// Channels d / 2 of a vector.
  private var half: Int { configuration.embedding / 2 }

  /// Lays out the parameters; their values live in a ``ParameterStore``.
  ///
  /// - Throws: ``ConfigurationError`` where the settings do not make a network.
  public init(_ configuration: MultikernelConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    self.configuration = configuration
    let channels = configuration.embedding
    var builder = ParameterBuilder()
    embedding = builder.scope("embedding", part: .embedding) {
      CharacterEmbedding(alphabetSize: configuration.alphabetSize, dimension: channels, dropRate: 0, builder: &$0)
    }
    branches = configuration.widths.enumerated().map { number, width in
      builder.scope("branches.\(number)", part: .body(number)) {
        Convolution(inputs: channels, outputs: channels, geometry: WindowGeometry(width: width), builder: &$0)
      }
    }
    rounds = (0..<configuration.rounds - 1).map { number in
      builder.scope("rounds.\(number)", part: .body(configuration.widths.count + number)) {
        Convolution(
          inputs: channels / 2, outputs: channels, geometry: WindowGeometry(width: configuration.roundWidth),
          builder: &$0)
      }
    }
    head = ClassifierHead(
      inputs: configuration.widths.count * channels / 2, hidden: configuration.hidden, classes: configuration.classes,
      dropouts: Array(repeating: configuration.dropout, count: configuration.hidden.count + 1), builder: &builder)
    parameters = builder.layout
  }

  public func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved) {
    let (characters, embeddingSaved) = embedding.forward(batch, pass)
    let texts = batch.sequences.count
    let branchSaved = pass.workspace.records(of: Saved.Branch.self, count: branches.count)
    let vectors = pass.tensor(rows: texts, columns: branches.count * half)
    for (number, branch) in branches.enumerated() {
      let (c, convolution) = branch.forward(.characters(characters), pass)
      let (gated, gate) = self.gate(c, pass)
      let (p, pooling) = globalPooling.forward(gated, pass)
      pass.device.copy(p, into: vectors.columns(columns(of: number)))
      pass.recordCopy(of: p, at: vectors.columns(columns(of: number)))
      branchSaved[number] = Saved.Branch(convolution: convolution, gate: gate, pooling: pooling)
    }
    let positions = PackedSequences(
      lengths: repeatElement(branches.count, count: texts), count: texts, workspace: pass.workspace)
    var z = Frames(values: vectors.reshaped(rows: texts * branches.count, columns: half), sequences: positions)
    pass.trace?.leavePart()
    pass.record(.concatenation, z.values, reading: branches.indices.map { vectors.columns(columns(of: $0)) })
    let roundSaved = pass.workspace.records(of: Saved.Round.self, count: rounds.count)
    for (number, round) in rounds.enumerated() {
      let (c, convolution) = round.forward(.frames(z), pass)
      let (gated, gate) = self.gate(c, pass)
      let (pooled, pooling) = localPooling.forward(gated, pass)
      pass.device.add(z.values, to: pooled.values)
      pass.record(.residual, pooled.values, reading: [pooled.values, z.values])
      z = pooled
      roundSaved[number] = Saved.Round(convolution: convolution, gate: gate, pooling: pooling)
    }
    let (logits, headSaved) = head.forward(z.values.reshaped(rows: texts, columns: branches.count * half), pass)
    return (
      PartScores(logits),
      Saved(
        characters: characters, embedding: embeddingSaved, branches: branchSaved, rounds: roundSaved, head: headSaved)
    )
  }

  private func gate(_ c: Frames, _ pass: Pass) -> (Frames, Nonlinearity.Saved) {
    let y = pass.tensor(rows: c.values.rows, columns: half)
    let saved = Nonlinearity.glu.forward(c.values, into: y, pass)
    return (Frames(values: y, sequences: c.sequences), saved)
  }

  /// Inverts the forward pass from the scores back to the embedding.
  public func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass) {
    let dfeatures = head.backward(dscores.only, saved.head, pass)
    let texts = dscores.texts
    let dz = dfeatures.reshaped(rows: texts * branches.count, columns: half)
    for number in rounds.indices.reversed() {
      let round = saved.rounds[number]
      let dgated = localPooling.backward(dz, round.pooling, pass)
      let dc = Nonlinearity.glu.backward(dgated, round.gate, pass)
      // dz goes on to z itself, as it is, and to the convolution's input.
      rounds[number].backward(dc, round.convolution, into: dz, accumulate: true, pass)
    }
    let dvectors = dz.reshaped(rows: texts, columns: branches.count * half)
    let table = saved.characters.table
    let dtable = pass.tensor(rows: table.rows, columns: table.columns)
    for (number, convolution) in branches.enumerated() {
      let branch = saved.branches[number]
      let dgated = globalPooling.backward(dvectors.columns(columns(of: number)), branch.pooling, pass)
      let dc = Nonlinearity.glu.backward(dgated, branch.gate, pass)
      convolution.backward(dc, branch.convolution, into: dtable, accumulate: number > 0, pass)
    }
    embedding.backward(dtable, saved.embedding, pass)
  }

  private func columns(of branch: Int) -> Range<Int> { branch * half..<(branch + 1) * half }

  public var layers: [LayerDescription] {
    let channels = configuration.embedding
    let positions = configuration.widths.count
    var table = LayerTable(parameters, length: length)
    table.append("embedding", "characters to vectors", channels: channels)
    for (number, width) in configuration.widths.enumerated() {
      table.append(
        "branches.\(number)", "convolution \(width), glu", channels: half, operations: 2 * width * channels * channels)
    }
    table.append("pooling", "max pooling of the text, one vector a branch", perText: positions, channels: half)
    for number in rounds.indices {
      table.append(
        "rounds.\(number)", "convolution \(configuration.roundWidth), glu, max pooling 3, residual", perText: positions,
        channels: half, operations: 2 * positions * configuration.roundWidth * half * channels)
    }
    head.describe(in: &table)
    return table.layers
  }
}
