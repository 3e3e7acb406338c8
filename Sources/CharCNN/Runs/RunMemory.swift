internal import CharCNNFiles
import CharCNNNetworks

/// The memory that training takes, roughly and rather too little: without it, a batch that cannot fit would end the process.
struct RunMemory {
  /// Floats that are learned.
  let parameters: Int
  /// Floats that a step keeps for each character.
  let activationsPerCharacter: Double
  /// Characters of the largest batch that is learned from.
  let characters: Int
  /// Characters of the longest text that is validated with.
  var validated = 0

  /// What a prediction keeps of what a step keeps, or less: the outputs of the blocks.
  private static let predicted = 1.0 / 12

  /// Values, gradients, two moments, the average and the best so far, and what a step keeps.
  var bytes: Double {
    Double(MemoryLayout<Float>.stride) * (6 * Double(parameters) + activationsPerCharacter * rows)
  }

  private var rows: Double { max(Double(characters), Double(validated) * Self.predicted) }

  private var work: String {
    Double(characters) < rows
      ? "to validate with a text of \(validated) characters" : "to train on a batch of \(characters) characters"
  }

  /// Bytes of the machine's memory.
  static var physical: Double { Double(Machine.memory) }

  /// Bytes that the process may have: the machine's memory, or less where the system limits it (`ulimit -v`).
  static var available: Double {
    #if os(Linux)
    var limit = rlimit()
    #if canImport(Glibc)
    let code = getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #else
    let code = getrlimit(RLIMIT_AS, &limit)
    #endif
    if code == 0 { return min(physical, Double(limit.rlim_cur)) }
    #endif
    return physical
  }

  /// Throws ``ConfigurationError`` where more is needed than there is.
  func validate(available: Double = RunMemory.available) throws(ConfigurationError) {
    guard bytes > available else { return }
    throw ConfigurationError(
      setting: "the network",
      problem:
        "needs about \(Self.gigabytes(bytes)) of memory \(work), and this "
        + "process may have \(Self.gigabytes(available))",
      advice: "lower maximumLength (a longer text is a batch of its own), filters or batchCharacters")
  }

  /// Throws ``ConfigurationError`` where n-grams that are solved need more bytes than there are.
  static func validate(
    ngrams bytes: Double, available: Double = RunMemory.available
  ) throws(ConfigurationError) {
    guard bytes > available else { return }
    throw ConfigurationError(
      setting: "the n-grams",
      problem:
        "need about \(gigabytes(bytes)) of memory to be solved, and this process may have \(gigabytes(available))",
      advice: "add `ngramTraining=steps`, or give fewer or shorter texts (`ngramLength`)")
  }

  private static func gigabytes(_ bytes: Double) -> String { "\((bytes / 1e8).rounded() / 10) GB" }
}
