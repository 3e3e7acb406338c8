package import CharCNNNetworks

extension TrainingSettings {
  /// Settings of what is not a table: how its weights learn.
  private static let ofDenseWeights = ["optimizer", "rate", "weightDecay", "averaging"]

  /// One line each, where settings change nothing, since only a table learns.
  package func warnings(for layout: ParameterLayout) -> [String] {
    guard layout.trained.isEmpty, !layout.tables.isEmpty else { return [] }
    let usual = TrainingSettings()
    let idle = Self.ofDenseWeights.filter { name in
      name == "rate" ? rate != nil && rate != usual.rate : value(of: name) != usual.value(of: name)
    }
    return idle.isEmpty
      ? []
      : [
        "\(idle.joined(separator: ", ")): without effect, since only a table of n-grams learns, whose settings are `ngramRate` and `ngramDecay`"
      ]
  }
}
