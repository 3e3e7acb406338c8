import CharCNNCompute
import CharCNNNetworks
import CharCNNText

extension BaseModel {
  /// Who starts from a base. The end of a network means something only for the same task and the same labels.
  enum Borrower {
    case classifier(LabelSet)
    case matcher
    case regressor
    case tagger(LabelSet)
  }

  /// Copies the body: every parameter by its name. Rows of characters that the base lacks stay random. The end of the
  /// network is copied where task and labels are the same, and starts anew otherwise.
  ///
  /// - Parameters:
  ///   - other: The parameters of the new network.
  ///   - borrower: What it is for.
  ///   - device: Holds its parameters.
  /// - Returns: One line each: what the user should know.
  /// - Throws: ``ConfigurationError`` where a parameter has another shape.
  func lend(to other: ParameterStore, of borrower: Borrower, device: any Device) throws -> [String] {
    let own = Dictionary(uniqueKeysWithValues: store.layout.all.map { ($0.name, $0) })
    let embeddings = other.layout.embeddingNames
    var copied = 0
    var missing: [String] = []
    for parameter in other.layout.trained + other.layout.state where lends(parameter, to: borrower) {
      guard let base = own[parameter.name] else {
        missing.append(parameter.name)
        continue
      }
      let values = store.read(base, device: self.device)
      if base.shape == parameter.shape {
        other.write(values, to: parameter, device: device)
      } else if embeddings.contains(parameter.name), base.shape[1...] == parameter.shape[1...],
        base.shape[0] < parameter.shape[0]
      {
        let all = other.read(parameter, device: device)
        other.write(values + all[values.count...], to: parameter, device: device)
      } else if parameter.part.isOfTask {
        continue
      } else {
        throw ConfigurationError(
          setting: "base",
          problem:
            "\(path) has a \(parameter.name) of \(base.shape), and the settings make one of \(parameter.shape)",
          advice: "leave out the setting that changes the body"
        )
      }
      copied += 1
    }
    guard copied > 0 else {
      throw ConfigurationError(setting: "base", problem: "\(path) has nothing that this network could start from")
    }
    if missing.isEmpty { return [] }
    return [
      "\(path) has no \(missing[0])\(missing.count > 1 ? " and \(missing.count - 1) more" : ""): they start at random"
    ]
  }

  /// Whether the base's parameter of the same name means the same. The tables of n-grams have one name in all tasks, and other
  /// hashes in each: only a tagger's serves another one.
  private func lends(_ parameter: Parameter, to borrower: Borrower) -> Bool {
    guard parameter.part.isOfTask else { return true }
    let isTable = parameter.part == .table
    return switch (task, borrower) {
    case (.classification, .classifier(let labels)): !isTable && labels == self.labels
    // A word tagger and a character tagger do not start from one another.
    case (.tagging, .tagger(let labels)): isTable || labels == self.labels
    default: false
    }
  }
}
