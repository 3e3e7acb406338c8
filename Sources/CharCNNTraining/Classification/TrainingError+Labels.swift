extension TrainingError {
  /// All examples have the same label.
  public static func notEnoughClasses(path: String, label: String, isInMemory: Bool = false) -> TrainingError {
    .nothingToLearn(
      path: path,
      problem: "every example has the label \"\(label)\"",
      advice: "there must be at least two labels" + (isInMemory ? "" : ", or another column is the label (`label`)"))
  }

  /// All records are faulty and were left out.
  static func allFaulty(_ count: Int, _ what: String, path: String) -> TrainingError {
    .nothingToLearn(
      path: path,
      problem: "no text with a \(what) is left: \(count == 1 ? "the record is" : "all \(count) records are") faulty",
      advice: "read it without `skipsInvalid` to see what is wrong, or choose another column with `label`")
  }

  /// All examples have the weight 0.
  static func weightless(path: String) -> TrainingError {
    .nothingToLearn(
      path: path, problem: "every text has the weight 0, so that none counts",
      advice: "give those that count a weight above 0")
  }
}
