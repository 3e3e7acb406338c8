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
  /// - Throws: `StorageError` that says which file is wrong and how.
  public func featureExtractor(threads: Int? = nil, instructions: InstructionSet = .best) throws
    -> any FeatureExtractor
  {
    try task().model.init(self, threads: threads, instructions: instructions)
  }
}
