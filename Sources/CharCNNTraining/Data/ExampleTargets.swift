package import CharCNNText

/// What is right of each training text where that is more than one class: shares of several classes (a soft label, what people or a larger model
/// are unsure about; Hinton 2015, "Distilling the Knowledge in a Neural Network"), and how much each text counts.
package struct ExampleTargets: Sendable {
  private var ends: [Int] = [0]
  private var classes: [Int32] = []
  private var shares: [Float] = []
  /// How much each text counts; 1 on average once ``normalized()``.
  private var weights: [Float] = []
  /// Whether some text has shares of several classes.
  package private(set) var isSoft = false

  /// No texts yet.
  package init() {}

  /// Number of texts.
  package var count: Int { weights.count }

  /// Whether texts count differently.
  package var hasWeights: Bool { weights.contains { $0 != weights[0] } }

  /// Adds a text; shares below 0 count as 0, and all of a text sum to 1.
  ///
  /// - Parameter example: The text, whose label is known.
  package mutating func append(_ example: LabeledText, in labels: LabelSet) {
    var own: [(label: Int32, share: Double)] = []
    for (label, share) in example.shares ?? [:] where share > 0 {
      if let number = labels.index(of: label) { own.append((number, share)) }
    }
    if own.isEmpty, let label = example.label.flatMap(labels.index) { own = [(label, 1)] }
    own.sort { $0.label < $1.label }
    let sum = own.reduce(0) { $0 + $1.share }
    for (label, share) in own {
      classes.append(label)
      shares.append(Float(share / sum))
    }
    if own.count > 1 { isSoft = true }
    ends.append(classes.count)
    weights.append(Float(example.weight ?? 1))
  }

  /// The same with weights that are 1 on average; nil where there is nothing but one class of each text, all counting the same.
  package func normalized() -> ExampleTargets? {
    guard isSoft || hasWeights else { return nil }
    var targets = self
    let sum = weights.reduce(0) { $0 + Double($1) }
    guard hasWeights, sum > 0 else {
      targets.weights = Array(repeating: 1, count: count)
      return targets
    }
    let factor = Double(count) / sum
    targets.weights = weights.map { Float(Double($0) * factor) }
    return targets
  }

  /// How much a text counts.
  package func weight(of text: Int) -> Float { weights[text] }

  /// Its classes, rising, with their shares.
  package func classes(of text: Int) -> [(label: Int32, share: Float)] {
    (ends[text]..<ends[text + 1]).map { (classes[$0], shares[$0]) }
  }

  /// The shares of all classes of a text.
  package func row(of text: Int, classes count: Int) -> [Float] {
    var row = [Float](repeating: 0, count: count)
    for (label, share) in classes(of: text) { row[Int(label)] = share }
    return row
  }
}
