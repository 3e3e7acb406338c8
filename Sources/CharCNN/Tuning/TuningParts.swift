import CharCNNText
import CharCNNTraining

/// How the examples of a search are shared out: a trial learns from some and is measured on others, which change from rung to rung.
struct TuningParts<Example: TrainingExample> {
  let examples: Examples<Example>
  /// What to measure on where that was given.
  let validation: Examples<Example>?
  private let pieces: FoldAssignment
  private let pieceCount: Int
  private let validationDigest: String

  /// Parts that can be measured on.
  static var count: Int { 10 }
  /// Fewer examples say nothing of settings.
  private static var fewest: Int { 50 }
  /// From so many examples on, there are pieces of a fortieth.
  private static var many: Int { 400 }
  /// A trial of the first rung learns from about so many examples at least.
  private static var firstExamples: Int { 2_000 }

  /// Reads the examples once.
  ///
  /// - Throws: ``ConfigurationError`` for too few of them; what reading throws.
  init(_ examples: Examples<Example>, validation: Examples<Example>?, seed: UInt64) throws {
    (self.examples, self.validation) = (examples, validation)
    var pieces = try examples.assigned(toFolds: 40, seed: seed)
    var count = 40
    if pieces.count < Self.many || pieces.used < count {
      pieces = try examples.assigned(toFolds: Self.count, seed: seed)
      count = Self.count
    }
    guard pieces.count >= Self.fewest, pieces.used == count else {
      throw ConfigurationError(
        setting: "the examples",
        problem: pieces.count < Self.fewest
          ? "must be \(Self.fewest) or more to compare settings, not \(pieces.count)"
          : "are copies of one another, so that nothing is left to compare settings on",
        advice: "train with the defaults, or get more")
    }
    (self.pieces, pieceCount) = (pieces, count)
    validationDigest = try validation?.assigned(toFolds: 2, seed: seed).digest ?? ""
  }

  /// Hundredths of the learning examples in the rungs of a search.
  var percents: [Int] {
    let learning = pieces.count * (validation == nil ? 9 : 10) / 10
    let first = 100 * Self.firstExamples / max(learning, 1)
    if first >= 60 { return [100] }
    if first >= 40 { return [50, 100] }
    // A tenth at least: with fewer, other settings are the best.
    let least = max(first, 10)
    return [least, Int(Double(100 * least).squareRoot().rounded()), 100]
  }

  /// What a training on all examples takes longer than one on those of the last rung.
  var finalFactor: Double { validation == nil ? 10.0 / 9 : 1 }

  /// What a digest of the examples is made of.
  var digest: String { pieces.digest + validationDigest }

  /// What a trial learns from and is measured on.
  func examples(of request: TrialRequest) -> (training: Examples<Example>, measured: Examples<Example>) {
    let width = pieceCount / Self.count
    let first = request.part * width
    let held = validation == nil ? width : 0
    // What is left out are the pieces before the part, so that each part learns from others.
    let learning = ((pieceCount - held) * request.percent + 50) / 100
    let (pieces, count) = (pieces, pieceCount)
    @Sendable func isIn(_ range: Range<Int>, _ row: Int) -> Bool {
      pieces.fold(of: row).map { range.contains(($0 - first + count) % count) } ?? false
    }
    let training = examples.keeping { isIn(held..<held + max(learning, 1), $0) }
    return (training, validation ?? examples.keeping { isIn(0..<held, $0) })
  }
}
