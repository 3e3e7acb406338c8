#if Tool
internal import CharCNN
import CharCNNTraining

/// What the epochs of a training came to, as a table and as curves for people.
struct TrainingHistory {
  let epochs: [TrainingPosition.Epoch]

  private static let loss = "loss"
  private static let columns = ["epoch", "step", "trainingLoss", "validationLoss"]

  /// What every table begins with.
  static let beginning = columns.joined(separator: ",")

  /// Keys of the figures but the loss.
  private var keys: [String] { Set(epochs.flatMap(\.validation.keys)).subtracting([Self.loss]).sorted() }

  /// CSV with a header: epoch, step, trainingLoss, validationLoss, the figures of the task, isBest. What is not known is empty.
  var table: String {
    let header = Self.columns + keys + ["isBest"]
    let rows = epochs.map { epoch in
      ["\(epoch.epoch)", "\(epoch.step)", "\(epoch.trainingLoss)"]
        + ([Self.loss] + keys).map { key in epoch.validation[key].map { "\($0)" } ?? "" } + ["\(epoch.isBest)"]
    }
    return ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// A line for each curve, none where there are less than three epochs:
  ///
  /// ```
  /// training loss    █▅▄▃▂▂▁▁  1.6101 to 0.7016, epoch 7 is kept
  /// validation loss  █▆▅▅▄▂▁▁  0.3705 to 0.3647, kept: 0.3646
  /// ```
  ///
  /// - Parameter columns: Characters of a curve at most; with 24 a line fits into a terminal of eighty.
  func curves(columns: Int = 24) -> [String] {
    guard epochs.count > 2 else { return [] }
    let best = epochs.lastIndex(where: \.isBest)
    let named =
      [("training loss", epochs.map(\.trainingLoss))]
      + ([Self.loss] + keys).compactMap { key -> (String, [Double])? in
        let values = epochs.compactMap { $0.validation[key] }
        guard values.count == epochs.count else { return nil }
        return (key == Self.loss ? "validation loss" : key, values)
      }
    let width = named.map(\.0.count).max() ?? 0
    return named.enumerated().map { number, curve in
      let (name, values) = curve
      let kept = best.map {
        number == 0 ? ", epoch \(epochs[$0].epoch) is kept" : ", kept: \(Numbers.fixed(values[$0]))"
      }
      return name + String(repeating: " ", count: width - name.count + 2) + Self.curve(values, columns: columns)
        + "  \(Numbers.fixed(values[0])) to \(Numbers.fixed(values[values.count - 1]))" + (kept ?? "")
    }
  }

  /// Numbers as bars of eight heights; of more numbers than columns, the mean of those that share one.
  static func curve(_ values: [Double], columns: Int) -> String {
    let bars = Array("▁▂▃▄▅▆▇█")
    let count = min(values.count, columns)
    let means = (0..<count).map { column in
      let part = values[column * values.count / count..<(column + 1) * values.count / count]
      return part.reduce(0, +) / Double(part.count)
    }
    guard let least = means.min(), let most = means.max(), most > least else {
      return String(repeating: bars[0], count: count)
    }
    return String(means.map { bars[min(Int(($0 - least) / (most - least) * 8), 7)] })
  }
}
#endif
