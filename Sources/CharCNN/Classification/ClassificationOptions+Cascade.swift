import CharCNNCompute
import CharCNNEvaluation
import CharCNNFiles
public import CharCNNNetworks
import CharCNNText
public import CharCNNTraining

extension TextClassifier {
  /// When the n-grams of a classifier answer alone.
  public typealias Cascade = NgramCascade
  /// What that brings, as a training tells it.
  public typealias CascadeReport = CharCNNTraining.CascadeReport
}

extension ClassificationOptions {
  /// Checks that there is what a cascade needs, as far as that does not depend on the data.
  ///
  /// - Throws: ``ConfigurationError`` that says what is missing.
  func validateCascade() throws(ConfigurationError) {
    guard cascade else { return }
    func refusal(_ problem: String, _ advice: String) -> ConfigurationError {
      ConfigurationError(setting: "cascade", problem: problem, advice: advice)
    }
    if !architecture.hasNetwork {
      throw refusal("needs a network beside the n-grams", "leave it out, or choose a network")
    }
    if !ngrams.isEnabled {
      throw refusal("needs n-grams beside the network", "leave it out, or add them: `ngrams=automatic`")
    }
    if ngrams.isTable {
      throw refusal(
        "needs n-grams that are solved, and a table learns in steps",
        "leave it out, or the settings of the table: `ngramTraining=solved`")
    }
    if text.chunkLength != nil {
      throw refusal(
        "cannot go with chunkLength: a text of chunks is judged by all of them together", "leave one of both out")
    }
  }
}

extension ClassificationTask {
  /// Looks for a cascade on the validation texts, and puts what it comes to into the summary.
  ///
  /// - Parameters:
  ///   - store: The parameters of the best epoch.
  ///   - device: Does the arithmetic.
  ///   - summary: Gets the measures with the cascade, or a line why there is none.
  ///   - isAbandoned: Whether nobody waits for it any more; there is none then.
  /// - Returns: The cascade; nil where there is none.
  /// - Throws: When a text cannot be read again.
  func addCascade(
    _ store: ParameterStore, device: any Device, to summary: inout TrainingSummary<ClassificationReport>,
    isAbandoned: () -> Bool
  ) throws -> NgramCascade? {
    let search: CascadeSearch
    do {
      search = try cascade(store, device: device) { if isAbandoned() { throw CancellationError() } }
    } catch is CancellationError {
      search = .none("the training was abandoned before it was looked for")
    }
    switch search {
    case .found(let cascade, let report, let comparison):
      summary.report = report
      summary.cascade = comparison
      return cascade
    case .none(let reason):
      summary.notes.append("no cascade: \(reason)")
      return nil
    }
  }
}

extension NgramCascade {
  /// It in a line, for people: `n-grams answer alone from a margin of 0.4321 on, 83.1 % of the validation texts`.
  public var summary: String {
    "n-grams answer alone from a margin of \(Decimals.rounded(threshold)) on, \(Decimals.rounded(100 * share, decimals: 1)) % of the validation texts"
  }
}
