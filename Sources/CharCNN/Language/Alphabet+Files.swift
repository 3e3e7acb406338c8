extension Alphabet {
  /// The characters of files of running text that are frequent enough.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - text: How text becomes characters.
  ///   - training: How many characters to keep, and how frequent they must be.
  ///   - progress: Receives the number of pieces read.
  /// - Throws: `DataError` at the first fault; ``TrainingError/noExamples(path:)`` for texts without a character.
  init(
    of files: [String], text: TextSettings, training: TrainingSettings, progress: (_ pieces: Int) -> Void
  ) throws {
    guard let first = files.first else { throw TrainingError.noExamples(path: "no file") }
    var settings = text
    settings.maximumLength = .max
    var builder = AlphabetBuilder()
    var pieces = 0
    for file in files {
      let text = try PlainText(path: file)
      for number in 0..<text.count {
        builder.add(text: try text.piece(number), settings: settings)
        pieces += 1
        if pieces % 4_096 == 0 { progress(pieces) }
      }
    }
    let alphabet = builder.build(minimumCount: training.minimumCount, maximumSize: training.maximumAlphabet)
    guard !alphabet.units.isEmpty else { throw TrainingError.noExamples(path: first) }
    self = alphabet
  }
}
