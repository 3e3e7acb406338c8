public import CharCNNCompute

/// Probabilities of many texts.
///
/// Many texts are predicted in small batches, whose frames stay in a core's cache, each by one thread; a few texts in one
/// batch that all threads share. The bits of a text are the same either way, since they do not depend on its batch.
public struct BatchPredictor: Sendable {
  /// Rows of a small batch.
  private static let rows = 2_048
  /// Small batches that a thread should find, so that none waits long for another at the end.
  private static let batchesPerThread = 3
  /// Small batches between two calls back, which bounds the memory of what waits to be handed out.
  private static let batchesAtOnce = 64

  private let network: any TextNetwork
  private let store: ParameterStore
  private let cascade: NgramCascade?
  let device: any Device
  let workspaces: WorkspacePool

  /// A predictor of a network with a store's parameters; workspaces are taken from the pool and given back.
  ///
  /// - Parameter cascade: Says of which texts the network is not asked, since the solved n-grams beside it are sure; nil asks it of all.
  public init(
    network: any TextNetwork, store: ParameterStore, device: any Device, workspaces: WorkspacePool,
    cascade: NgramCascade? = nil
  ) {
    self.network = network
    self.store = store
    self.device = device
    self.workspaces = workspaces
    self.cascade = cascade
  }

  /// Predicts texts and hands each one's probabilities of all classes out, in order.
  ///
  /// - Parameters:
  ///   - lengths: Characters of each text.
  ///   - copy: Writes the first characters of a text, as many as the buffer holds; called by several threads at once.
  ///   - body: Receives the number of a text and its probabilities.
  /// - Throws: What `copy` and `body` throw.
  public func forEachText(
    lengths: [Int], copy: @escaping @Sendable (_ text: Int, _ buffer: UnsafeMutableBufferPointer<Int32>) throws -> Void,
    _ body: (_ text: Int, _ probabilities: ArraySlice<Float>) throws -> Void
  ) throws {
    _ = try forEachText(lengths: lengths, ngramScores: nil, copy: copy, body)
  }

  /// As ``forEachText(lengths:copy:_:)``, of texts whose n-grams may have been scored before.
  ///
  /// - Returns: How many texts the n-grams answered alone; 0 without a cascade.
  package func forEachText(
    lengths: [Int], ngramScores: NgramScores?,
    copy: @escaping @Sendable (_ text: Int, _ buffer: UnsafeMutableBufferPointer<Int32>) throws -> Void,
    _ body: (_ text: Int, _ probabilities: ArraySlice<Float>) throws -> Void
  ) throws -> Int {
    if let cascade, let scorer = network.ngramScorer {
      return try forEachText(cascade, scorer, lengths: lengths, ngramScores: ngramScores, copy: copy, body)
    }
    try ask(0..<lengths.count, lengths: lengths, ngramScores: ngramScores, copy: copy, body)
    return 0
  }

  /// Asks the network of some texts and hands the probabilities out in their order.
  func ask(
    _ texts: some RandomAccessCollection<Int> & Sendable, lengths: [Int], ngramScores: NgramScores?,
    copy: @escaping @Sendable (_ text: Int, _ buffer: UnsafeMutableBufferPointer<Int32>) throws -> Void,
    _ body: (_ text: Int, _ probabilities: ArraySlice<Float>) throws -> Void
  ) throws {
    @Sendable func numbers(_ places: [Int]) -> [Int] {
      places.map { texts[texts.index(texts.startIndex, offsetBy: $0)] }
    }
    @Sendable func predict(_ places: [Int]) throws -> [Float] {
      try self.predict(numbers(places), lengths: lengths, ngramScores: ngramScores, copy: copy)
    }
    let planned = texts.map { network.rows(ofText: lengths[$0]) }
    let plan = BatchPlan(lengths: planned, budget: Self.rows)
    if plan.count < Self.batchesPerThread * device.threadCount {
      let plan = BatchPlan(lengths: planned)
      for number in 0..<plan.count {
        try hand(out: try predict(plan[number]), of: numbers(plan[number]), body)
      }
      return
    }
    for first in stride(from: 0, to: plan.count, by: Self.batchesAtOnce) {
      let batches = first..<min(first + Self.batchesAtOnce, plan.count)
      let results = device.map(batches.count) { item in
        Result { try predict(plan[first + item]) }
      }
      for (batch, result) in zip(batches, results) {
        try hand(out: try result.get(), of: numbers(plan[batch]), body)
      }
    }
  }

  /// The probabilities of a batch, text by text.
  private func predict(
    _ texts: [Int], lengths: [Int], ngramScores: NgramScores?,
    copy: @escaping @Sendable (Int, UnsafeMutableBufferPointer<Int32>) throws -> Void
  ) throws -> [Float] {
    let scores = try network.ngramScorer.map {
      try ngramScores?.scores(of: texts) ?? $0.scores(of: texts, lengths: lengths, device: device, copy: copy)
    }
    return try workspaces.withWorkspace { workspace in
      var failure: (any Error)?
      var batch = CharacterBatch(
        count: texts.count, fixedLength: network.length, workspace: workspace,
        length: { network.characters(ofText: lengths[texts[$0]]) },
        copy: { text, buffer in
          do { try copy(texts[text], buffer) } catch { failure = error }
        })
      if let failure { throw failure }
      if let scores { batch.attach(ngramScores: scores, workspace: workspace, device: device) }
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      return device.read(network.probabilities(batch, pass))
    }
  }

  private func hand(
    out values: [Float], of texts: [Int], _ body: (Int, ArraySlice<Float>) throws -> Void
  ) rethrows {
    let classes = values.count / max(texts.count, 1)
    for (row, text) in texts.enumerated() { try body(text, values[row * classes..<(row + 1) * classes]) }
  }
}
