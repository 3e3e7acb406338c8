internal import CharCNNFiles

/// What there is to say about a tagger after it was run on tagged sentences.
///
/// As JSON, the names of the members are the names of the properties; values that are nil are left out.
public struct TaggingReport: Codable, Equatable, Sendable {
  /// The harmonic mean of ``spanPrecision`` and ``spanRecall``. Where tags mark no spans every token is one, and all three
  /// are the accuracy.
  public let spanF1: Double
  /// Of the predicted spans, the share that are right: the same tokens and the same type.
  public let spanPrecision: Double
  /// Of the actual spans, the share that were found.
  public let spanRecall: Double
  /// The share of tokens with the right tag; 0 if there are none.
  public let accuracy: Double
  /// How many tokens there were.
  public let tokens: Int
  /// How many sentences there were.
  public let sentences: Int
  /// The share of sentences without a wrong tag; 0 if there are none.
  public let sentenceAccuracy: Double
  /// The mean negative log-likelihood of a token in nats; nil if it is not known or not finite.
  public let loss: Double?
  /// The scores of each type of span, most frequent first.
  public let types: [LabelScore]
  /// The pairs of tags mixed up most often, at most 20.
  public let mostConfused: [Confusion]
  /// How many tokens had a tag that the model does not know, by tag. Each of them counts as an error.
  public let unseenTags: [String: Int]
  /// How the tagger differs from another one; nil where there is none to compare it with.
  public internal(set) var comparison: Comparison?
  /// What is left when characters go wrong; nil where that was not measured.
  public internal(set) var robustness: Robustness?
}

extension TaggingReport {
  /// The report as text for people: the summary, a table of the types, and what is mixed up with what.
  public func table() -> String {
    var summary = [
      ["sentences", String(sentences)], ["tokens", String(tokens)], ["span F1", Decimals.rounded(spanF1)],
    ]
    summary += [["span precision", Decimals.rounded(spanPrecision)], ["span recall", Decimals.rounded(spanRecall)]]
    summary += [["accuracy", Decimals.rounded(accuracy)], ["sentence accuracy", Decimals.rounded(sentenceAccuracy)]]
    if let loss { summary.append(["loss", Decimals.rounded(loss)]) }
    var parts = [TextTable(rows: summary).text()]
    if !types.isEmpty {
      let rows = types.map { score in
        [
          score.label.isEmpty ? "(no type)" : score.label, Decimals.rounded(score.precision),
          Decimals.rounded(score.recall), Decimals.rounded(score.f1),
          String(score.support),
        ]
      }
      parts.append(TextTable(rows: [["type", "precision", "recall", "F1", "spans"]] + rows).text())
    }
    if !mostConfused.isEmpty {
      let rows = mostConfused.prefix(12).map { [$0.actual, $0.predicted, String($0.count)] }
      parts.append(TextTable(rows: [["actual", "predicted", "confused"]] + rows, leftColumns: 2).text())
    }
    if !unseenTags.isEmpty {
      let rows = unseenTags.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { [$0.key, String($0.value)] }
      parts.append(TextTable(rows: [["tag not in training", "tokens"]] + rows).text())
    }
    return parts.joined(separator: "\n")
  }
}
