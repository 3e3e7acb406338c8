public import CharCNNFiles
public import CharCNNNetworks
import CharCNNText

/// Tells the language of a text, in the shape of Apple's `NLLanguageRecognizer`: dominant language, hypotheses, constraints
/// and hints; and besides, that it does not know, and which part of a text is in which language.
///
/// It stands on a ``TextClassifier`` whose labels are languages, trained for instance on a folder with a file for each
/// language. Trained with ``DataSettings/cuts`` it knows words and word pairs, too.
///
/// ```swift
/// let detector = LanguageDetector(try TextClassifier(contentsOf: "languages.charcnn"))
/// detector.dominantLanguage(for: "Wo ist der Bahnhof?")
/// ```
public struct LanguageDetector: Sendable {
  /// The model.
  public let classifier: TextClassifier
  /// When it does not know, and how it cuts texts: at first what is stored with the model. With a value out of its range,
  /// which ``Settings/validate()`` finds, nothing is detected that can be relied on; ``calibrate(on:answering:)``
  /// and ``write(to:overwrite:)`` refuse it.
  public var settings: Settings
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
    settings = classifier.detection ?? Settings()
  }

  /// Writes the model as a folder together with ``settings``, so that a detector that opens it has them; see
  /// ``TextClassifier/write(to:overwrite:)``.
  ///
  /// - Throws: ``ConfigurationError`` for settings out of range; `StorageError` when something is there already, or the
  ///   disk refuses.
  public func write(to location: some FileLocation, overwrite: Bool = false) throws {
    try settings.validate()
    try classifier.contents(detection: settings).write(to: location.filePath, overwrite: overwrite)
  }

  /// Opens a model; see ``TextClassifier/init(contentsOf:threads:instructions:precision:)``.
  ///
  /// - Throws: `StorageError` that says which file is wrong and how.
  public init(contentsOf location: some FileLocation, threads: Int? = nil) throws {
    self.init(try TextClassifier(contentsOf: location, threads: threads))
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
    guard KnownLetters(JudgedText(processed, classifier.wholeEncoder).text, classifier.wholeEncoder).letters > 0 else {
      return [:]
    }
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
    /// Whether the text is longer than what the model reads, so that only its beginning was judged.
    public let wasCut: Bool

    /// What is known about the language of a text.
    public init(language: String? = nil, hypotheses: [Hypothesis], wasCut: Bool) {
      self.language = language
      self.hypotheses = hypotheses
      self.wasCut = wasCut
    }
  }

  /// The languages of many texts at once, which is faster than one after another.
  ///
  /// Of each text as much is judged as the model reads, without addresses of the web and of mail, mentions and hashtags. A
  /// language whose label is a code of ISO 639, or names a script, is no answer for a text that has no letter of its scripts:
  /// Latin letters are not Chinese.
  public func detections(for texts: [String], maximumCount: Int = 1) -> [Detection] {
    var result: [Detection] = []
    result.reserveCapacity(texts.count)
    judge(texts) { text, judgement in
      let (posterior, best, isKnown) = (judgement.posterior, judgement.best, judgement.isKnown)
      let order = posterior.indices.filter { judgement.possible[$0] }.sorted { first, second in
        if first == best?.language || second == best?.language { return first == best?.language && first != second }
        return posterior[first] == posterior[second] ? first < second : posterior[first] > posterior[second]
      }
      let answer = best.flatMap { $0.probability >= settings.minimumProbability ? languages[$0.language] : nil }
        .flatMap { isSure($0, judgement) ? $0 : nil }
      result.append(
        Detection(
          language: isKnown ? answer : nil,
          hypotheses: order.prefix(max(maximumCount, 0)).map {
            Hypothesis(label: languages[$0], probability: posterior[$0])
          }, wasCut: text.wasCut))
    }
    return result
  }

  /// What the model says of a text.
  struct Judgement {
    /// Probabilities after constraints, hints and scripts.
    let posterior: [Double]
    /// Which languages may be the answer.
    let possible: [Bool]
    /// The likeliest of them, and how likely it is with its varieties; nil where none is possible.
    let best: (language: Int, probability: Double)?
    /// Probabilities of languages whose varieties count together.
    let families: [Double]
    /// Whether the model knows enough of the letters.
    let isKnown: Bool
  }

  /// Whether a calibrated model is sure enough of a language; its varieties count together, since a text that could be either is not unknown.
  private func isSure(_ language: String, _ judgement: Judgement) -> Bool {
    guard let rejection = classifier.rejection, rejection.refuses else { return true }
    return rejection.allows(language, certainty: Certainty.of(judgement.families.map { Float($0) }))
  }

  /// Hands what the model says of each text to `body`, in order.
  func judge(_ texts: [String], _ body: (_ text: JudgedText, _ judgement: Judgement) -> Void) {
    let prior = LanguagePrior(self)
    let judged = texts.map { JudgedText($0, classifier.wholeEncoder) }
    var number = 0
    classifier.forEachProbabilities(of: judged.map(\.text)) { probabilities in
      let text = judged[number]
      var posterior = prior.applied(to: probabilities)
      let possible = prior.ruleOut(&posterior, letters: LanguageScripts(in: text.text))
      body(
        text,
        Judgement(
          posterior: posterior, possible: possible, best: prior.best(in: posterior, possible: possible),
          families: prior.families(posterior),
          isKnown: KnownLetters(text.text, classifier.wholeEncoder).share >= settings.minimumKnownShare))
      number += 1
    }
  }

  /// Sets ``Settings/minimumProbability`` so that this part of some texts in known languages is answered.
  /// Texts whose letters the model does not know (``Settings/minimumKnownShare``) are refused at any
  /// threshold; the others make up for them, as far as they can.
  ///
  /// - Parameters:
  ///   - texts: Texts of the kind and length that will be asked, each in a language of the model; at least one.
  ///   - share: Part of them to answer, above 0 and at most 1.
  /// - Throws: ``ConfigurationError`` for no text, a share out of this range, and ``settings`` out of theirs.
  public mutating func calibrate(on texts: [String], answering share: Double) throws(ConfigurationError) {
    guard share > 0, share <= 1 else {
      throw ConfigurationError(setting: "answering", problem: "must be above 0 and at most 1, not \(share)")
    }
    if texts.isEmpty { throw ConfigurationError(setting: "texts", problem: "must be at least one, not none") }
    try settings.validate()
    var certainties: [Double] = []
    judge(texts) { _, judgement in
      if judgement.isKnown { certainties.append(judgement.best?.probability ?? 0) }
    }
    certainties.sort(by: >)
    guard !certainties.isEmpty else { return }
    let last = min(Int((share * Double(texts.count)).rounded(.up)), certainties.count) - 1
    settings.minimumProbability = min(certainties[max(last, 0)], 1)
  }
}
