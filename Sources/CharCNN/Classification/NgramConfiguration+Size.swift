import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

extension NgramConfiguration {
  /// Bytes that the settings, the model card, the provenance, the list of files and the head of the weights take at most, without what grows
  /// with the network.
  private static let otherFiles = 12_000
  /// Bytes that the head of the weights' file takes for a parameter.
  private static let headOfParameter = 160
  /// Bytes that an epoch takes in the history at most.
  private static let bytesOfEpoch = 300
  /// Bytes of a model where no size is named, unless its network leaves less than ``leastUsual`` of them.
  private static let usualBytes = 10_000_000
  /// Bytes that n-grams have where no size is named, however large the network.
  private static let leastUsual = 2_000_000

  /// Gives the n-grams what a model of so many bytes has left for them.
  ///
  /// - Parameters:
  ///   - size: Bytes of all files; nil for the usual ones, which leave a table and a named ``ngramSize`` as they are.
  ///   - network: The network, without n-grams.
  ///   - alphabet: The characters.
  ///   - labels: The classes.
  ///   - columns: The columns of the training data, whose names stand in the settings.
  ///   - epochs: Epochs at most, which stand in the history.
  ///   - choosesBits: Whether a table may have fewer rows than the texts ask for.
  /// - Throws: ``ConfigurationError`` where there is no room.
  mutating func limit(
    to size: Int?, beside network: any TextNetwork, alphabet: Alphabet, labels: LabelSet, columns: DataColumns?,
    epochs: Int, choosesBits: Bool
  ) throws {
    // A bound of their own holds too, unless it is the usual one, which says nothing.
    let isUsual = ngramSize == NgramConfiguration().ngramSize
    guard size != nil || isSolved && isUsual else { return }
    // The model card names labels too.
    let lists =
      try BundleFile("", json: alphabet).bytes.count + 2 * BundleFile("", json: labels).bytes.count
      + (columns.map { try BundleFile("", json: $0).bytes.count } ?? 0) + Self.bytesOfEpoch
      * min(epochs, StoredHistory.most + 2)
    let all = min(size ?? Self.usualBytes, Self.mostSize) - lists - Self.otherFiles
    let bytes = Self.bytes(of: network.parameters)
    guard let size else {
      ngramSize = ngramSize.map { min($0, max(all - bytes, Self.leastUsual)) }
      return
    }
    var least = isSolved ? Self.leastSize : 0
    if isEnabled, isTable {
      func table() -> Int { Self.bytes(of: widening(network, classes: labels.count).parameters) - bytes }
      while choosesBits, let bits = ngramBits, bits > Self.leastBits, table() > all - bytes { ngramBits = bits - 1 }
      least = table()
    }
    guard all - bytes >= least else {
      let isAlone = network.parameters.learnedCount == 0
      throw ConfigurationError(
        setting: "size",
        problem:
          "of \(size) bytes is too small: \(isAlone ? "" : "the network takes \(bytes), ")characters, labels and settings take \(lists + Self.otherFiles)"
          + (least > 0 ? ", n-grams at least \(least)" : ""),
        advice: isAlone
          ? isTable ? "raise it, or lower ngramBits or ngramWidth" : "raise it"
          : "choose n-grams alone or a smaller network, such as `filters=64`, or raise it")
    }
    guard isSolved else { return }
    ngramSize = isUsual ? all - bytes : min(ngramSize ?? all, all - bytes)
  }

  /// Bytes of a network's weights in floats.
  private static func bytes(of parameters: ParameterLayout) -> Int {
    let floats = parameters.learnedCount + parameters.stateCount + parameters.fittedCount
    return MemoryLayout<Float>.stride * floats + headOfParameter * parameters.all.count
  }
}
