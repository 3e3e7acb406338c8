public import CharCNNCompute
public import CharCNNNetworks

extension ParameterStore {
  /// Counts in how many of the training texts each n-gram occurs; nothing without a wide part.
  ///
  /// - Parameters:
  ///   - ngrams: Settings of the wide part.
  ///   - texts: The training texts as the network sees them.
  ///   - device: Holds the parameters.
  /// - Throws: When a text cannot be read again.
  func fit(_ ngrams: NgramConfiguration, to texts: any TextCorpus, device: any Device) throws {
    guard let idf = layout.fitted.first else { return }
    var frequencies = NgramFrequencies(ngrams)
    var characters: [Int32] = []
    for text in 0..<texts.count {
      let length = texts.length(of: text)
      if characters.count < length { characters = Array(repeating: 0, count: length) }
      try characters.withUnsafeMutableBufferPointer { characters in
        let window = UnsafeMutableBufferPointer(rebasing: characters[..<length])
        try texts.copyCharacters(of: text, into: window)
        frequencies.add(UnsafeBufferPointer(window))
      }
    }
    write(frequencies.inverse, to: idf, device: device)
  }

  /// Editions of texts that vary, such as cut ones, whose n-grams are counted.
  private static let editions = 4
  /// Texts of an edition that are made at once.
  private static let editionTexts = 256

  /// Lets the rows of the wide part start as a naive Bayes classifier of the training texts, as training will see them;
  /// nothing without ``NgramConfiguration/ngramBayes``.
  ///
  /// - Parameters:
  ///   - ngrams: Settings of the wide part.
  ///   - texts: The training texts as the network sees them; every label is known.
  ///   - classes: Number of classes.
  ///   - space: Index of the space, where each word of a text is counted once more as a text of its own: so a model that is
  ///     to judge short texts learns how words begin and end from all words. Nil where it is not.
  ///   - device: Holds the parameters.
  /// - Throws: When a text cannot be read again.
  public func start(
    _ ngrams: NgramConfiguration, from texts: any TextCorpus, classes: Int, space: Int32? = nil, device: any Device
  ) throws {
    guard let smoothing = ngrams.ngramBayes, let table = layout.tables.first else { return }
    var likelihoods = NgramLikelihoods(ngrams, classes: classes)
    var characters: [Int32] = []
    func add(_ text: Int, of corpus: any TextCorpus, label: Int32) throws {
      let length = corpus.length(of: text)
      if characters.count < length { characters = Array(repeating: 0, count: length) }
      try characters.withUnsafeMutableBufferPointer { characters in
        let window = UnsafeMutableBufferPointer(rebasing: characters[..<length])
        try corpus.copyCharacters(of: text, into: window)
        likelihoods.add(UnsafeBufferPointer(window), label: Int(label))
        guard let space, window.contains(space) else { return }
        for word in window.split(separator: space) {
          likelihoods.add(UnsafeBufferPointer(rebasing: word), label: Int(label))
        }
      }
    }
    for epoch in 0..<(texts.varies ? Self.editions : 1) {
      for first in stride(from: 0, to: texts.count, by: Self.editionTexts) {
        let block = Array(first..<min(first + Self.editionTexts, texts.count))
        let (corpus, numbers) = texts.varies ? try texts.edition(of: block, epoch: epoch) : (texts, block)
        for (text, number) in zip(block, numbers) { try add(number, of: corpus, label: texts.label(of: text)) }
      }
    }
    write(likelihoods.logOdds(smoothing: smoothing), to: table, device: device)
  }
}
