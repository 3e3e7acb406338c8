/// The examples that n-grams learn from where texts have shares of several classes, or count differently: a text is one example for each of its
/// classes, which counts as much as the share.
struct NgramExamples {
  /// The text of each example.
  private(set) var rows: [UInt32] = []
  /// Its class, or the number of its labels.
  private(set) var labels: [Int32] = []
  /// How much it counts, above 0.
  private(set) var weights: [Float] = []
  /// The same where rare classes count as others do.
  private(set) var amounts: [Float] = []

  /// - Parameters:
  ///   - targets: Shares and weights.
  ///   - texts: The training texts.
  ///   - known: Their classes, or the numbers of their labels.
  ///   - hasSeveral: Whether a text may have several labels, which are then learned as they are.
  init(_ targets: ExampleTargets, of texts: any TextCorpus, labels known: [Int32], hasSeveral: Bool) {
    for text in 0..<texts.count {
      let original = texts.original(of: text)
      let weight = targets.weight(of: original)
      let classes = hasSeveral ? [(label: known[text], share: Float(1))] : targets.classes(of: original)
      for (label, share) in classes where weight * share > 0 {
        rows.append(UInt32(text))
        labels.append(label)
        amounts.append(weight * share)
      }
    }
    weights = amounts
  }

  /// Lets rare classes count more.
  ///
  /// - Parameter factors: What an example of each class counts besides.
  mutating func balance(_ factors: [Float]) {
    for place in weights.indices { weights[place] = amounts[place] * factors[Int(labels[place])] }
  }
}
