internal import CharCNNCompute
internal import CharCNNFiles
internal import CharCNNNetworks

extension LanguageEvaluator {
  /// Characters by which the mixture is fitted at most: a few numbers need no more.
  private static let mixtureCharacters = 1 << 16

  /// Finds the shares of network and n-grams that explain held-out texts best, of long ones windows that are spread evenly
  /// over them, and writes them into the store.
  ///
  /// - Throws: When a text cannot be read again.
  func fitMixture(
    _ stream: CharacterStream, _ segments: [TextSegment], store: ParameterStore, device: any Device,
    workspace: Workspace, scratch: Workspace
  ) throws {
    guard let ngrams, let parameter = network.mixture else { return }
    var fit = NgramMixtureFit(order: ngrams.order)
    let total = segments.reduce(0) { $0 + $1.range.count }
    let every = (total + Self.mixtureCharacters - 1) / Self.mixtureCharacters
    try forEachWindow(stream, segments, every: every, workspace: workspace) { window in
      try forEachPlace(
        of: window, in: stream, ngrams, store: store, device: device, workspace: workspace, scratch: scratch
      ) { walk, network, target, scratch in
        walk.write(into: scratch)
        fit.add(walk, network: network[target], ngrams: scratch[target])
      }
    }
    workspace.reset()
    store.write(fit.shares(), to: parameter, device: device)
  }

  /// As ``LanguageNetwork/measure(_:rows:targets:_:scratch:)``, of the network and its n-grams.
  func measure(
    _ window: Window, in stream: CharacterStream, _ mixture: NgramMixture, _ ngrams: CharacterNgrams,
    store: ParameterStore, device: any Device, workspace: Workspace, scratch: Workspace
  ) throws -> (nats: Double, correct: Int) {
    var (nats, correct) = (0.0, 0)
    try forEachPlace(
      of: window, in: stream, ngrams, store: store, device: device, workspace: workspace, scratch: scratch
    ) { walk, probabilities, target, scratch in
      mixture.mix(into: probabilities, at: walk, scratch: scratch)
      nats -= log(max(Double(probabilities[target]), .leastNormalMagnitude))
      var best = 0
      for index in probabilities.indices where probabilities[index] > probabilities[best] { best = index }
      if best == target { correct += 1 }
    }
    return (nats, correct)
  }

  /// Calls `body` for each predicted character of a window, in order, with its place among the n-grams, the network's
  /// probabilities of all characters, the character, and room for as many probabilities.
  private func forEachPlace(
    of window: Window, in stream: CharacterStream, _ ngrams: CharacterNgrams, store: ParameterStore,
    device: any Device, workspace: Workspace, scratch: Workspace,
    _ body: (
      _ walk: NgramWalk, _ probabilities: UnsafeMutableBufferPointer<Float>, _ target: Int,
      _ scratch: UnsafeMutableBufferPointer<Float>
    ) -> Void
  ) throws {
    let examples = window.examples
    var walk = try walk(ngrams, before: window, in: stream)
    let room = workspace.records(of: Float.self, count: network.configuration.alphabetSize)
    network.forEachScores(
      of: examples.batch, rows: examples.rows, .prediction(device: device, workspace: workspace, store: store),
      scratch: scratch
    ) { rows, scores in
      let targets = examples.targets.prefix(rows.upperBound).suffix(rows.count)
      let losses = scratch.tensor(rows: rows.count, columns: 1)
      let gradient = scratch.tensor(rows: rows.count, columns: scores.columns)
      // The gradient of the cross entropy is the probabilities, less 1 at the character that came.
      device.crossEntropy(scores, labels: targets, smoothing: 0, scale: 1, losses: losses, into: gradient)
      let nats = device.read(losses)
      var values = device.read(gradient)
      values.withUnsafeMutableBufferPointer { values in
        for row in 0..<rows.count {
          let probabilities = UnsafeMutableBufferPointer(
            rebasing: values[row * scores.columns..<(row + 1) * scores.columns])
          let target = targets.host[row]
          probabilities[Int(target)] = exp(-nats[row])
          body(walk, probabilities, Int(target), room)
          walk.read(target)
        }
      }
    }
  }

  /// The place at which a window begins.
  private func walk(_ ngrams: CharacterNgrams, before window: Window, in stream: CharacterStream) throws -> NgramWalk {
    var walk = NgramWalk(ngrams)
    let (segment, start) = (window.segment, window.predicted.lowerBound)
    let first = max(segment.range.lowerBound, start - ngrams.order + 1)
    var characters = [Int32](repeating: 0, count: start - first)
    try characters.withUnsafeMutableBufferPointer { try stream.copy(file: segment.file, from: first, into: $0) }
    for character in characters { walk.read(character) }
    return walk
  }
}
