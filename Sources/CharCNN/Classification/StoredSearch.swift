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
  /// How long the search took.
  let seconds: Double

  private static let fileName = "search.json"
  /// Only there where the validation texts are some of the training texts.
  private static let validatedFileName = "ngrams-validated.safetensors"

  private init(_ solved: SolvedNgrams, duration: Duration) {
    outcome = solved.outcome
    seconds = duration / .seconds(1)
  }

  /// The files of a checkpoint.
  static func files(_ solved: SolvedNgrams, duration: Duration) throws(StorageError) -> [BundleFile] {
    let complete = try StoredLinearNgrams.encode(solved.complete)
    let validated = try StoredLinearNgrams.encode(solved.validated)
    return [
      try BundleFile(fileName, json: StoredSearch(solved, duration: duration)),
      BundleFile(StoredLinearNgrams.fileName, bytes: complete),
    ] + (validated == complete ? [] : [BundleFile(validatedFileName, bytes: validated)])
  }

  /// Nil for a checkpoint of a program that searched again.
  init?(_ checkpoint: TrainingCheckpoint) throws(StorageError) {
    guard checkpoint.bundle.contains(Self.fileName) else { return nil }
    self = try checkpoint.bundle.decode(Self.self, named: Self.fileName)
  }

  /// What the search came to.
  ///
  /// - Throws: `StorageError` where a file of it is not as it should be.
  func solved(
    _ checkpoint: TrainingCheckpoint, features: NgramFeatures, classes: Int, alphabet: Alphabet
  ) throws(StorageError) -> SolvedNgrams {
    let bundle = checkpoint.bundle
    func model(_ name: String) throws(StorageError) -> LinearNgrams {
      try StoredLinearNgrams.decode(
        bundle.safetensors(named: name), features: features, classes: classes, alphabet: alphabet)
    }
    let complete = try model(StoredLinearNgrams.fileName)
    let validated = bundle.contains(Self.validatedFileName) ? try model(Self.validatedFileName) : complete
    return SolvedNgrams(validated: validated, complete: complete, outcome: outcome)
  }
}
