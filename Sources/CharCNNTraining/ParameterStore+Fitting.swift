public import CharCNNCompute
public import CharCNNNetworks

extension ParameterStore {
  /// Counts in how many of the training texts each n-gram occurs, before the first step; nothing without a wide part.
  ///
  /// - Parameters:
  ///   - ngrams: Settings of the wide part.
  ///   - texts: The training texts as the network sees them.
  ///   - device: Holds the parameters.
  /// - Throws: When a text cannot be read again.
  public func fit(_ ngrams: NgramConfiguration, to texts: any TextCorpus, device: any Device) throws {
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
}
