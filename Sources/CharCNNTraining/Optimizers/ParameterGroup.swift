public import CharCNNNetworks

/// Parameters that come to their values in the same way.
public struct ParameterGroup: Sendable {
  /// The parameters.
  public var parameters: [Parameter]
  /// How they come to their values.
  public var training: PartTraining

  /// A group.
  public init(_ parameters: [Parameter], _ training: PartTraining) {
    self.parameters = parameters
    self.training = training
  }
}

/// How a part of a network comes to its values.
public enum PartTraining: Sendable {
  /// Step by step, from gradients.
  case steps(UpdateRule)
  /// At once, from the training examples, before the first step; see ``TrainingTask/fit(_:device:)``.
  case fitted
  /// They are those of the beginning, such as the vectors of a base.
  case frozen
}

/// How gradients change the parameters of a group in each step.
public enum UpdateRule: Sendable {
  /// By an optimizer that looks at every parameter.
  case dense(OptimizerKind, rate: HighestRate)
  /// Of tables, by plain gradient descent on the rows that the batch touched: started at zero it stays near the solution of
  /// least norm, where an adaptive method would give every rare row a full step. The decay is that of weights, which a row
  /// pays when it is touched.
  case rows(rate: HighestRate, decay: Float)
  /// Of tables, by Adam (Kingma & Ba 2015) on the rows that the batch touched, whose moments alone move: for rows that are vectors which
  /// layers read, where no scale of the gradients is known.
  case adamRows(rate: HighestRate)
}

/// The highest learning rate of a group, which follows the schedule of the run.
public struct HighestRate: Sendable, Hashable {
  /// The rate at the top of the schedule.
  public var value: Float
  /// The setting that it comes from.
  public var setting: String
  /// Rates to try where this one was too high, the highest first, as they are written.
  public var lower: [String]

  /// A rate and where it comes from.
  public init(_ value: Float, setting: String, lower: [String]) {
    self.value = value
    self.setting = setting
    self.lower = lower
  }

  /// The setting with the first of the lower rates that is at most half as high, or with the lowest.
  var advice: String {
    let chosen = lower.first { Float($0).map { $0 <= value / 2 } ?? false } ?? lower.last
    return chosen.map { "\(setting)=\($0)" } ?? setting
  }
}

extension TrainingSettings {
  /// The rule that the settings describe.
  public var rule: UpdateRule {
    .dense(
      optimizer,
      rate: HighestRate(rate ?? Self.usualRate, setting: "rate", lower: ["0.0005", "0.0001", "0.00002", "0.000004"]))
  }
}

extension ParameterLayout {
  /// The groups of a network whose parts learn in the usual way: what an optimizer updates by the settings' rule, what is
  /// fitted at once.
  ///
  /// - Parameters:
  ///   - settings: Name the optimizer and its rate.
  ///   - tables: How tables learn; nil for a network without one.
  public func groups(_ settings: TrainingSettings, tables rule: UpdateRule? = nil) -> [ParameterGroup] {
    var groups = [ParameterGroup(trained, .steps(settings.rule)), ParameterGroup(fitted, .fitted)]
    if let rule { groups.append(ParameterGroup(tables, .steps(rule))) }
    return groups.filter { !$0.parameters.isEmpty }
  }
}

extension [ParameterGroup] {
  /// The same groups with these parameters in none but a frozen one.
  public func freezing(_ names: Set<String>) -> [ParameterGroup] {
    if names.isEmpty { return self }
    var groups = self
    var frozen: [Parameter] = []
    for index in groups.indices {
      frozen += groups[index].parameters.filter { names.contains($0.name) }
      groups[index].parameters.removeAll { names.contains($0.name) }
    }
    return groups.filter { !$0.parameters.isEmpty } + [ParameterGroup(frozen, .frozen)]
  }
}
