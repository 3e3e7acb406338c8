/// Settings of `MatcherNetwork`. Every one can be changed by name (`charcnn train --task matching --set filters=128`).
public struct MatcherConfiguration: BodiedConfiguration {
  /// The embedding, the blocks, and the fully connected layers between the features and the output.
  public var gated = GatedConfiguration()
  /// Number of labels: two for the contrastive objective, one for a score.
  public var classes = 0
  /// What is learned of a pair.
  public var objective = MatchingObjective.classification
  /// Whether the order of the two texts must not matter; nil (`none`) chooses by the data: it matters only where there are
  /// more than two labels. The contrastive objective is symmetric in any case.
  public var symmetric: Bool?
  /// Of two labels the one of texts that match, which is the second output and the one that `f1` and scores speak of; nil
  /// (`none`) knows usual names by themselves. Not for scores or more labels.
  public var positive: String?
  /// Distance, 1 - cosine, from which texts that do not match are left alone (contrastive).
  public var margin: Float = 0.5
  /// Lowest score (regression); nil (`none`) for that of the training data.
  public var lowest: Float?
  /// Highest score (regression); nil (`none`) for that of the training data.
  public var highest: Float?
  /// Lengths of the hashed n-grams whose sum stands beside the pooled blocks in a text's vector; empty (`none`) for none.
  public var ngrams = [1, 2, 3]
  /// Logarithm of the number of rows of their table.
  public var ngramBits = 15
  /// Columns of that table.
  public var ngramWidth = 64
  /// Lengths of n-grams of which the share that both texts have is a feature; empty (`none`) for none. Contrastive
  /// matchers, which compare vectors alone, have no use for them.
  public var overlaps = [1, 2, 3]
  /// Rate at which n-grams are dropped.
  public var ngramDropout: Float = 0.3

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<MatcherConfiguration>] =
    body("alphabetSize")
    + [
      SettingKey("classes", \.classes),
      SettingKey("objective", \.objective),
      SettingKey("symmetric", \.symmetric),
      SettingKey("positive", \.positive),
      SettingKey("margin", \.margin),
      SettingKey("lowest", \.lowest),
      SettingKey("highest", \.highest),
    ]
    + body(
      "embedding", "filters", "widths", "blocks", "dilations", "nonlinearity", "normalization", "residual", "pooling",
      "poolingWidth", "poolingStride", "globalPooling")
    + [
      SettingKey("ngrams", \.ngrams),
      SettingKey("ngramBits", \.ngramBits),
      SettingKey("ngramWidth", \.ngramWidth),
      SettingKey("overlaps", \.overlaps),
    ]
    + body("hidden", "characterDropout")
    + [SettingKey("ngramDropout", \.ngramDropout)]
    + body("blockDropout", "dropout")

  /// The default settings.
  public init() {
    gated.classes = 2
    gated.blocks = 3
    gated.hidden = [128]
  }

  /// Checks that the settings make a network.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    try gated.validate(listed: settingNames, initial: Self().gated)
    switch objective {
    case .classification:
      try ConfigurationError.check((2...1_000_000).contains(classes), "classes", "must be 2 to 1000000, not \(classes)")
    case .contrastive:
      try ConfigurationError.check(
        classes == 2, "objective", "contrastive needs two labels, match or not; the data have \(classes)")
      try ConfigurationError.check(
        symmetric != false, "symmetric", "cannot be false with the contrastive objective, whose cosine has no order")
    case .regression:
      try ConfigurationError.check(classes == 1, "classes", "must be 1 for a score, not \(classes)")
    }
    try ConfigurationError.check(
      positive == nil || classes == 2, "positive",
      objective == .regression ? "is for labels, not for scores" : "is for two labels; the data have \(classes)")
    try ConfigurationError.check(margin > 0 && margin <= 2, "margin", "must be above 0 and at most 2, not \(margin)")
    for (name, bound) in [("lowest", lowest), ("highest", highest)] {
      if let bound {
        try ConfigurationError.check(abs(bound) <= 1e9, name, "must be -1e9 to 1e9, not \(bound)")
      }
    }
    if let lowest, let highest {
      try ConfigurationError.check(lowest < highest, "highest", "must be above lowest (\(lowest)), not \(highest)")
    }
    try ConfigurationError.check(ngrams, in: 1...16, count: 0...8, "ngrams")
    try ConfigurationError.check(
      Set(ngrams).count == ngrams.count, "ngrams", "must differ from one another, not \(ngrams)")
    try ConfigurationError.check((8...22).contains(ngramBits), "ngramBits", "must be 8 to 22, not \(ngramBits)")
    try ConfigurationError.check((1...1_024).contains(ngramWidth), "ngramWidth", "must be 1 to 1024, not \(ngramWidth)")
    try ConfigurationError.check(overlaps, in: 1...16, count: 0...8, "overlaps")
    try ConfigurationError.check(rate: ngramDropout, "ngramDropout")
  }

  /// The same with the choices made that the data decide.
  ///
  /// - Parameter scores: The lowest and the highest score of the training data.
  public func resolved(scores: ClosedRange<Float>?) -> MatcherConfiguration {
    var result = self
    result.symmetric = symmetric ?? (objective != .classification || classes <= 2)
    if objective == .regression, let scores {
      result.lowest = lowest ?? scores.lowerBound
      result.highest = highest ?? scores.upperBound
    } else {
      result.lowest = nil
      result.highest = nil
    }
    return result
  }

  /// Whether the order of the two texts does not matter.
  var isSymmetric: Bool { symmetric ?? (objective != .classification || classes <= 2) }

  /// The range of scores.
  public var range: ClosedRange<Double> {
    let (low, high) = (Double(lowest ?? 0), Double(highest ?? 1))
    return low < high ? low...high : low...low + 1
  }

  /// Takes over the body of another network: all that decides the shapes of its weights.
  package mutating func use(body: GatedConfiguration) {
    gated.use(blocksOf: body)
    gated.pooling = body.pooling
    gated.poolingWidth = body.poolingWidth
    gated.poolingStride = body.poolingStride
    gated.globalPooling = body.globalPooling
  }
}
