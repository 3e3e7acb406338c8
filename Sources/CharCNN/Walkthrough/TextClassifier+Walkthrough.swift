import CharCNNCompute
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

extension TextClassifier {
  /// Reads one text and keeps everything that the network computes on the way.
  ///
  /// The probabilities are those of ``predictions(for:maximumCount:)``. All outputs are held at once: some megabytes
  /// for a small network, hundreds for a very deep one.
  ///
  /// - Parameter text: Any text; an empty one is a single row of padding.
  public func walkthrough(of text: String) -> Walkthrough { trace(text) { $0.walkthrough } }

  /// The walkthrough of a text with all that a page shows of it.
  package func detailedWalkthrough(of text: String) -> DetailedWalkthrough {
    trace(text) { DetailedWalkthrough($0, of: self) }
  }

  /// Lets the network read a text, and keeps what it computes.
  private func trace<R>(_ text: String, _ body: (TracedText) -> R) -> R {
    let encoded = encoder.encodeWithRanges(text)
    let characters = VisibleUnits(text, encoded: encoded, encoder: encoder).labels
    let workspace = Workspace()
    // Tensors are views and keep no memory alive.
    defer { withExtendedLifetime(workspace) {} }
    var batch = CharacterBatch(
      count: 1, fixedLength: network.length, workspace: workspace, length: { _ in encoded.indices.count },
      copy: { _, buffer in _ = buffer.update(fromContentsOf: encoded.indices.prefix(buffer.count)) })
    let ngramScores = attachNgramScores(of: text, to: &batch, workspace: workspace)
    let trace = Trace()
    var pass = Pass.prediction(device: device, workspace: workspace, store: store)
    pass.trace = trace
    let mixed = device.read(network.probabilities(batch, pass))
    let alone = ngramScores.flatMap { answerOfNgrams($0, workspace: workspace) }
    let probabilities = alone ?? mixed
    let indices = batch.characters.host.map { Float($0) }
    let rowLabels =
      characters.prefix(indices.count) + repeatElement("", count: max(indices.count - characters.count, 0))

    var steps = [
      Walkthrough.Step(characters: Array(characters), settings: textSettings),
      Walkthrough.Step(
        indices: indices, rowLabels: Array(rowLabels), alphabet: alphabet, unknown: encoded.unknownCount),
    ]
    for entry in trace.entries {
      let isPerCharacter = entry.rows == indices.count && entry.rows > 1
      var columnLabels: [String] = []
      switch entry.operation {
      case .linear where entry.name == "output", .mixture, .softmax, .logistic: columnLabels = labels
      default: break
      }
      steps.append(
        Walkthrough.Step(
          entry, rowLabels: isPerCharacter ? Array(rowLabels) : [], columnLabels: columnLabels))
    }
    let tempered = temperature?.applied(to: probabilities[...]) ?? probabilities
    let predictions = zip(labels, tempered).map { Hypothesis(label: $0, probability: Double($1)) }
      .enumerated()
      .sorted {
        $0.element.probability == $1.element.probability
          ? $0.offset < $1.offset : $0.element.probability > $1.element.probability
      }
      .map(\.element)
    let notes = notes(encoded, rows: indices.count, isAnsweredByNgrams: alone != nil)
    return body(
      TracedText(
        walkthrough: Walkthrough(
          text: text, model: architecture.name, isTrained: record != nil, notes: notes.map { $0.text(.english) },
          steps: steps, predictions: predictions),
        notes: notes, encoded: encoded, trace: trace, batch: batch, isAnsweredByNgrams: alone != nil,
        workspace: workspace))
  }

  /// What the n-grams alone answer, where the cascade leaves the text to them.
  private func answerOfNgrams(_ scores: [Float], workspace: Workspace) -> [Float]? {
    guard let cascade, cascade.isSure(scores[...]) else { return nil }
    return NgramCascade.probabilities(
      scores, classes: labels.count, weight: Float(cascade.weight), device: device, workspace: workspace)
  }

  /// Asks the n-grams, which may read more of the text than the network.
  ///
  /// - Returns: Their score of each class; nil where there are none that were solved.
  private func attachNgramScores(of text: String, to batch: inout CharacterBatch, workspace: Workspace) -> [Float]? {
    guard let scorer = network.ngramScorer else { return nil }
    var indices: [Int32] = []
    wholeEncoder.encode(text, into: &indices)
    let characters = indices
    do {
      let scores = try scorer.scores(of: [0], lengths: [characters.count], device: device) { _, buffer in
        _ = buffer.update(fromContentsOf: characters.prefix(buffer.count))
      }
      batch.attach(ngramScores: scores, workspace: workspace, device: device)
      return scores
    } catch {
      preconditionFailure("characters in memory can be copied: \(error)")
    }
  }

  private func notes(_ encoded: EncodedText, rows: Int, isAnsweredByNgrams: Bool) -> [SettingWords] {
    var notes: [SettingWords] = []
    if isAnsweredByNgrams {
      notes.append(
        SettingWords(
          "The n-grams are sure of this text, so the cascade answers with them alone. The steps show what the network would say, which is not asked.",
          "n 元组对这条文本有把握，级联只用它们回答。下面的步骤是网络会说的话，但没有去问它。"))
    }
    if record == nil {
      notes.append(
        SettingWords(
          "The network is not trained: its weights are random initial ones. The steps are real, the answer means nothing.",
          "网络没有训练过，权重是随机的初始值。步骤是真的，答案没有意义。"))
    }
    if encoded.indices.isEmpty {
      notes.append(
        SettingWords("The text has no characters; the network reads padding.", "文本没有字符；网络读到的是填充。"))
    }
    if encoded.wasCut {
      notes.append(
        SettingWords(
          "The text is longer than the network reads; only its beginning is shown."
            + (ngramLength.map { " The n-grams are those of its first \($0) characters." } ?? ""),
          "文本比网络能读的长，只显示开头。" + (ngramLength.map { "n 元组取自前 \($0) 个字符。" } ?? "")))
    }
    if rows > encoded.indices.count, !encoded.indices.isEmpty {
      let padding = rows - encoded.indices.count
      notes.append(
        SettingWords(
          "The network reads \(rows) rows; the \(padding) after the text are padding, which is zero.",
          "网络读 \(rows) 行；文本后面的 \(padding) 行是填充，也就是零。"))
    }
    return notes
  }

  /// A classifier that was never trained, to be shown at work on `text`: random initial weights, an alphabet of the
  /// text's own characters (unless the network brings one), and labels without a meaning.
  ///
  /// - Parameters:
  ///   - text: The text that gives the alphabet.
  ///   - options: Network, wide part, text settings, threads and the seed of the weights; the rest is not looked at.
  /// - Throws: ``ConfigurationError`` for settings that make no network.
  public static func untrained(for text: String, options: ClassificationOptions) throws -> TextClassifier {
    let options = options.resolved
    guard options.architecture.hasNetwork else {
      throw ConfigurationError(
        setting: "model", problem: "ngrams is nothing before it is trained: it has no network to look into",
        advice: "name another one, or a trained model")
    }
    var architecture = options.architecture
    var builder = AlphabetBuilder()
    builder.add(text: text, settings: options.text)
    let alphabet = try architecture.configuration.fixedAlphabet.map { try Alphabet(units: $0) } ?? builder.build()
    let classes = architecture.configuration.classes == 0 ? 2 : architecture.configuration.classes
    architecture.setSizes(alphabetSize: alphabet.count, classes: classes)
    try options.ngrams.validate()
    let resolved = options.ngrams.resolved(characters: text.unicodeScalars.count, classes: classes)
    // What is solved from texts is nothing without them.
    let ngrams = resolved.isTable ? resolved : .none
    let network = ngrams.widening(try architecture.makeNetwork(), classes: classes)
    let device = CPUDevice(threads: options.threads, instructions: options.instructions)
    let store = ParameterStore(layout: network.parameters, seed: options.training.seed, device: device)
    // Labels are sorted, so the numbers get leading zeros.
    let width = "\(classes)".count
    let labels = (1...classes).map { number in
      "class " + String(repeating: "0", count: width - "\(number)".count) + "\(number)"
    }
    return TextClassifier(
      architecture: architecture, ngrams: ngrams, linear: nil, network: network, store: store,
      encoder: TextEncoder(settings: options.text.limited(to: network.length), alphabet: alphabet),
      labels: LabelSet(labels), device: device, record: nil)
  }
}
