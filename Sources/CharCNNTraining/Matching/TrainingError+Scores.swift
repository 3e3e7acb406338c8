extension TrainingError {
  /// All pairs have the same score.
  public static func oneScore(path: String, score: String, isInMemory: Bool = false) -> TrainingError {
    .nothingToLearn(
      path: path,
      problem: "every pair has the score \(score)",
      advice: "there must be at least two scores" + (isInMemory ? "" : ", or another column holds them (`label`)"))
  }
}
