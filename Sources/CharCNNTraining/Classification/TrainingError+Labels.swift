extension TrainingError {
  /// All examples have the same label.
  public static func notEnoughClasses(path: String, label: String, isInMemory: Bool = false) -> TrainingError {
    .nothingToLearn(
      path: path,
      problem: "every example has the label \"\(label)\"",
      advice: "there must be at least two labels" + (isInMemory ? "" : ", or another column is the label (`label`)"))
  }
}
