import CharCNNText

/// The base of a run, opened at its beginning only: a checkpoint holds what became of it.
struct StartingBase {
  /// Nil for a run without one, and for one that goes on.
  let model: BaseModel?
  private let checkpoint: TrainingCheckpoint?

  /// - Parameters:
  ///   - path: The base's bundle; nil for none.
  ///   - checkpoint: Where the run stands; nil at its beginning.
  /// - Throws: As ``BaseModel/init(opening:)``.
  init(_ path: String?, checkpoint: TrainingCheckpoint?) throws {
    model = try checkpoint == nil ? path.map { try BaseModel(opening: $0) } : nil
    self.checkpoint = path == nil ? nil : checkpoint
  }

  /// The alphabet of the run: that of the base, joined by what only the run's own texts have.
  func alphabet(_ own: Alphabet, maximumSize: Int) throws -> Alphabet {
    try checkpoint?.alphabet() ?? model?.alphabet(extendedBy: own, maximumSize: maximumSize) ?? own
  }
}
