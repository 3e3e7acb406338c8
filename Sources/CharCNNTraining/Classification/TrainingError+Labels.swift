extension TrainingError {
  /// All examples have the same label.
  public static func notEnoughClasses(path: String, label: String) -> TrainingError {
    .nothingToLearn(
      path: path,
      problem: "every example has the label \"\(label)\"",
      advice: "there must be at least two labels, or another column is the label (`label`)")
  }
}
