import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import CharCNNText
import CharCNNTraining

/// `search.json` of a checkpoint: what a search for the weights of n-grams came to, beside two files of models, the complete one and
/// the one that has not learned from the validation texts.
///
/// A run that goes on does not search again. A time limit might give it other weights this time, and another version of the program
/// surely could; the epochs so far were measured beside these.
struct StoredSearch: Codable {
  private let outcome: NgramOutcome
  /// Which n-grams they are.
  private let features: NgramFeatures
  /// Whether there is a model that has not learned from the validation texts.
  private let hasValidated: Bool
  /// How long the search took.
  let seconds: Double
  /// Bytes that a model keeps of the base; nil for none. Also there where the search has left the vectors out.
  let baseBytes: Int?

  private static let fileName = "search.json"
  /// Seconds that a search may have taken.
  private static let longest = 1e9
  /// Only there where the validation texts are some of the training texts.
  private static let validatedFileName = "ngrams-validated.safetensors"

  private init(_ solved: SolvedNgrams, hasValidated: Bool, duration: Duration, baseBytes: Int?) {
    self.baseBytes = baseBytes
    outcome = solved.outcome
    features = solved.complete.features
    self.hasValidated = hasValidated
    seconds = duration / .seconds(1)
  }

  /// The files of a checkpoint.
  static func files(
    _ solved: SolvedNgrams, duration: Duration, baseBytes: Int?, device: any Device
  ) throws(StorageError) -> [BundleFile] {
    let complete = try StoredLinearNgrams.encode(solved.complete)
    let validated = try StoredLinearNgrams.encode(solved.validated)
    let hasValidated = validated != complete
    return [
      try BundleFile(
        fileName, json: StoredSearch(solved, hasValidated: hasValidated, duration: duration, baseBytes: baseBytes)),
      BundleFile(StoredLinearNgrams.fileName, bytes: complete),
    ] + (hasValidated ? [BundleFile(validatedFileName, bytes: validated)] : [])
      + (try StoredVectors.files(solved.complete.vectors?.reader, device: device))
  }

  /// Nil for a checkpoint of a program that searched again.
  init?(_ checkpoint: TrainingCheckpoint) throws(StorageError) {
    guard checkpoint.bundle.contains(Self.fileName) else { return nil }
    self = try checkpoint.bundle.decode(Self.self, named: Self.fileName)
    guard outcome.isPossible, (0...Self.longest).contains(seconds), baseBytes ?? 0 >= 0 else {
      throw StorageError(
        .corrupted, path: "\(checkpoint.bundle.path)/\(Self.fileName)",
        problem: "holds numbers that no search has come to",
        advice: "begin the training anew")
    }
  }

  /// What the search came to.
  ///
  /// - Throws: `StorageError` where a file of it is not as it should be.
  func solved(
    _ checkpoint: TrainingCheckpoint, features: NgramFeatures, classes: Int, hasSeveral: Bool, alphabet: Alphabet,
    device: any Device
  ) throws -> SolvedNgrams {
    guard features.hasLengths(of: self.features) else {
      throw StorageError(
        .newerVersion, path: checkpoint.folder, problem: "has other n-grams than this program would choose",
        advice: "go on with the program that wrote it, or begin the training anew")
    }
    let bundle = checkpoint.bundle
    let vectors = try StoredVectors.decode(bundle, alphabet: alphabet, device: device)
    func model(_ name: String) throws(StorageError) -> LinearNgrams {
      try StoredLinearNgrams.decode(
        bundle.safetensors(named: name), features: features, classes: classes, hasSeveral: hasSeveral,
        characters: alphabet.count, vectors: vectors)
    }
    let complete = try model(StoredLinearNgrams.fileName)
    let validated = hasValidated ? try model(Self.validatedFileName) : complete
    return SolvedNgrams(validated: validated, complete: complete, outcome: outcome)
  }
}
