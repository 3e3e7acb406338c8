extension TrainingError {
  /// All tokens have the same tag.
  public static func oneTag(path: String, tag: String, isInMemory: Bool = false) -> TrainingError {
    .nothingToLearn(
      path: path,
      problem: "every token has the tag \"\(tag)\"",
      advice: "there must be at least two tags" + (isInMemory ? "" : ", or another column holds them (`label`)"))
  }
}
