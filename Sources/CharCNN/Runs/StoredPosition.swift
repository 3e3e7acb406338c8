import CharCNNEvaluation
import CharCNNTraining

/// `position.json` as it is written: the counters, and beside them how the best model so far did.
struct StoredPosition: Encodable {
  let position: TrainingPosition
  let report: (any ModelReport)?

  fileprivate enum CodingKeys: String, CodingKey {
    case bestReport
  }

  func encode(to encoder: any Encoder) throws {
    try position.encode(to: encoder)
    guard let report else { return }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try report.encode(to: container.superEncoder(forKey: .bestReport))
  }
}

/// How the best model so far did, read from `position.json`.
struct StoredReport<Report: ModelReport>: Decodable {
  /// Nil before the first epoch.
  let report: Report?

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: StoredPosition.CodingKeys.self)
    guard container.contains(.bestReport), try !container.decodeNil(forKey: .bestReport) else {
      report = nil
      return
    }
    // Early programs put some reports into an object with the name of the task as its only member.
    if let wrapped = try? container.decode([String: Report].self, forKey: .bestReport), wrapped.count == 1 {
      report = wrapped.values.first
    } else {
      report = try container.decode(Report.self, forKey: .bestReport)
    }
  }
}
