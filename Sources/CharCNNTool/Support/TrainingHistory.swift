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

  /// A line for each curve: `accuracy         ▁▄▆▇██▇  0.6120 to 0.9012, epoch 6 was kept`; none where there are less than
  /// three epochs.
  ///
  /// - Parameter columns: Characters of a curve at most.
  func curves(columns: Int = 40) -> [String] {
    guard epochs.count > 2 else { return [] }
    let best = epochs.last(where: \.isBest)?.epoch
    let measures = keys.filter { key in epochs.allSatisfy { $0.validation[key] != nil } }
    let curves =
      [("training loss", epochs.map(\.trainingLoss))]
      + (epochs.allSatisfy { $0.validation[Self.loss] != nil }
        ? [("validation loss", epochs.map { $0.validation[Self.loss] ?? 0 })] : [])
      + measures.map { key in (key, epochs.map { $0.validation[key] ?? 0 }) }
    let width = curves.map(\.0.count).max() ?? 0
    return curves.map { name, values in
      name + String(repeating: " ", count: width - name.count + 2) + Self.curve(values, columns: columns)
        + "  \(Numbers.fixed(values[0])) to \(Numbers.fixed(values[values.count - 1]))"
        + (name == curves[0].0 ? "" : Self.kept(best, of: epochs, values))
    }
  }

  private static func kept(_ best: Int?, of epochs: [TrainingPosition.Epoch], _ values: [Double]) -> String {
    guard let best, let place = epochs.lastIndex(where: { $0.epoch == best }) else { return "" }
    return ", kept: \(Numbers.fixed(values[place])) of epoch \(best)"
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
