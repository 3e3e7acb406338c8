extension TrainingError {
  /// All pairs have the same score.
  public static func oneScore(path: String, score: String, isInMemory: Bool = false) -> TrainingError {
    oneScore(path: path, score: score, of: "pair", isInMemory: isInMemory)
  }

  /// All examples have the same score.
  ///
  /// - Parameter unit: What an example is called.
  package static func oneScore(path: String, score: String, of unit: String, isInMemory: Bool) -> TrainingError {
    .nothingToLearn(
      path: path,
      problem: "every \(unit) has the score \(score)",
      advice: "there must be at least two scores" + (isInMemory ? "" : ", or another column holds them (`label`)"))
  }
}
