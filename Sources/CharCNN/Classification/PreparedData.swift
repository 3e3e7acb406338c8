import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// Encoded training and validation texts, split where no validation texts are given.
struct PreparedData {
  let data: ClassificationTask.Data
  let summary: DataSummary
  /// All training texts as n-grams are counted in them, those that were split off for validation among them, and which those
  /// are; and the validation texts.
  let ngramTexts: (texts: any TextCorpus, isHeld: [Bool], validation: any TextCorpus)
  /// How many of these, the last ones, are names of labels and no texts.
  let ngramNames: Int
  /// How many texts there are, and how many characters they have as n-grams are counted in them.
  let ngramAmount: (texts: Int, characters: Int)
  /// Digests of the texts and labels, where they were asked for.
  let digests: (training: String?, validation: String?)
  /// Which validation texts are copies of others; nil where they are some of the training texts.
  let heldCopies: TextCopies?

  init(
    _ texts: Examples<LabeledText>, validation: Examples<LabeledText>?, encoder: TextEncoder, lengths: ReadingLengths,
    labels: LabelSet, hasSeveral: Bool, scores: (known: ScoreValues, scale: ScoreScale)? = nil,
    expecting expected: Int, settings: RunSettings,
    replacement: SynonymReplacement? = nil,
    digests: Bool = false, fixedLength: Int? = nil, hasFixedAlphabet: Bool = false, needsValidation: Bool = true,
    learnsNames: Bool = false
  ) throws {
    // As much as any part reads; what the network learns from is the beginnings of these.
    let whole = encoder.limited(to: lengths.longest)
    let variation = TextVariation(replacement: replacement, noise: settings.data.noise)
    let all = try EncodedTexts(
      texts, encoder: whole, labels: labels, sets: hasSeveral ? LabelSets() : nil, scores: scores?.known,
      expecting: expected, shortest: lengths.shortest, keepsOriginals: variation != nil, digests: digests,
      findsTargets: true)
    if hasSeveral, all.targets?.isSoft == true {
      throw ConfigurationError(
        setting: "labels", problem: "several cannot be learned from shares of labels, which sum to 1",
        advice: "give each label 1 or 0, or learn one label")
    }
    if learnsNames, all.targets != nil {
      throw ConfigurationError(
        setting: "labelNames", problem: "cannot go with shares of labels or weights of texts", advice: "leave it out")
    }
    // What somebody writes to meanwhile is something else when it is read for the second time.
    if all.classes.count != expected || !all.unseenLabels.isEmpty {
      throw TrainingError.changed(path: texts.name, what: "holds other texts or labels")
    }
    let varied =
      try variation.map { try all.varied($0, seed: settings.training.seed, length: lengths.network) }
      ?? all.corpus
    let learned = lengths.network < lengths.longest ? varied.limited(to: lengths.network) : varied
    var summary = DataSummary()
    summary.labels = labels.labels
    summary.alphabetSize = encoder.alphabet.count
    summary.cutTexts = all.cutTexts
    summary.emptyTexts = all.emptyTexts
    let training: any TextCorpus
    let held: any TextCorpus
    var isSplitOff = [Bool](repeating: false, count: all.corpus.count)
    var unseen: [Int: String] = [:]
    var sets = all.sets
    var validationDigest: String?
    var heldCopies: TextCopies?
    var heldTargets = all.targets
    var values = all.scores
    if let validation {
      let encoded = try EncodedTexts(
        validation, encoder: whole, labels: labels, sets: sets, scores: values, shortest: lengths.shortest,
        digests: digests,
        findsCopies: true, findsTargets: true)
      heldTargets = encoded.targets
      values = encoded.scores
      heldCopies = encoded.copies
      validationDigest = encoded.digest
      training = learned
      held = encoded.corpus
      unseen = encoded.unseen
      sets = encoded.sets
      let hasKnown = encoded.sets.map { sets in encoded.classes.contains { !sets[$0].classes.isEmpty } }
      if encoded.corpus.count > 0, !(hasKnown ?? (unseen.count < encoded.corpus.count)), !encoded.unseenLabels.isEmpty {
        throw DataError.noKnownLabel(of: validation, given: encoded.unseenLabels.keys, known: labels.labels)
      }
      summary.warnings += encoded.report.warnings(ofSeveralLabels: hasSeveral)
      summary.unseenLabels = encoded.unseenLabels
      summary.cutTexts += encoded.cutTexts
      summary.emptyTexts += encoded.emptyTexts
    } else {
      let split = stratifiedSplit(
        labels: all.sets?.rarest(of: all.classes, classes: labels.count)
          // Any scores are no classes whose mixture could be kept.
          ?? (scores.map { $0.scale.grades == nil } == true ? all.classes.map { _ in 0 } : all.classes),
        validationFraction: settings.data.validationFraction, seed: settings.training.seed)
      training = CorpusSubset(learned, texts: split.train)
      held = CorpusSubset(all.corpus, texts: split.validation)
      for text in split.validation { isSplitOff[text] = true }
      summary.validationIsSplit = true
    }
    summary.warnings += all.report.warnings(ofSeveralLabels: hasSeveral)
    if held.count == 0 {
      let split = validation ?? texts
      let isOneEach = Set(all.classes).count == all.classes.count
      guard validation == nil, training.count > 0, !needsValidation, isOneEach else {
        throw TrainingError.noValidation(path: split.name, isInMemory: split.isInMemory)
      }
      summary.validationIsSplit = false
      summary.warnings.append(
        "no class has a second text to measure with: how good the model is nobody knows, and usual settings are taken; give texts to measure with (`validation`)"
      )
    }
    summary.characters = (0..<training.count).reduce(0) { $0 + training.length(of: $1) }
    summary.trainingExamples = training.count
    summary.validationExamples = held.count
    var isHeld = [Bool](repeating: false, count: labels.count)
    for text in 0..<held.count where scores == nil {
      let label = held.label(of: text)
      for label in sets.map({ $0[label].classes }) ?? [label] where label >= 0 { isHeld[Int(label)] = true }
    }
    if held.count > 0 { summary.warnings += LabelWarnings.withoutValidation(labels.labels) { isHeld[$0] } }
    for (label, count) in summary.unseenLabels.sorted(by: { $0.key < $1.key }) {
      summary.warnings.append(
        "the validation data has \(Self.texts(count)) of the \(hasSeveral ? "label" : "class") \"\(label)\", which the training data lacks; \(hasSeveral ? "it counts as missed" : "they count as wrong")"
      )
    }
    if summary.emptyTexts > 0 {
      summary.warnings.append(
        "\(Self.texts(summary.emptyTexts)) without a single character: nothing can be learned from them but \(scores == nil ? "how frequent their classes are" : "how high scores are as a rule")"
      )
    }
    if summary.cutTexts > 0 {
      let setting = encoder.settings.maximumLength == fixedLength ? "length" : "maximumLength"
      summary.warnings.append(lengths.warning(Self.texts(summary.cutTexts), setting: setting))
    }
    // An alphabet of the data may lack rare characters; one that lacks most of them is another script's.
    if 2 * all.unknownCharacters > all.characters {
      let share = 100 * all.unknownCharacters / max(all.characters, 1)
      summary.warnings.append(
        "\(share) % of the characters are not in the alphabet, so that they cannot be told apart"
          + (hasFixedAlphabet ? " (`alphabet=data` takes them from the texts)" : ""))
    }
    let chunkLength = encoder.settings.chunkLength
    let chunks = chunkLength.map { training.chunked(length: $0) } ?? training
    let shown =
      settings.data.cuts.map { chunks.cut(part: $0, seed: settings.training.seed, encoder: encoder) } ?? chunks
    var data = ClassificationTask.Data(
      training: shown, validation: held, labels: labels.labels, unseenLabel: { unseen[$0] }, chunkLength: chunkLength)
    var names = MemoryCorpus()
    if learnsNames {
      for label in labels.labels {
        var characters: [Int32] = []
        whole.encode(LabelNames.inWords(label), into: &characters)
        names.append(label: sets?.number(of: [label], in: labels) ?? labels.index(of: label) ?? -1) { $0 += characters }
      }
    }
    data.sets = sets
    data.targets = all.targets
    data.heldTargets = heldTargets
    if let scale = scores?.scale {
      let targets = ScoreTargets(scale, values: values?.values ?? [])
      (data.scores, data.sets) = (targets, targets.sets)
    }
    self.data = data
    // N-grams are counted once: what the network meets in other epochs, they meet in copies. Those of texts that are held are held too.
    var copied =
      try settings.data.noise.map { try all.withNoisyCopies(atMost: $0, seed: settings.training.seed) } ?? all.corpus
    if copied.count > isSplitOff.count { isSplitOff += isSplitOff }
    if names.count > 0 {
      copied = JoinedCorpus(copied, names)
      isSplitOff += [Bool](repeating: false, count: names.count)
    }
    if let chunkLength {
      let chunked = ChunkedCorpus(copied, chunkLength: chunkLength)
      let first = copied.count - names.count
      ngramNames = (0..<chunked.count).count { chunked.text(ofChunk: $0) >= first }
      ngramTexts = (
        chunked, (0..<chunked.count).map { isSplitOff[chunked.text(ofChunk: $0)] }, held.chunked(length: chunkLength)
      )
    } else {
      let limit = lengths.ngrams ?? lengths.longest
      func counted(_ corpus: any TextCorpus) -> any TextCorpus {
        limit < lengths.longest ? corpus.limited(to: limit) : corpus
      }
      ngramTexts = (counted(copied), isSplitOff, counted(held))
      ngramNames = names.count
    }
    let most = lengths.ngrams ?? lengths.longest
    ngramAmount = (
      all.corpus.count, (0..<all.corpus.count).reduce(0) { $0 + min(all.corpus.length(of: $1), most) }
    )
    self.summary = summary
    self.heldCopies = heldCopies
    self.digests = (all.digest, validationDigest)
  }

  private static func texts(_ count: Int) -> String { count == 1 ? "1 text" : "\(count) texts" }
}
