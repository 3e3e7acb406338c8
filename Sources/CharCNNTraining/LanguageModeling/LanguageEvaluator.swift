public import CharCNNCompute
public import CharCNNEvaluation
internal import CharCNNFiles
public import CharCNNNetworks

/// Measures a language model on running text.
public struct LanguageEvaluator {
  let network: LanguageNetwork
  /// What stands beside the network; nil for nothing.
  let ngrams: CharacterNgrams?
  private let objective: LanguageObjective
  private let settings: LanguageSettings

  /// Characters that are predicted at a time.
  private static let window = 4_096

  /// An evaluator of a network and of the n-grams beside it.
  public init(
    network: LanguageNetwork, ngrams: CharacterNgrams? = nil, objective: LanguageObjective, settings: LanguageSettings
  ) {
    self.network = network
    self.ngrams = ngrams
    self.objective = objective
    self.settings = settings
  }

  /// Characters to predict, and those to read for it.
  struct Span: BitwiseCopyable {
    let file: Int
    let lower: Int
    let upper: Int
    /// Characters before and behind the predicted ones that are read as well.
    let before: Int
    let behind: Int
    /// Whether it begins where its segment does.
    let isFirst: Bool

    init(_ segment: TextSegment, predicted: Range<Int>, read: Range<Int>) {
      file = segment.file
      (lower, upper) = (predicted.lowerBound, predicted.upperBound)
      before = predicted.lowerBound - read.lowerBound
      behind = read.upperBound - predicted.upperBound
      isFirst = read.lowerBound == segment.range.lowerBound
    }
  }

  /// A batch, the rows that something is predicted at (nil for all), and what.
  struct Examples {
    let batch: CharacterBatch
    let rows: IndexTensor?
    let targets: IndexTensor
  }

  /// Characters of a segment that are predicted at a time.
  struct Window {
    let segment: TextSegment
    let predicted: Range<Int>
    let examples: Examples
  }

  /// Every character is predicted with all the context that the network can see, and hidden characters are always the same.
  ///
  /// - Throws: When a text cannot be read again.
  public func report(
    _ stream: CharacterStream, _ segments: [TextSegment], store: ParameterStore, device: any Device,
    workspace: Workspace, scratch: Workspace, progress: (_ characters: Int) throws -> Void = { _ in }
  ) throws -> LanguageReport {
    var (nats, correct, characters) = (0.0, 0, 0)
    let mixture = ngrams.flatMap { ngrams in
      network.mixture.map { NgramMixture(ngrams, shares: device.read(store.tensor($0))) }
    }
    try forEachWindow(stream, segments, workspace: workspace) { window in
      let examples = window.examples
      let result =
        if let ngrams, let mixture {
          try measure(
            window, in: stream, mixture, ngrams, store: store, device: device, workspace: workspace, scratch: scratch)
        } else {
          network.measure(
            examples.batch, rows: examples.rows, targets: examples.targets,
            .prediction(device: device, workspace: workspace, store: store), scratch: scratch)
        }
      nats += result.nats
      correct += result.correct
      characters += examples.targets.count
      try progress(characters)
    }
    workspace.reset()
    return LanguageReport(nats: nats, correct: correct, characters: characters)
  }

  /// Calls `body` for windows of segments in which something is predicted, in order; the memory of each is taken back
  /// before the next.
  ///
  /// - Parameter every: Calls it for every so many windows.
  func forEachWindow(
    _ stream: CharacterStream, _ segments: [TextSegment], every: Int = 1, workspace: Workspace,
    _ body: (Window) throws -> Void
  ) throws {
    let context = network.context
    var number = 0
    for segment in segments {
      var start = segment.range.lowerBound
      while start < segment.range.upperBound {
        let predicted = start..<min(start + Self.window, segment.range.upperBound)
        start = predicted.upperBound
        number += 1
        guard (number - 1) % max(every, 1) == 0 else { continue }
        let last = objective == .causal ? predicted.upperBound : predicted.upperBound + context
        let read =
          max(segment.range.lowerBound, predicted.lowerBound - context)..<min(last, segment.range.upperBound)
        workspace.reset()
        let spans = workspace.records(of: Span.self, count: 1)
        spans[0] = Span(segment, predicted: predicted, read: read)
        let key = Randomness(seed: UInt64(segment.file), step: UInt64(predicted.lowerBound)).key(.masking)
        let examples = try examples(stream, spans, maskKey: key, workspace: workspace)
        if examples.targets.count > 0 {
          try body(Window(segment: segment, predicted: predicted, examples: examples))
        }
      }
    }
  }

  /// Packs spans: shifted by a character for the causal objective, with some characters hidden for the masked one.
  func examples(
    _ stream: CharacterStream, _ spans: UnsafeMutableBufferPointer<Span>, maskKey: UInt64, workspace: Workspace
  ) throws -> Examples {
    let offsets = workspace.indices(count: spans.count + 1)
    offsets.host[0] = 0
    var predicted = 0
    for (place, span) in spans.enumerated() {
      let read = span.before + span.upper - span.lower + span.behind
      offsets.host[place + 1] = offsets.host[place] + Int32(read)
      predicted += span.upper - span.lower
    }
    let total = Int(offsets.host[spans.count])
    let characters = workspace.indices(count: total)
    for (place, span) in spans.enumerated() {
      let rows = Int(offsets.host[place])..<Int(offsets.host[place + 1])
      try stream.copy(
        file: span.file, from: span.lower - span.before,
        into: UnsafeMutableBufferPointer(rebasing: characters.host[rows]))
    }
    switch objective {
    case .causal:
      return try causal(stream, spans, characters, offsets, predicted: predicted, workspace: workspace)
    case .masked:
      return masked(spans, characters, offsets, key: maskKey, workspace: workspace)
    }
  }

  /// A row holds the character before the one that it predicts.
  private func causal(
    _ stream: CharacterStream, _ spans: UnsafeMutableBufferPointer<Span>, _ characters: IndexTensor,
    _ offsets: IndexTensor, predicted: Int, workspace: Workspace
  ) throws -> Examples {
    let targets = workspace.indices(count: predicted)
    let isWhole = predicted == characters.count
    let rows = workspace.indices(count: isWhole ? 0 : predicted)
    var done = 0
    for (place, span) in spans.enumerated() {
      let first = Int(offsets.host[place])
      let last = Int(offsets.host[place + 1])
      for row in first + span.before..<last - span.behind {
        targets.host[done] = characters.host[row]
        if !isWhole { rows.host[done] = Int32(row) }
        done += 1
      }
      for row in stride(from: last - 1, to: first, by: -1) { characters.host[row] = characters.host[row - 1] }
      // Nothing precedes the beginning of a text.
      characters.host[first] = -1
      if !span.isFirst {
        try stream.copy(
          file: span.file, from: span.lower - span.before - 1,
          into: UnsafeMutableBufferPointer(rebasing: characters.host[first..<first + 1]))
      }
    }
    return Examples(
      batch: CharacterBatch(characters: characters, sequences: PackedSequences(offsets: offsets)),
      rows: isWhole ? nil : rows, targets: targets)
  }

  /// Hides spans of characters: they read as no character at all, as those that training drops.
  private func masked(
    _ spans: UnsafeMutableBufferPointer<Span>, _ characters: IndexTensor, _ offsets: IndexTensor, key: UInt64,
    workspace: Workspace
  ) -> Examples {
    let words = workspace.indices(count: characters.count)
    words.host.withMemoryRebound(to: UInt32.self) { Randomness.fill($0, key: key) }
    // Spans may overlap: so many begin at each row that the rate comes out.
    let rate = 1 - pow(1 - Double(settings.maskRate), 1 / Double(settings.maskSpan))
    let threshold = UInt32(rate * 0x1p32)
    let rows = workspace.indices(count: characters.count)
    let targets = workspace.indices(count: characters.count)
    var count = 0
    for (place, span) in spans.enumerated() {
      let first = Int(offsets.host[place])
      let last = Int(offsets.host[place + 1])
      var left = 0
      let before = count
      for row in first..<last {
        if UInt32(bitPattern: words.host[row]) < threshold { left = settings.maskSpan }
        guard left > 0 else { continue }
        left -= 1
        if row >= first + span.before, row < last - span.behind {
          rows.host[count] = Int32(row)
          targets.host[count] = characters.host[row]
          count += 1
        }
        characters.host[row] = -1
      }
      // Where chance hides nothing, one character is hidden: a window without any would be predicted perfectly.
      let predicted = first + span.before..<last - span.behind
      if count == before, !predicted.isEmpty {
        let draw = Int(UInt32(bitPattern: words.host[predicted.lowerBound]))
        let row = predicted.lowerBound + draw % predicted.count
        rows.host[count] = Int32(row)
        targets.host[count] = characters.host[row]
        characters.host[row] = -1
        count += 1
      }
    }
    return Examples(
      batch: CharacterBatch(characters: characters, sequences: PackedSequences(offsets: offsets)),
      rows: rows.prefix(count), targets: targets.prefix(count))
  }
}
