import CharCNNCompute
public import CharCNNNetworks
import CharCNNText

extension TextEmbedder {
  /// What cosines are multiplied with before softmax.
  private static let sharpness: Float = 20

  /// A classifier that knows labels by their names alone, without any labelled text: a text has the label whose vector points most as the
  /// text's does (Chang 2008, "Importance of Semantic Representation: Dataless Classification").
  ///
  /// It predicts, explains, is measured, calibrated, written and served like any classifier. Its probabilities are the softmax of the cosines times
  /// 20, so that they compare the labels with each other; how sure they are to be taken, `calibrated(on:)` finds by some labelled texts.
  ///
  /// ```swift
  /// let topics = try base.classifier(labels: ["sports", "economy", "music"])
  /// topics.predictedLabel(for: "They won in the last minute.")
  /// ```
  ///
  /// - Parameters:
  ///   - labels: Two names or more, in words; underscores and hyphens are read as spaces.
  ///   - template: What is read of a label, with `{}` in the place of its name, such as `a question about {}`.
  /// - Throws: ``ConfigurationError`` for fewer than two labels, for one that stands there twice, and for names that the base knows nothing of, or reads as the same.
  public func classifier(labels: [String], template: String = "{}") throws(ConfigurationError) -> TextClassifier {
    func refusal(_ problem: String) -> ConfigurationError { ConfigurationError(setting: "labels", problem: problem) }
    guard template.ranges(of: "{}").count == 1 else {
      throw ConfigurationError(
        setting: "template", problem: "must have {} once, in the place of the label's name, not \"\(template)\"")
    }
    let set = LabelSet(labels.map(LabelNames.trimmed))
    let names = set.labels.map(LabelNames.inWords)
    guard set.count == labels.count, Set(names).count == names.count else {
      let read = labels.map(LabelNames.inWords)
      let twice = read.indices.first { read[..<$0].contains(read[$0]) }
      throw refusal("must be different, and \"\(twice.map { labels[$0] } ?? "")\" stands there twice")
    }
    guard labels.count > 1 else { throw refusal("must be two or more, not \(labels.count)") }
    guard !names.contains("") else { throw refusal("must have names, and one is empty") }
    let reader = VectorReader(network, store, length: textSettings.maximumLength)
    let read = names.map { name in
      encoder.encoded(template.replacing("{}", with: name))
    }
    for (place, characters) in read.enumerated() {
      if let other = read[..<place].firstIndex(of: characters) {
        throw refusal("must be different, and the base reads \"\(labels[other])\" and \"\(labels[place])\" as the same")
      }
    }
    for (label, name) in zip(set.labels, names) where !reader.knows(encoder.encoded(name)) {
      throw refusal("has \"\(label)\", of which the base knows no n-gram; describe it in other words")
    }
    let vectors = reader.vectors(of: read, device: device)
    let weights = (0..<dimension).flatMap { number -> [Float] in
      let row = set.labels.indices.map { Self.sharpness * vectors[$0 * dimension + number] }
      return row.count == 2 ? [row[1] - row[0]] : row
    }
    // N-grams of which there are none: all that is said, the vector says.
    var linear = LinearNgrams(
      features: ngrams.features, roles: ngrams.roles,
      vocabulary: NgramVocabulary(keys: [], frequencies: [], texts: 0), classes: set.count, weights: [],
      scales: RowScales(magnitudes: []),
      bias: [Float](repeating: 0, count: LinearNgrams.columns(classes: set.count, several: false)))
    linear.vectors = WeighedVectors(reader, weights: weights)
    var settings = NgramConfiguration()
    settings.ngramTraining = .solved
    settings.ngrams = configuration.ngrams
    settings.wordNgrams = configuration.wordNgrams
    settings.wordPairs = .exactly([])
    settings.ngramLength = textSettings.maximumLength
    var architecture = Architecture.ngrams
    architecture.setSizes(alphabetSize: alphabet.count, classes: set.count)
    let bare = try architecture.makeNetwork()
    let lone = linear.beside(bare, reading: ReadingLengths(textSettings, settings, hasNetwork: false))
    return TextClassifier(
      architecture: architecture, ngrams: settings, linear: linear, network: lone,
      store: ParameterStore(layout: lone.parameters, seed: 0, device: device), encoder: encoder, labels: set,
      device: device, record: nil)
  }

  /// The part of some words that the base has met as words, 0 to 1; 0 for none.
  package func knownShare(of words: [String]) -> Double {
    var reader = ngrams.makeReader()
    let known = words.count { word in
      var characters: [Int32] = []
      encoder.encode(word, into: &characters)
      return ngrams.knows(word: characters, reader: &reader)
    }
    return words.isEmpty ? 0 : Double(known) / Double(words.count)
  }
}

extension TextClassifier {
  /// Whether labels are known by their names alone, and the base knows no n-gram of a text: the answer is then the same for all such texts, and says
  /// nothing of this one.
  package func hasNoEvidence(in text: String) -> Bool {
    guard let linear, linear.vocabulary.count == 0, let reader = linear.vectors?.reader else { return false }
    return !reader.knows(encoder.encoded(text))
  }
}

extension VectorReader {
  /// Whether the base knows an n-gram of a text.
  ///
  /// - Parameter text: Its characters, as those of the model that looks at the vectors.
  func knows(_ text: [Int32]) -> Bool {
    guard var reader = network.ngrams?.makeReader() else { return false }
    let own = characters.map { characters in text.map { characters[Int($0)] } } ?? text
    own.withUnsafeBufferPointer { reader.read($0) }
    return reader.count > 0
  }
}

extension TextEncoder {
  /// The characters of a text.
  fileprivate func encoded(_ text: String) -> [Int32] {
    var characters: [Int32] = []
    _ = encode(text, into: &characters)
    return characters
  }
}
