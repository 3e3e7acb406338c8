internal import CharCNNFiles
package import CharCNNText

/// What a first reading of texts with scores learns: the alphabet and the scores.
package struct ScoreVocabulary: Sendable {
  /// The characters.
  package let alphabet: Alphabet
  /// The scores.
  package let scores: ScoreValues
  /// Their mean over the texts, each as much as it counts.
  package let mean: Double
  /// Their standard deviation, likewise, above 0.
  package let deviation: Double
  /// Which texts are copies, of very many the first ones.
  package let copies: TextCopies
  /// Number of texts.
  package let examples: Int
  /// Unicode scalars of all texts, before normalization and cutting.
  package let characters: Int
  /// Characters, or bytes where they are the unit, of which some part of a model reads.
  package let readCharacters: Int

  /// Reads all texts once, but for those of the weight 0.
  ///
  /// - Parameters:
  ///   - texts: What to read.
  ///   - settings: How text becomes characters.
  ///   - longest: Characters of a text that some part of a model reads.
  ///   - data: How the alphabet is made.
  ///   - areExact: Whether scores are what their text says, not rounded to single precision.
  ///   - progress: Receives the number of texts read.
  /// - Throws: `DataError` at the first faulty record; ``TrainingError`` without two scores.
  package init(
    _ texts: Examples<LabeledText>, settings: TextSettings, longest: Int, data: DataSettings,
    areExact: Bool = true, progress: (Int) -> Void = { _ in }
  ) throws {
    var copies = TextCopies()
    var builder = AlphabetBuilder()
    var found: Set<Double> = []
    var (examples, characters, read) = (0, 0, 0)
    // Welford (1962), with weights West (1979), so that scores far from 0 keep their deviation.
    var (mean, squares, weights) = (0.0, 0.0, 0.0)
    let report = try texts.forEachText(leavesOutWeightless: true) { example, _, row in
      let given = try example.score(of: texts, row: row)
      let score = areExact ? given : Double(Float(given))
      found.insert(score)
      builder.add(text: example.text, settings: settings)
      if examples < Vocabulary.mostCompared { copies.add(example.text, label: example.shownLabels) }
      let scalars = example.text.unicodeScalars.count
      characters += scalars
      read += min(settings.unit == .byte ? example.text.utf8.count : scalars, longest)
      examples += 1
      let distance = score - mean
      let weight = example.weight ?? 1
      weights += weight
      mean += weight * distance / weights
      squares += weight * distance * (score - mean)
      if examples % 4_096 == 0 { progress(examples) }
    }
    guard let first = found.first else {
      if report.weightlessRecords > 0 { throw TrainingError.weightless(path: texts.name) }
      if report.faultCount > 0 { throw TrainingError.allFaulty(report.faultCount, "score", path: texts.name) }
      throw TrainingError.noExamples(path: texts.name, isInMemory: texts.isInMemory)
    }
    guard found.count > 1 else {
      throw TrainingError.oneScore(
        path: texts.name, score: Decimals.short(first), of: "text", isInMemory: texts.isInMemory)
    }
    alphabet = builder.build(minimumCount: data.minimumCount, maximumSize: data.maximumAlphabet)
    scores = ScoreValues(found, areExact: areExact)
    self.mean = mean
    deviation = (squares / weights).squareRoot()
    self.examples = examples
    self.characters = characters
    readCharacters = read
    self.copies = copies
  }
}
