import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

extension NgramConfiguration {
  /// Bytes that the settings, the model card, the list of files and the head of the weights take at most, without what grows
  /// with the network.
  private static let otherFiles = 12_000
  /// Bytes that the head of the weights' file takes for a parameter.
  private static let headOfParameter = 160

  /// Gives the n-grams what a model of so many bytes has left for them.
  ///
  /// - Parameters:
  ///   - size: Bytes of all files; nil changes nothing.
  ///   - parameters: Those of the network.
  ///   - alphabet: The characters.
  ///   - labels: The classes.
  /// - Throws: ``ConfigurationError`` where there is no room.
  mutating func limit(
    to size: Int?, beside parameters: ParameterLayout, alphabet: Alphabet, labels: LabelSet
  ) throws {
    guard let size else { return }
    let floats = parameters.learnedCount + parameters.stateCount + parameters.fittedCount
    let network = MemoryLayout<Float>.stride * floats + Self.headOfParameter * parameters.all.count
    // The model card names labels too.
    let lists = try BundleFile("", json: alphabet).bytes.count + 2 * BundleFile("", json: labels).bytes.count
    let left = min(size, Self.mostSize) - network - lists - Self.otherFiles
    let isSolved = isEnabled && !isTable
    let least = isSolved ? Self.leastSize : 0
    guard left >= least else {
      throw ConfigurationError(
        setting: "size",
        problem:
          "of \(size) bytes is too small: the network takes \(network), characters, labels and settings \(lists + Self.otherFiles)"
          + (isSolved ? ", n-grams at least \(least)" : ""),
        advice: "choose n-grams alone or a smaller network, such as `filters=64`, or raise it")
    }
    guard isSolved else { return }
    // A bound of their own holds too.
    let isUsual = ngramSize == NgramConfiguration().ngramSize
    ngramSize = isUsual ? left : min(ngramSize ?? left, left)
  }
}
