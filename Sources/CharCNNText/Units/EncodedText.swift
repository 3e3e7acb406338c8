/// What came of encoding a text.
public struct EncodingOutcome: Hashable, Sendable {
  /// The number of units appended.
  public var count: Int
  /// Whether the text had more units than `maximumLength`.
  public var wasCut: Bool
  /// How many of the units are not in the alphabet.
  public var unknownCount: Int

  /// An outcome.
  public init(count: Int, wasCut: Bool, unknownCount: Int) {
    self.count = count
    self.wasCut = wasCut
    self.unknownCount = unknownCount
  }
}

/// A text's units with their places in the original.
public struct EncodedText: Hashable, Sendable {
  /// The units' indices in the alphabet, [units].
  public var indices: [Int32]
  /// For each unit, the UTF-8 offsets of what it came from in the original text, [units]. Ranges cover whole scalars.
  /// Where one scalar became several units (or bytes) they share its range; where several became one, it spans all.
  /// Characters that the settings leave out belong to no unit, unless they stand inside of what became one.
  public var ranges: [Range<Int>]
  /// Whether the text had more units than `maximumLength`.
  public var wasCut: Bool
  /// How many of the units are not in the alphabet.
  public var unknownCount: Int

  /// An encoded text; `indices` and `ranges` have equal counts.
  public init(indices: [Int32], ranges: [Range<Int>], wasCut: Bool, unknownCount: Int) {
    self.indices = indices
    self.ranges = ranges
    self.wasCut = wasCut
    self.unknownCount = unknownCount
  }
}
