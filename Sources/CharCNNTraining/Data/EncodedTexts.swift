internal import CharCNNFiles
public import CharCNNText

/// Labelled texts turned into class numbers and alphabet indices.
public struct EncodedTexts: Sendable {
  /// The texts.
  public let corpus: any TextCorpus
  /// Labels of texts with class number -1, by text number.
  public let unseen: [Int: String]
  /// What the numbers in the place of class numbers mean, where texts may have several labels; nil where each has one.
  package let sets: LabelSets?
  /// What they mean where texts have scores; nil where these have classes.
  package let scores: ScoreValues?
  /// Soft labels and weights; nil where each text has one label and all count the same, or where nobody asked for them.
  package let targets: ExampleTargets?
  /// Texts of which some part of the model reads no more than the beginning.
  public let cutTexts: Int
  /// Texts without a single character.
  public let emptyTexts: Int
  /// Characters of all texts.
  public let characters: Int
  /// Characters of all texts that are not in the alphabet.
  public let unknownCharacters: Int
  /// Class number of each text.
  public let classes: [Int32]
  /// A digest of all texts and labels, where it was asked for.
  public let digest: String?
  /// What was left out of the data.
  public let report: ReadingReport
  /// Which texts are copies; nil where nobody asked for it.
  package let copies: TextCopies?
  /// The texts before encoding, where they were asked for.
  private let originals: OriginalTexts?
  private let encoder: TextEncoder

  /// Encoded characters that are kept in memory; more are read from the file again in each epoch.
  public static let memoryBudget = 64_000_000

  /// Reads all texts once.
  ///
  /// - Parameters:
  ///   - texts: What to read.
  ///   - encoder: Alphabet and settings.
  ///   - labels: Classes; other labels become -1.
  ///   - expected: Number of texts, where a reading before has told it: it spares memory, and any number is right.
  ///   - shortest: Characters that every part of the model reads, where the encoder serves one that reads more: longer texts
  ///     count as cut.
  ///   - memoryBudget: Encoded characters to keep in memory at most.
  ///   - keepsOriginals: Whether ``augmented(by:seed:)`` will be asked for.
  ///   - digests: Whether to make a ``digest``.
  /// - Throws: `DataError` at the first faulty record.
  public init(
    _ texts: Examples<LabeledText>, encoder: TextEncoder, labels: LabelSet, expecting expected: Int = 0,
    shortest: Int = .max, memoryBudget: Int = EncodedTexts.memoryBudget, keepsOriginals: Bool = false,
    digests: Bool = false
  ) throws {
    try self.init(
      texts, encoder: encoder, labels: labels, sets: nil, expecting: expected, shortest: shortest,
      memoryBudget: memoryBudget, keepsOriginals: keepsOriginals, digests: digests)
  }

  /// As ``init(_:encoder:labels:expecting:shortest:memoryBudget:keepsOriginals:digests:)``, of texts that may have several labels.
  ///
  /// - Parameters:
  ///   - sets: The sets that are known; nil where of each text its first label counts.
  ///   - scores: The scores that are known, where texts have such; nil where they have classes.
  ///   - findsCopies: Whether to note which texts are copies.
  ///   - findsTargets: Whether soft labels and weights are asked for; texts of the weight 0 are left out then.
  package init(
    _ texts: Examples<LabeledText>, encoder: TextEncoder, labels: LabelSet, sets known: LabelSets?,
    scores knownScores: ScoreValues? = nil, expecting expected: Int = 0, shortest: Int = .max,
    memoryBudget: Int = EncodedTexts.memoryBudget,
    keepsOriginals: Bool = false, digests: Bool = false, findsCopies: Bool = false, findsTargets: Bool = false
  ) throws {
    var targets = findsTargets ? ExampleTargets() : nil
    var copies = findsCopies ? TextCopies() : nil
    var sets = known
    var scores = knownScores
    var memory: MemoryCorpus? = MemoryCorpus()
    var references = RecordReferences(expecting: expected)
    var lengths: [Int32] = []
    var classes: [Int32] = []
    lengths.reserveCapacity(expected)
    classes.reserveCapacity(expected)
    var unseen: [Int: String] = [:]
    var cutTexts = 0
    var emptyTexts = 0
    var characters = 0
    var unknownCharacters = 0
    var scratch: [Int32] = []
    var digest = digests ? RunningSHA256() : nil
    var kept: [String]? = keepsOriginals && texts.source == nil ? [] : nil
    report = try texts.forEachText(allowsNone: known != nil, leavesOutWeightless: findsTargets) {
      example, reference, row in
      let text = example.text
      let given = sets == nil ? [example.label ?? ""] : example.labels ?? []
      digest?.add(example, hasSeveral: sets != nil)
      targets?.append(example, in: labels)
      copies?.add(text, label: given.joined(separator: ", "))
      kept?.append(text)
      scratch.removeAll(keepingCapacity: true)
      if encoder.encode(text, into: &scratch).wasCut || scratch.count > shortest { cutTexts += 1 }
      characters += scratch.count
      unknownCharacters += scratch.count { $0 == Alphabet.unknown }
      if scratch.isEmpty { emptyTexts += 1 }
      let number: Int32?
      if scores != nil {
        let score = try example.score(of: texts, row: row)
        number = scores?.number(of: score)
      } else {
        number = sets?.number(of: given, in: labels) ?? labels.index(of: given[0])
      }
      if number == nil { unseen[classes.count] = given[0] }
      classes.append(number ?? -1)
      lengths.append(Int32(clamping: scratch.count))
      if let reference {
        references.append(reference)
        if characters > memoryBudget { memory = nil }
      }
      memory?.append(label: number ?? -1) { $0 += scratch }
    }
    self.sets = sets
    self.scores = scores
    self.targets = targets?.normalized()
    let originals = texts.source.map { OriginalTexts.file($0, references: references) } ?? .memory(kept ?? [])
    // Texts without references never leave memory.
    corpus = memory ?? FileCorpus(originals: originals, encoder: encoder, lengths: lengths, labels: classes)
    self.originals = keepsOriginals ? originals : nil
    self.encoder = encoder
    self.unseen = unseen
    self.cutTexts = cutTexts
    self.emptyTexts = emptyTexts
    self.characters = characters
    self.unknownCharacters = unknownCharacters
    self.classes = classes
    self.digest = digest?.hexDigest
    self.copies = copies
  }

  /// The corpus with other words in each epoch of training.
  ///
  /// - Parameters:
  ///   - replacement: Chooses the words.
  ///   - seed: Decides which are chosen.
  ///   - length: Characters of a text in training, where they are fewer than those that the encoder gives.
  /// - Throws: ``ValueError`` where the original texts were not kept (`keepsOriginals`).
  public func augmented(
    by replacement: SynonymReplacement, seed: UInt64, length: Int = .max
  ) throws(ValueError) -> any TextCorpus {
    guard let variation = TextVariation(replacement: replacement, noise: nil) else { return corpus }
    return try varied(variation, seed: seed, length: length)
  }

  /// As ``augmented(by:seed:length:)``, with mistakes too.
  package func varied(
    _ variation: TextVariation, seed: UInt64, length: Int = .max
  ) throws(ValueError) -> any TextCorpus {
    AugmentedCorpus(
      base: corpus, originals: try keptOriginals(),
      encoder: encoder.limited(to: min(length, encoder.settings.maximumLength)), variation: variation, seed: seed)
  }

  /// The texts and, behind them, each once more with noise at a rate between 0 and the most: for what reads them once and for all.
  ///
  /// - Throws: ``ValueError`` where the original texts were not kept (`keepsOriginals`); when a text cannot be read again.
  package func withNoisyCopies(atMost most: Float, seed: UInt64) throws -> any TextCorpus {
    let noisy = OriginalTexts.noisy(try keptOriginals(), most: most, seed: seed)
    let fits = characters <= Self.memoryBudget
    var memory = MemoryCorpus()
    var lengths: [Int32] = []
    var scratch: [Int32] = []
    for number in 0..<corpus.count {
      scratch.removeAll(keepingCapacity: true)
      encoder.encode(try noisy.text(number), into: &scratch)
      if fits { memory.append(label: classes[number]) { $0 += scratch } } else { lengths.append(Int32(scratch.count)) }
    }
    return CorpusWithCopies(
      base: corpus,
      copies: fits ? memory : FileCorpus(originals: noisy, encoder: encoder, lengths: lengths, labels: classes))
  }

  private func keptOriginals() throws(ValueError) -> OriginalTexts {
    guard let originals else {
      throw ValueError("keepsOriginals", problem: "must be true for texts that change in training")
    }
    return originals
  }

  /// Number of texts of each label that is no class.
  public var unseenLabels: [String: Int] {
    guard let sets else { return unseen.values.reduce(into: [:]) { $0[$1, default: 0] += 1 } }
    return classes.reduce(into: [:]) { counts, number in
      for label in sets[number].unseen { counts[label, default: 0] += 1 }
    }
  }
}

/// What a first reading of labelled texts learns: the alphabet and the classes.
public struct Vocabulary: Sendable {
  /// The characters.
  public let alphabet: Alphabet
  /// The classes.
  public let labels: LabelSet
  /// Number of texts of each label.
  public let labelCounts: [String: Int]
  /// Which texts are copies, of very many the first ones.
  package let copies: TextCopies
  /// Number of texts.
  public let examples: Int
  /// Unicode scalars of all texts, before normalization and cutting.
  public let characters: Int
  /// Characters, or bytes where they are the unit, of which some part of a model reads.
  package let readCharacters: Int
  /// Whether a text may have several labels, or none.
  package let hasSeveralLabels: Bool

  /// Records with more than one label from which on, of a hundred, several labels are learned where nobody says it.
  private static let severalOfHundred = 1

  /// Texts that are looked at for copies: more would take memory that a training needs.
  static let mostCompared = 2_000_000

  /// Reads all texts once, but for those of the weight 0.
  ///
  /// - Parameters:
  ///   - texts: What to read.
  ///   - settings: How text becomes characters.
  ///   - minimumCount: Least occurrences of a character; rarer ones are unknown.
  ///   - maximumAlphabet: Most characters.
  ///   - progress: Receives the number of texts read.
  /// - Throws: `DataError` at the first faulty record; ``TrainingError`` without two classes.
  public init(
    _ texts: Examples<LabeledText>, settings: TextSettings, minimumCount: Int, maximumAlphabet: Int,
    progress: (Int) -> Void = { _ in }
  ) throws {
    try self.init(
      texts, settings: settings, longest: .max, minimumCount: minimumCount, maximumAlphabet: maximumAlphabet,
      progress: progress)
  }

  /// As ``init(_:settings:minimumCount:maximumAlphabet:progress:)``, where a model reads no more than the beginning of each text.
  ///
  /// - Parameters:
  ///   - longest: Characters of that beginning.
  ///   - several: Whether texts may have several labels; nil finds out.
  package init(
    _ texts: Examples<LabeledText>, settings: TextSettings, longest: Int, several: Bool? = false, minimumCount: Int,
    maximumAlphabet: Int, progress: (Int) -> Void = { _ in }
  ) throws {
    var read = 0
    var copies = TextCopies()
    var builder = AlphabetBuilder()
    var firsts: [String: Int] = [:]
    var further: [String: Int] = [:]
    var soft: [String: Double] = [:]
    var (examples, characters, withFurther) = (0, 0, 0)
    var unlabelled: Int?
    let report = try texts.forEachText(allowsNone: several != false, leavesOutWeightless: true) { example, _, row in
      let text = example.text
      builder.add(text: text, settings: settings)
      if let label = example.label {
        if example.shares == nil { firsts[label, default: 0] += 1 }
      } else {
        unlabelled = unlabelled ?? row
      }
      if !example.furtherLabels.isEmpty { withFurther += 1 }
      for label in example.furtherLabels { further[label, default: 0] += 1 }
      for (label, share) in example.shares ?? [:] where share > 0 { soft[label, default: 0] += share }
      if examples < Self.mostCompared { copies.add(text, label: example.shownLabels) }
      let scalars = text.unicodeScalars.count
      characters += scalars
      read += min(settings.unit == .byte ? text.utf8.count : scalars, longest)
      examples += 1
      if examples % 4_096 == 0 { progress(examples) }
    }
    // A label of which all texts have but a share counts once at least.
    for (label, sum) in soft { firsts[label, default: 0] += max(Int(sum.rounded()), 1) }
    hasSeveralLabels =
      several ?? (texts.saysSeveralLabels || 100 * withFurther >= Self.severalOfHundred * max(examples, 1))
    if !hasSeveralLabels, let unlabelled {
      throw DataError(
        .missingLabel, path: texts.name, line: texts.isInMemory ? unlabelled : nil,
        problem: "text \(unlabelled) has no label, and each text has one of them here",
        advice: "add one or leave the text out, or let a text have several labels, or none, with `labels=several`")
    }
    let labels = hasSeveralLabels ? firsts.merging(further, uniquingKeysWith: +) : firsts
    if several == nil, !hasSeveralLabels, let error = DataError.severalInOne(labels, of: texts) { throw error }
    guard let first = labels.keys.first else {
      if report.weightlessRecords > 0 { throw TrainingError.weightless(path: texts.name) }
      if report.faultCount > 0 { throw TrainingError.allFaulty(report.faultCount, "label", path: texts.name) }
      throw TrainingError.noExamples(path: texts.name, isInMemory: texts.isInMemory)
    }
    guard labels.count > 1 else {
      guard let unlabelled else {
        throw TrainingError.notEnoughClasses(path: texts.name, label: first, isInMemory: texts.isInMemory)
      }
      throw TrainingError.nothingToLearn(
        path: texts.name,
        problem: "there is one label, \(Label.quoted(first)); others, such as text \(unlabelled), have none",
        advice: "there must be at least two labels: write another one, such as \"other\", where there is none")
    }
    alphabet = builder.build(minimumCount: minimumCount, maximumSize: maximumAlphabet)
    self.labels = LabelSet(labels.keys)
    labelCounts = labels
    self.examples = examples
    self.characters = characters
    readCharacters = read
    self.copies = copies
  }
}
