import CharCNNNetworks

/// What labels are called, as texts.
enum LabelNames {
  /// A label in words: underscores and hyphens are spaces, and blanks that are too many are left out.
  static func inWords(_ label: String) -> String {
    trimmed(String(label.map { $0 == "_" || $0 == "-" ? " " : $0 }))
  }

  /// A name without blanks at its ends, and with one where there are several.
  static func trimmed(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Part of the words of labels that a base must know for them to say anything.
  private static let knownShare = 0.8

  /// Texts below which names bring much.
  static let fewTexts = 2_000

  /// Whether a base of vectors knows the words that labels are called by.
  static func areWords(_ labels: [String], of base: VectorBase) -> Bool {
    let words = labels.flatMap { inWords($0).split { !$0.isLetter }.map(String.init) }
    return words.count >= labels.count && base.knownShare(of: words) >= knownShare
  }
}

extension ClassificationOptions {
  /// Checks that the names of labels have something to be learned by.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  func validateLabelNames() throws(ConfigurationError) {
    guard labelNames, !ngrams.isEnabled || ngrams.isTable else { return }
    throw ConfigurationError(
      setting: "labelNames", problem: "needs n-grams that are solved, which learn from the names",
      advice: ngrams.isEnabled ? "leave out the settings of the table" : "leave out ngrams=none")
  }
}
