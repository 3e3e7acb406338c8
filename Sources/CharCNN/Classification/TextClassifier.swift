import CharCNNCompute
public import CharCNNNetworks
public import CharCNNText

/// A class that a text may belong to, and how likely it is.
public struct Hypothesis: Sendable, Hashable, Codable {
  /// Class name.
  public let label: String
  /// Probability, 0 to 1.
  public let probability: Double

  /// A class and how likely it is.
  public init(label: String, probability: Double) {
    self.label = label
    self.probability = probability
  }
}

/// A trained classifier of texts.
///
/// It is immutable: any number of threads may share one and predict at the same time.
///
/// ```swift
/// let (classifier, summary) = try TextClassifier.train(on: Examples(contentsOf: "reviews.csv"))
/// try classifier.write(to: "reviews.charcnn")
/// classifier.predictedLabel(for: "A film to remember.")
/// ```
public final class TextClassifier: Sendable {
  /// Network and settings.
  public let architecture: Architecture
  /// The wide part beside the network.
  public let ngrams: NgramConfiguration
  /// The solved n-grams that stand beside the network; nil where it has none.
  let linear: LinearNgrams?
  /// How text becomes characters.
  public let textSettings: TextSettings
  /// The characters.
  public let alphabet: Alphabet
  /// Class names in the order of the scores.
  public let labels: [String]
  /// What the model file says about the training, for model cards; nil where a model was put together by hand.
  public let record: Record?
  /// When a detector that stands on this model says that it does not know; nil for the default settings.
  let detection: LanguageDetector.Settings?
  /// When the n-grams answer alone, without the network; nil where the network is asked of all texts.
  public let cascade: NgramCascade?
  /// The columns that it was trained on, which are looked for first in other files; nil where they had no names.
  public let columns: DataColumns?
  /// What is known of labels of which a text may have several; nil where it has one.
  let several: SeveralLabels?
  /// When it says that it does not know, and how sure its probabilities are; nil where it answers everything.
  public let rejection: RejectOption?

  /// The network, for its layers and parameters.
  public let network: any TextNetwork
  let store: ParameterStore
  let device: any Device
  /// Encodes what the network reads.
  let encoder: TextEncoder
  /// Encodes what any part reads.
  let wholeEncoder: TextEncoder
  let lengths: ReadingLengths
  let labelSet: LabelSet
  /// What is done to probabilities; nil where nothing is.
  let temperature: Temperature?
  let workspaces = WorkspacePool()

  /// Puts a classifier together; the store is packed for prediction and must not change any more.
  init(
    architecture: Architecture, ngrams: NgramConfiguration, linear: LinearNgrams?, network: any TextNetwork,
    store: ParameterStore, encoder: TextEncoder, labels: LabelSet, device: any Device, record: Record?,
    columns: DataColumns? = nil, detection: LanguageDetector.Settings? = nil, cascade: NgramCascade? = nil,
    several: SeveralLabels? = nil, rejection: RejectOption? = nil
  ) {
    self.rejection = rejection
    temperature = rejection.flatMap { Temperature($0.temperature, hasSeveral: several != nil) }
    self.several = several
    self.cascade = cascade
    self.columns = columns
    self.ngrams = ngrams
    self.linear = linear
    self.architecture = architecture
    self.network = network
    self.store = store
    self.device = device
    self.encoder = encoder
    lengths = ReadingLengths(encoder.settings, ngrams)
    wholeEncoder = encoder.limited(to: lengths.longest)
    self.record = record
    self.detection = detection
    labelSet = labels
    textSettings = encoder.settings
    alphabet = encoder.alphabet
    self.labels = labels.labels
    store.freeze(device: device)
  }

  /// The most likely label; nil for a text without a single character, and where ``rejection`` says that it is not sure
  /// enough. Where a text may have several labels, or none, see
  /// ``assignedLabels(for:)``.
  public func predictedLabel(for text: String) -> String? {
    encoder.hasUnits(text) ? answers(for: [text]).first?.label : nil
  }

  /// The most likely labels with their probabilities, at most `maximumCount`, whether or not the likeliest is sure enough for an answer.
  public func predictedLabelHypotheses(for text: String, maximumCount: Int) -> [String: Double] {
    guard encoder.hasUnits(text), let best = predictions(for: [text], maximumCount: maximumCount).first else {
      return [:]
    }
    return Dictionary(uniqueKeysWithValues: best.map { ($0.label, $0.probability) })
  }

  /// Predicts many texts at once, which is faster than one after another.
  ///
  /// - Parameters:
  ///   - texts: Any texts; an empty one gets the answer for "no evidence".
  ///   - maximumCount: Hypotheses of each text.
  /// - Returns: For each text its most likely labels, the likeliest first, whether or not it is sure enough for an answer; see
  ///   ``answers(for:maximumCount:)``.
  public func predictions(for texts: [String], maximumCount: Int = 1) -> [[Hypothesis]] {
    var result: [[Hypothesis]] = []
    result.reserveCapacity(texts.count)
    forEachProbabilities(of: texts) { result.append(best($0, maximumCount: maximumCount)) }
    return result
  }

  /// Hands the probabilities of all classes to `body`, text by text.
  func forEachProbabilities(of texts: [String], _ body: (_ probabilities: ArraySlice<Float>) -> Void) {
    forEachProbabilities(of: texts, cascade: cascade, body)
  }

  /// As ``forEachProbabilities(of:_:)``, with another cascade; nil asks the network of all texts.
  func forEachProbabilities(
    of texts: [String], cascade: NgramCascade?, _ body: (_ probabilities: ArraySlice<Float>) -> Void
  ) {
    var characters: [Int32] = []
    var ends: [Int] = []
    for text in texts {
      wholeEncoder.encode(text, into: &characters)
      ends.append(characters.count)
    }
    forEachProbabilities(characters: characters, ends: ends, cascade: cascade, body)
  }

  /// As ``forEachProbabilities(of:_:)``, of encoded texts one after another.
  private func forEachProbabilities(
    characters: [Int32], ends: [Int], cascade: NgramCascade?, _ body: (_ probabilities: ArraySlice<Float>) -> Void
  ) {
    func give(_ probabilities: ArraySlice<Float>) {
      if let temperature { body(temperature.applied(to: probabilities)[...]) } else { body(probabilities) }
    }
    guard let chunkLength = textSettings.chunkLength else {
      return forEachRow(characters: characters, ends: ends, cascade: cascade, give)
    }
    // Chunks are texts of their own whose answers are pooled.
    var counts: [Int] = []
    var chunkEnds: [Int] = []
    var start = 0
    for end in ends {
      let count = TextChunks.count(characters: end - start, chunkLength: chunkLength)
      for chunk in 0..<count {
        chunkEnds.append(start + TextChunks.range(chunk, of: count, characters: end - start).upperBound)
      }
      counts.append(count)
      start = end
    }
    var pooled = PooledProbabilities(classes: labels.count, hasSeveral: allowsSeveralLabels)
    var (text, seen) = (0, 0)
    forEachRow(characters: characters, ends: chunkEnds, cascade: cascade) { probabilities in
      pooled.add(probabilities)
      seen += 1
      guard seen == counts[text] else { return }
      give(pooled.take()[...])
      (text, seen) = (text + 1, 0)
    }
  }

  private func forEachRow(
    characters: [Int32], ends: [Int], cascade: NgramCascade?, _ body: (_ probabilities: ArraySlice<Float>) -> Void
  ) {
    @Sendable func start(_ text: Int) -> Int { text == 0 ? 0 : ends[text - 1] }
    let predictor = BatchPredictor(
      network: network, store: store, device: device, workspaces: workspaces, cascade: cascade)
    do {
      try predictor.forEachText(
        lengths: ends.indices.map { ends[$0] - start($0) },
        copy: { text, buffer in
          let first = start(text)
          _ = buffer.update(fromContentsOf: characters[first..<first + buffer.count])
        }, { _, probabilities in body(probabilities) })
    } catch {
      preconditionFailure("characters in memory can be copied: \(error)")
    }
  }

  /// The likeliest classes of one row, the earlier class first among equals.
  func best(_ probabilities: ArraySlice<Float>, maximumCount: Int) -> [Hypothesis] {
    let first = probabilities.startIndex
    if maximumCount == 1 {
      var winner = first
      for index in probabilities.indices where probabilities[index] > probabilities[winner] { winner = index }
      return [Hypothesis(label: labels[winner - first], probability: Double(probabilities[winner]))]
    }
    let order = probabilities.indices.sorted {
      probabilities[$0] == probabilities[$1] ? $0 < $1 : probabilities[$0] > probabilities[$1]
    }
    return order.prefix(max(maximumCount, 0)).map {
      Hypothesis(label: labels[$0 - first], probability: Double(probabilities[$0]))
    }
  }
}
