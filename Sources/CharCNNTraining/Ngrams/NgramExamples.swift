/// The examples that n-grams learn from where texts have shares of several classes, or count differently: a text is one example for each of its
/// classes, which counts as much as the share.
struct NgramExamples {
  /// The text of each example.
  private(set) var rows: [UInt32] = []
  /// Its class, or the number of its labels.
  private(set) var labels: [Int32] = []
  /// How much it counts, above 0.
  private(set) var weights: [Float] = []

  /// - Parameters:
  ///   - targets: Shares and weights.
  ///   - texts: The training texts.
  ///   - known: Their classes, or the numbers of their labels.
  ///   - hasSeveral: Whether a text may have several labels, which are then learned as they are.
  ///   - balance: How much each text counts besides; nil where all count the same.
  init(
    _ targets: ExampleTargets, of texts: any TextCorpus, labels known: [Int32], hasSeveral: Bool,
    weights balance: [Float]?
  ) {
    for text in 0..<texts.count {
      let original = texts.original(of: text)
      let weight = targets.weight(of: original) * (balance?[text] ?? 1)
      let classes = hasSeveral ? [(label: known[text], share: Float(1))] : targets.classes(of: original)
      for (label, share) in classes where weight * share > 0 {
        rows.append(UInt32(text))
        labels.append(label)
        weights.append(weight * share)
      }
    }
  }
}
