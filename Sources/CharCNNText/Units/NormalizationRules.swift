/// All a normalizer needs to know of each scalar, for one normalization form with or without case folding.
struct NormalizationRules: Sendable {
  /// Set in ``entries`` for a scalar that may combine with what stands before it, so that no chunk begins with it.
  static let joins: UInt32 = 1 << 31
  /// Set in ``entries`` for a scalar that becomes several when it stands alone.
  static let expands: UInt32 = 1 << 30
  /// Set in ``entries``, beside ``joins``, for a scalar that is left out: the chunk before it goes on behind it.
  static let drops: UInt32 = 1 << 29

  /// By scalar: zero if it stays as it is, ``joins``, ``expands``, ``drops``, or the one scalar that it becomes alone.
  private(set) var entries = ScalarTable<UInt32>()
  /// By scalar: where its folded full decomposition stands in ``storage``, as count << 24 | offset; zero if itself.
  private(set) var expansions = ScalarTable<UInt32>()
  /// The decompositions, one after another.
  private(set) var storage: [UInt32] = []
  /// The pairs that compose, empty where nothing composes.
  let compositions: [UInt64: UInt32]
  /// Whether Hangul and the pairs compose at all.
  let composes: Bool

  /// The rules for settings, shared by all who ask for them.
  static func rules(for settings: TextSettings) -> NormalizationRules {
    switch (settings.normalization, settings.foldsCase, settings.dropsInvisible) {
    case (.none, false, false): plain
    case (.none, true, false): plainFolded
    case (.nfc, false, false): canonical
    case (.nfc, true, false): canonicalFolded
    case (.nfkc, false, false): compatible
    case (.nfkc, true, false): compatibleFolded
    case (.none, false, true): visiblePlain
    case (.none, true, true): visiblePlainFolded
    case (.nfc, false, true): visibleCanonical
    case (.nfc, true, true): visibleCanonicalFolded
    case (.nfkc, false, true): visibleCompatible
    case (.nfkc, true, true): visibleCompatibleFolded
    }
  }

  private static let plain = NormalizationRules(form: .none, folds: false)
  private static let plainFolded = NormalizationRules(form: .none, folds: true)
  private static let canonical = NormalizationRules(form: .nfc, folds: false)
  private static let canonicalFolded = NormalizationRules(form: .nfc, folds: true)
  private static let compatible = NormalizationRules(form: .nfkc, folds: false)
  private static let compatibleFolded = NormalizationRules(form: .nfkc, folds: true)
  private static let visiblePlain = plain.droppingInvisible
  private static let visiblePlainFolded = plainFolded.droppingInvisible
  private static let visibleCanonical = canonical.droppingInvisible
  private static let visibleCanonicalFolded = canonicalFolded.droppingInvisible
  private static let visibleCompatible = compatible.droppingInvisible
  private static let visibleCompatibleFolded = compatibleFolded.droppingInvisible

  /// The same rules without the characters that nobody sees. None of them has a decomposition, a case or a combining class.
  private var droppingInvisible: NormalizationRules {
    var rules = self
    for scalar in VisibleText.invisible { rules.entries[scalar] = Self.joins | Self.drops }
    return rules
  }

  private init(form: UnicodeNormalization, folds: Bool) {
    composes = form != .none
    guard composes || folds else {
      compositions = [:]
      return
    }
    let data = Decompositions.shared
    compositions = composes ? data.compositions : [:]
    let decompositions = form == .nfkc ? data.compatibility : form == .nfc ? data.canonical : [:]
    let candidates = data.candidates
    let joining = composes ? data.seconds.union(data.marks) : []
    for scalar in candidates {
      var parts = decompositions[scalar.value] ?? [scalar.value]
      if folds {
        parts = parts.flatMap { (data.lowerCase[$0] ?? [$0]).flatMap { decompositions[$0] ?? [$0] } }
      }
      add(scalar, parts: parts, joining: joining)
    }
    // Vowels and tails of Hangul have no entry of their own in the data.
    if composes {
      for value in UInt32(0x1100)..<0x1200 where Hangul.joins(value) {
        if let scalar = Unicode.Scalar(value) { entries[scalar] = Self.joins }
      }
    }
    settle(candidates)
  }

  private mutating func add(_ scalar: Unicode.Scalar, parts: [UInt32], joining: Set<UInt32>) {
    if parts != [scalar.value] {
      expansions[scalar] = UInt32(parts.count) << 24 | UInt32(storage.count)
      storage += parts
    }
    guard composes, let first = parts.first else { return }
    if joining.contains(first) || Hangul.joins(first) { entries[scalar] = Self.joins }
  }

  /// Works out what each scalar becomes alone, which needs all decompositions in place.
  private mutating func settle(_ scalars: [Unicode.Scalar]) {
    var chunk = NormalizedChunk()
    for scalar in scalars where entries[scalar] == 0 && expansions[scalar] != 0 {
      chunk.removeAll()
      chunk.append(scalar.value, start: 0, end: 0, rules: self)
      if composes { chunk.compose(compositions) }
      if chunk.scalars.count > 1 {
        entries[scalar] = Self.expands
      } else if let only = chunk.scalars.first, only != scalar.value {
        entries[scalar] = only
      }
    }
  }
}
