import CharCNNCompute
import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

extension NgramConfiguration {
  /// Finds the weights of the n-grams where they are solved, and says which n-grams they are.
  ///
  /// - Parameters:
  ///   - prepared: The texts.
  ///   - encoder: What turned them into characters.
  ///   - vectors: A base whose vectors count beside the n-grams; nil for none.
  ///   - stored: What a checkpoint has of the search.
  ///   - request: What was asked for.
  ///   - limits: Who ends the search, and when.
  ///   - told: Receives how far it is.
  /// - Returns: The models; nil where nothing is to be solved.
  /// - Throws: ``ConfigurationError`` where no n-gram fits into ``ngramSize``; when a text cannot be read again; `StorageError` where
  ///   what the checkpoint has is damaged; what the limits' checks throw.
  mutating func solve<Model>(
    _ prepared: PreparedData, encoder: TextEncoder, vectors: VectorReader?, stored: StoredSearch?,
    request: TrainingRequest<Model>, limits: SearchLimits, told: (SolvingReport) -> Void
  ) throws -> SolvedNgrams? {
    guard isSolved else { return nil }
    let (data, alphabet) = (prepared.data, encoder.alphabet)
    // A score is a label by itself too: it tells of no other.
    let (classes, hasSeveral) = (
      data.scores?.scale.outputs ?? data.labels.count, data.sets != nil || data.scores != nil
    )
    let most = ngramSize.map {
      LinearNgrams.rows(
        inBytes: $0, columns: LinearNgrams.columns(classes: classes, several: hasSeveral), alphabet: alphabet.count)
    }
    if let most, let ngramSize, most < 1 {
      throw ConfigurationError(
        setting: "ngramSize",
        problem:
          "leaves no room for n-grams: \(alphabet.count) characters and \(classes) \(data.scores == nil ? "labels" : "scores") take \(ngramSize) bytes",
        advice: "raise it")
    }
    var reports = SearchReports(limits)
    if stored == nil { reports.next(fraction: 0, passes: 0).map(told) }
    let (texts, isHeld, held) = prepared.ngramTexts
    let characters = (0..<texts.count).reduce(0) { $0 + texts.length(of: $1) }
    if !hasLengths {
      self = choosingLengths(characters: characters, setsWordsApart: try texts.setsWordsApart(alphabet))
    }
    guard
      let features = solvedFeatures?.choosingMinimum(
        characters: prepared.ngramAmount.characters, texts: prepared.ngramAmount.texts,
        columns: LinearNgrams.columns(classes: classes, several: hasSeveral))
    else { return nil }
    if let stored, let checkpoint = request.checkpoint {
      return try stored.solved(
        checkpoint, features: features, classes: classes, hasSeveral: hasSeveral, alphabet: alphabet,
        device: request.options.makeDevice())
    }
    var fit = try NgramFit(
      features, roles: alphabet.wordRoles(encoder.settings), texts: texts,
      validation: request.validation == nil ? nil : held,
      classes: classes, sets: data.sets, scores: data.scores?.standardised, targets: data.targets,
      heldTargets: data.heldTargets, vectors: vectors, balance: ngramBalance, seed: request.options.training.seed,
      device: request.options.makeDevice(),
      checkMemory: { try RunMemory.validate(ngrams: $0) }, check: limits.check)
    fit.unasked = prepared.ngramNames
    limits.beginSearch()
    return try fit.solve(
      cost: ngramCost, most: most, isEnding: limits.isEnding,
      told: { reports.next(fraction: $0.fraction, passes: $0.passes).map(told) }, isHeld: { isHeld[$0] })
  }
}

extension TextCorpus {
  /// Whether most letters belong to scripts that set words apart.
  func setsWordsApart(_ alphabet: Alphabet) throws -> Bool {
    let isUnspaced = [false] + alphabet.units.map { $0.unicodeScalars.first?.isUnspaced ?? false }
    let isLetter = [false] + alphabet.units.map { $0.unicodeScalars.first?.properties.isAlphabetic ?? false }
    var (unspaced, letters) = (0, 0)
    try forEachText { text in
      for index in text where isLetter[Int(index)] {
        letters += 1
        if isUnspaced[Int(index)] { unspaced += 1 }
      }
    }
    return 2 * unspaced <= letters
  }
}

extension SolvedNgrams {
  /// Which n-grams they are, for people: `characters 1–5, words 1–2, pairs 1–5; the 9000 of 20000 that count most, alone right about
  /// 90.1 % of the validation texts, all of them about 90.3 %`.
  var description: String {
    let count = complete.vocabulary.count
    return complete.features.description
      + (outcome.leftOut > 0
        ? "; without the \(outcome.leftOut) rarest, which would take much memory with \(complete.classes) labels" : "")
      + (count < outcome.candidates ? "; the \(count) of \(outcome.candidates) that count most" : "")
      + (outcome.reduction.map {
        ", alone right about \(Decimals.rounded(100 * $0.kept, decimals: 1)) % of the validation texts, all of them about \(Decimals.rounded(100 * $0.whole, decimals: 1)) %"
      } ?? "")
      + (outcome.choice.vectorScale.map {
        $0 > 0
          ? "; beside them the \(complete.vectors?.reader.dimension ?? 0) numbers of the base's vector, times \(Decimals.short(Double($0)))"
          : "; without the base's vectors, since n-grams alone answer as well"
      } ?? "")
  }
}
