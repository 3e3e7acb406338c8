/// What a matcher learns of a pair of texts.
#if hasAttribute(nonexhaustive)
@nonexhaustive
#endif
public enum MatchingObjective: String, SettingValue, CaseIterable {
  /// A label: cross entropy of fully connected layers on the pair's features.
  case classification
  /// Whether the texts match: their vectors come near one another or part (Hadsell 2006).
  case contrastive
  /// A score in a range: squared error of a sigmoid that is stretched over the range.
  case regression
}
