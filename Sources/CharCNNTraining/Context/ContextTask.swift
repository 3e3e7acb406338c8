public import CharCNNCompute
internal import CharCNNEvaluation
public import CharCNNNetworks

/// Words that stand around a window of a text, predicted from the window.
///
/// What stands around a piece of a text says what it is about and how it is meant, so a network that predicts it has to
/// find that out, with no labels but the words themselves. Each line is a text. Of the words around a window some are drawn
/// each time, common ones less often than they occur.
///
/// Sources: Le & Mikolov (2014), "Distributed Representations of Sentences and Documents", which predicts the words of a
/// paragraph from a vector of its own; here the vector is the network's, read from other words of the paragraph.
public final class ContextTask: TrainingTask {
  public let parameters: ParameterLayout
  public let lengths: [Int]
  private let network: GatedNetwork
  private let vocabulary: WordVocabulary
  private let settings: ContextSettings
  private let seed: UInt64
  private let training: Lines
  private let validation: Lines
  /// The line of each training example.
  private let lineNumbers: [Int32]
  private var region: [Int32] = []
  private var candidates: [Int32] = []
  private var sums: [Float] = []

  /// Lines of some texts.
  public struct Lines {
    let stream: CharacterStream
    let segments: [TextSegment]

    /// Lines of a stream.
    public init(_ stream: CharacterStream, _ segments: [TextSegment]) {
      self.stream = stream
      self.segments = segments
    }
  }

  /// - Parameters:
  ///   - network: A classifier of words.
  ///   - vocabulary: Its classes.
  ///   - settings: How texts are cut.
  ///   - training: Texts to learn from.
  ///   - validation: Texts to measure on.
  ///   - seed: Of the windows and the words.
  public init(
    network: GatedNetwork, vocabulary: WordVocabulary, settings: ContextSettings, training: Lines,
    validation: Lines, seed: UInt64
  ) {
    self.network = network
    self.vocabulary = vocabulary
    self.settings = settings
    self.training = training
    self.validation = validation
    self.seed = seed
    parameters = network.parameters
    var numbers: [Int32] = []
    var lengths: [Int] = []
    for (number, line) in training.segments.enumerated() {
      let window = settings.window(in: line.range.count)
      // As many windows as the text is long; a text of two windows is read whole in an epoch, on average.
      for _ in 0..<max(1, line.range.count / window) where line.range.count >= window {
        numbers.append(Int32(number))
        lengths.append(window)
      }
    }
    lineNumbers = numbers
    self.lengths = lengths
  }

  /// Windows with something around them, and words of that: as many for each.
  private struct Examples {
    var characters: [Int32] = []
    var ends: [Int] = []
    var words: [Int32] = []
  }

  public func addGradients(of examples: ArraySlice<Int>, epoch: Int, settings: TrainingSettings, _ pass: Pass) throws
    -> (loss: Double, rows: Int)
  {
    var drawn = Examples()
    for example in examples {
      try draw(
        Int(lineNumbers[example]), of: training,
        key: Randomness(seed: seed, step: UInt64(epoch)).key(.windows, index: example),
        to: &drawn)
    }
    guard !drawn.ends.isEmpty else { return (0, examples.reduce(0) { $0 + lengths[$1] }) }
    let (logits, saved) = network.forward(batch(drawn, pass.workspace), pass)
    let dlogits = pass.workspace.tensor(rows: logits.rows, columns: logits.columns)
    let loss = crossEntropy(
      logits, drawn, smoothing: settings.labelSmoothing, into: dlogits, device: pass.device, workspace: pass.workspace)
    network.backward(dlogits, saved, pass)
    return (loss, drawn.characters.count)
  }

  public func validate(_ store: ParameterStore, device: any Device, workspace: Workspace) throws -> TrainingReport {
    var (nats, correct, words) = (0.0, 0, 0)
    let key = Randomness(seed: seed)
    var line = 0
    while line < validation.segments.count {
      workspace.reset()
      var drawn = Examples()
      while line < validation.segments.count, drawn.characters.count < Evaluator.batchCharacters {
        try draw(line, of: validation, key: key.key(.windows, index: line), to: &drawn)
        line += 1
      }
      if drawn.ends.isEmpty { continue }
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      let (logits, _) = network.forward(batch(drawn, workspace), pass)
      let unused = workspace.tensor(rows: logits.rows, columns: logits.columns)
      nats +=
        crossEntropy(logits, drawn, smoothing: 0, into: unused, device: device, workspace: workspace)
        * Double(drawn.words.count)
      let values = device.read(logits)
      for row in 0..<logits.rows {
        let scores = values[row * logits.columns..<(row + 1) * logits.columns]
        let best = scores.indices.max { scores[$0] < scores[$1] }.map { Int32($0 - scores.startIndex) }
        correct += drawn.words[row * settings.draws..<(row + 1) * settings.draws].count { $0 == best }
      }
      words += drawn.words.count
    }
    return .context(ContextReport(nats: nats, correct: correct, words: words))
  }

  /// Draws a window of a line and words from around it; nothing where there are none.
  private func draw(_ number: Int, of lines: Lines, key: UInt64, to examples: inout Examples) throws {
    let line = lines.segments[number]
    let window = settings.window(in: line.range.count)
    var random = RandomStream(key: key)
    let start = line.range.lowerBound + random.below(line.range.count - window + 1)
    let lower = max(line.range.lowerBound, start - settings.reach)
    let upper = min(line.range.upperBound, start + window + settings.reach)
    try lines.stream.read(TextSegment(file: line.file, range: lower..<upper), into: &region)
    let inside = start - lower..<start - lower + window
    candidates.removeAll(keepingCapacity: true)
    sums.removeAll(keepingCapacity: true)
    var sum: Float = 0
    vocabulary.scanner.forEachWord(in: region[...]) { place, key in
      guard !place.overlaps(inside), let word = vocabulary.classes[key] else { return }
      // A word that the reach cuts is another word.
      if place.lowerBound == 0, lower > line.range.lowerBound { return }
      if place.upperBound == region.count, upper < line.range.upperBound { return }
      sum += vocabulary.readiness[Int(word)]
      candidates.append(word)
      sums.append(sum)
    }
    if candidates.isEmpty { return }
    examples.characters += region[inside]
    examples.ends.append(examples.characters.count)
    for _ in 0..<settings.draws {
      let target = random.uniform() * sum
      var (low, high) = (0, candidates.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > target { high = middle } else { low = middle + 1 }
      }
      examples.words.append(candidates[low])
    }
  }

  private func batch(_ examples: Examples, _ workspace: Workspace) -> CharacterBatch {
    func start(_ text: Int) -> Int { text == 0 ? 0 : examples.ends[text - 1] }
    return CharacterBatch(
      count: examples.ends.count, fixedLength: network.length, workspace: workspace,
      length: { examples.ends[$0] - start($0) },
      copy: { text, buffer in
        let first = start(text)
        for place in buffer.indices { buffer[place] = examples.characters[first + place] }
      })
  }

  /// The mean cross entropy of the words; `dlogits` becomes its gradient.
  private func crossEntropy(
    _ logits: Tensor, _ examples: Examples, smoothing: Float, into dlogits: Tensor, device: any Device,
    workspace: Workspace
  ) -> Double {
    let losses = workspace.tensor(rows: logits.rows, columns: 1)
    let gradient = workspace.tensor(rows: logits.rows, columns: logits.columns)
    let labels = workspace.indices(count: logits.rows)
    let draws = settings.draws
    var sum = 0.0
    for draw in 0..<draws {
      for row in 0..<logits.rows { labels.host[row] = examples.words[row * draws + draw] }
      device.crossEntropy(
        logits, labels: labels, smoothing: smoothing, scale: 1 / Float(examples.words.count), losses: losses,
        into: draw == 0 ? dlogits : gradient)
      if draw > 0 { device.add(gradient, to: dlogits) }
      sum += device.sum(losses)
    }
    return sum / Double(examples.words.count)
  }
}

extension ContextSettings {
  /// Characters of a window in a text of so many.
  func window(in length: Int) -> Int { min(window, max(length / 2, 1)) }
}
