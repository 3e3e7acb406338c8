public import CharCNNCompute
public import CharCNNStorage

extension ModelBundle {
  /// Opens the model in the bundle, whatever its task, to take vectors from it.
  ///
  /// ```swift
  /// let extractor = try ModelBundle(contentsOf: "novels.charcnn").featureExtractor()
  /// ```
  ///
  /// - Parameters:
  ///   - threads: Number of threads; nil for one a core.
  ///   - instructions: Vector instructions.
  ///   - precision: What convolutions and dense products multiply.
  /// - Throws: `StorageError` that says which file is wrong and how, or that models of the task give no vectors.
  public func featureExtractor(
    threads: Int? = nil, instructions: InstructionSet = .best, precision: Precision = .single
  ) throws -> any FeatureExtractor {
    let task = try task()
    guard let model = task.model as? any (TrainedModel & FeatureExtractor).Type else {
      throw StorageError(
        .notABundle, path: path, problem: "is a model of the task \(task.rawValue), which gives no vectors",
        advice: "give a model of another task")
    }
    return try model.init(self, threads: threads, instructions: instructions, precision: precision)
  }
}
