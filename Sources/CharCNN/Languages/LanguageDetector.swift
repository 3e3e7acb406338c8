/// Tells the language of a text, in the shape of Apple's `NLLanguageRecognizer`: dominant language, hypotheses, constraints
/// and hints; and besides, that it does not know, and which part of a text is in which language.
///
/// It stands on a ``TextClassifier`` whose labels are languages, trained for instance on a folder with a file for each
/// language. Trained with ``TrainingSettings/cuts`` it knows words and word pairs, too.
///
/// ```swift
/// let detector = LanguageDetector(try TextClassifier(opening: "languages.charcnn"))
/// detector.dominantLanguage(for: "Wo ist der Bahnhof?")
/// ```
public struct LanguageDetector: Sendable {
  /// The model.
  public let classifier: TextClassifier
  /// When it does not know, and how it cuts texts: at first what is stored with the model.
  public var settings: LanguageDetectorSettings
  /// The only languages that may be an answer; empty for all. The names are those of ``languages``, the labels of the
  /// model: others mean nothing to it, and where there are no known ones among them, every answer is nil and there are no
  /// hypotheses.
  public var languageConstraints: Set<String> = []
  /// How likely languages are before anything is read. Those not named share what is left of 1, at least a hundredth.
  /// Names that are not in ``languages`` are passed over.
  public var languageHints: [String: Double] = [:]
  /// All languages that it can tell.
  public var languages: [String] { classifier.labels }

  private var processed = ""

  /// A detector.
  public init(_ classifier: TextClassifier) {
    self.classifier = classifier
    settings = classifier.detection ?? LanguageDetectorSettings()
  }

  /// Writes the model as a folder together with ``settings``, so that a detector that opens it has them; see
  /// ``TextClassifier/write(to:overwrite:)``.
  ///
  /// - Throws: ``ConfigurationError`` for settings out of range; `StorageError` when something is there already, or the
  ///   disk refuses.
  public func write(to path: String, overwrite: Bool = false) throws {
    try settings.validate()
    try classifier.write(to: path, overwrite: overwrite, detection: settings)
  }

  /// Opens a model; see ``TextClassifier/init(opening:threads:instructions:integers:)``.
  ///
  /// - Throws: `StorageError` that says which file is wrong and how.
  public init(opening path: String, threads: Int? = nil) throws {
    self.init(try TextClassifier(opening: path, threads: threads))
  }

  /// The language of a text; nil where it is unknown.
  public func dominantLanguage(for text: String) -> String? { detections(for: [text])[0].language }

  /// Takes a piece of text into account, after those since ``reset()``.
  public mutating func processString(_ text: String) {
    if !processed.isEmpty { processed += " " }
    processed += text
  }

  /// The language of the pieces so far; nil where it is unknown.
  public var dominantLanguage: String? { dominantLanguage(for: processed) }

  /// The likeliest languages of the pieces so far with their probabilities; none without a letter.
  public func languageHypotheses(withMaximum count: Int) -> [String: Double] {
    guard KnownLetters(processed, classifier.encoder).letters > 0 else { return [:] }
    let best = detections(for: [processed], maximumCount: count)[0].hypotheses
    return Dictionary(uniqueKeysWithValues: best.map { ($0.label, $0.probability) })
  }

  /// Forgets the pieces.
  public mutating func reset() { processed = "" }

  /// What is known about the language of a text.
  public struct Detection: Sendable, Hashable {
    /// The language; nil where it is unknown.
    public let language: String?
    /// The likeliest languages, whether or not they are good enough: first the one that is the answer, or would be if it
    /// were, then the others by their probabilities. The first is the likeliest of the likeliest language's varieties, so
    /// that a language with few of them may have more by itself.
    public let hypotheses: [Hypothesis]
  }

  /// The languages of many texts at once, which is faster than one after another.
  public func detections(for texts: [String], maximumCount: Int = 1) -> [Detection] {
    let prior = LanguagePrior(self)
    var result: [Detection] = []
    result.reserveCapacity(texts.count)
    classifier.forEachProbabilities(of: texts) { probabilities in
      let posterior = prior.applied(to: probabilities)
      let isKnown = KnownLetters(texts[result.count], classifier.encoder).share >= settings.minimumKnownShare
      let best = prior.best(in: posterior)
      let order = posterior.indices.filter { prior.weights[$0] > 0 }.sorted { first, second in
        if first == best?.language || second == best?.language { return first == best?.language && first != second }
        return posterior[first] == posterior[second] ? first < second : posterior[first] > posterior[second]
      }
      let answer = best.flatMap { $0.probability >= settings.minimumProbability ? languages[$0.language] : nil }
      result.append(
        Detection(
          language: isKnown ? answer : nil,
          hypotheses: order.prefix(max(maximumCount, 0)).map {
            Hypothesis(label: languages[$0], probability: posterior[$0])
          }))
    }
    return result
  }

  /// Sets ``LanguageDetectorSettings/minimumProbability`` so that this part of some texts in known languages is answered.
  /// Texts whose letters the model does not know (``LanguageDetectorSettings/minimumKnownShare``) are refused at any
  /// threshold; the others make up for them, as far as they can.
  ///
  /// - Parameters:
  ///   - texts: Texts of the kind and length that will be asked, each in a language of the model.
  ///   - share: Part of them to answer, above 0 and at most 1.
  public mutating func calibrate(on texts: [String], answering share: Double) {
    precondition(share > 0 && share <= 1, "a share above 0 and at most 1")
    let prior = LanguagePrior(self)
    var certainties: [Double] = []
    var number = 0
    classifier.forEachProbabilities(of: texts) { probabilities in
      let isKnown = KnownLetters(texts[number], classifier.encoder).share >= settings.minimumKnownShare
      if isKnown { certainties.append(prior.best(in: prior.applied(to: probabilities))?.probability ?? 0) }
      number += 1
    }
    certainties.sort(by: >)
    guard !certainties.isEmpty else { return }
    let last = min(Int((share * Double(texts.count)).rounded(.up)), certainties.count) - 1
    settings.minimumProbability = min(certainties[max(last, 0)], 1)
  }
}
