internal import CharCNNFiles
public import CharCNNText

/// Labelled texts turned into class numbers and alphabet indices.
public struct EncodedTexts: Sendable {
  /// The texts.
  public let corpus: any TextCorpus
  /// Labels of texts with class number -1, by text number.
  public let unseen: [Int: String]
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
    report = try texts.forEachText { text, label, reference, _ in
      digest?.add(text)
      digest?.add(label)
      kept?.append(text)
      scratch.removeAll(keepingCapacity: true)
      if encoder.encode(text, into: &scratch).wasCut || scratch.count > shortest { cutTexts += 1 }
      characters += scratch.count
      unknownCharacters += scratch.count { $0 == Alphabet.unknown }
      if scratch.isEmpty { emptyTexts += 1 }
      let known = labels.index(of: label)
      if known == nil { unseen[classes.count] = label }
      classes.append(known ?? -1)
      lengths.append(Int32(clamping: scratch.count))
      if let reference {
        references.append(reference)
        if characters > memoryBudget { memory = nil }
      }
      memory?.append(label: known ?? -1) { $0 += scratch }
    }
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
    guard let originals else {
      throw ValueError("keepsOriginals", problem: "must be true for texts whose words are replaced")
    }
    return AugmentedCorpus(
      base: corpus, originals: originals,
      encoder: encoder.limited(to: min(length, encoder.settings.maximumLength)), replacement: replacement, seed: seed)
  }

  /// Number of texts of each label that is no class.
  public var unseenLabels: [String: Int] { unseen.values.reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}

/// What a first reading of labelled texts learns: the alphabet and the classes.
public struct Vocabulary: Sendable {
  /// The characters.
  public let alphabet: Alphabet
  /// The classes.
  public let labels: LabelSet
  /// Number of texts of each label.
  public let labelCounts: [String: Int]
  /// Number of texts.
  public let examples: Int
  /// Unicode scalars of all texts, before normalization and cutting.
  public let characters: Int
  /// Characters, or bytes where they are the unit, of which some part of a model reads.
  package let readCharacters: Int

  /// Reads all texts once.
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
  /// - Parameter longest: Characters of that beginning.
  package init(
    _ texts: Examples<LabeledText>, settings: TextSettings, longest: Int, minimumCount: Int, maximumAlphabet: Int,
    progress: (Int) -> Void = { _ in }
  ) throws {
    var read = 0
    var builder = AlphabetBuilder()
    var labels: [String: Int] = [:]
    var examples = 0
    var characters = 0
    try texts.forEachText { text, label, _, _ in
      builder.add(text: text, settings: settings)
      labels[label, default: 0] += 1
      let scalars = text.unicodeScalars.count
      characters += scalars
      read += min(settings.unit == .byte ? text.utf8.count : scalars, longest)
      examples += 1
      if examples % 4_096 == 0 { progress(examples) }
    }
    guard let first = labels.keys.first else {
      throw TrainingError.noExamples(path: texts.name, isInMemory: texts.isInMemory)
    }
    guard labels.count > 1 else {
      throw TrainingError.notEnoughClasses(path: texts.name, label: first, isInMemory: texts.isInMemory)
    }
    alphabet = builder.build(minimumCount: minimumCount, maximumSize: maximumAlphabet)
    self.labels = LabelSet(labels.keys)
    labelCounts = labels
    self.examples = examples
    self.characters = characters
    readCharacters = read
  }
}
