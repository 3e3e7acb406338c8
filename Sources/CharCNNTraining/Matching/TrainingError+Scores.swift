extension TrainingError {
  /// All pairs have the same score.
  public static func oneScore(path: String, score: String) -> TrainingError {
    .nothingToLearn(
      path: path,
      problem: "every pair has the score \(score)",
      advice: "there must be at least two scores, or another column holds them (`label`)")
  }
}
