internal import CharCNNCompute
internal import CharCNNNetworks

/// What the groups of a run do in each of its steps.
final class GroupUpdates {
  /// A group that an optimizer updates.
  private struct Dense {
    let optimizer: any Optimizer
    let rate: HighestRate
    let names: Set<String>
  }

  /// A table of which steps update some rows.
  private struct Table {
    let gradient: SparseGradient
    let rate: HighestRate
    let decay: Float
    /// Of Adam; nil where the gradient is descended plainly.
    var moments: (first: DeviceMemory, second: DeviceMemory)?
  }

  private let layout: ParameterLayout
  private let settings: TrainingSettings
  /// Updates so far.
  private var count = 0
  private var dense: [Dense] = []
  private var tables: [Table] = []
  /// Whether something must be computed before the first step.
  let needsFitting: Bool
  /// Trained parameters that stay as they are.
  let still: [Parameter]
  /// Where the tables' gradients are left.
  let sparseGradients: [SparseGradient]

  /// The updates of groups.
  ///
  /// - Parameters:
  ///   - groups: Every parameter but state is in one of them; in a group of rows are tables only.
  ///   - layout: All parameters.
  ///   - settings: The optimizers' numbers.
  init(_ groups: [ParameterGroup], layout: ParameterLayout, settings: TrainingSettings) {
    self.layout = layout
    self.settings = settings
    let members = groups.flatMap { $0.parameters.map(\.name) }
    precondition(
      members.count == Set(members).count
        && Set(members).isSuperset(of: (layout.trained + layout.tables + layout.fitted).map(\.name)),
      "a parameter is in no group, or in two")
    for group in groups {
      guard case .steps(let rule) = group.training else { continue }
      switch rule {
      case .dense(let kind, let rate):
        dense.append(
          Dense(
            optimizer: kind.makeOptimizer(layout: layout, settings: settings), rate: rate,
            names: Set(group.parameters.map(\.name))))
      case .rows(let rate, let decay):
        tables += group.parameters.map { Table(gradient: SparseGradient(of: $0), rate: rate, decay: decay) }
      case .adamRows(let rate):
        tables += group.parameters.map {
          Table(
            gradient: SparseGradient(of: $0), rate: rate, decay: 0,
            moments: (DeviceMemory(count: $0.count), DeviceMemory(count: $0.count)))
        }
      }
    }
    for group in dense {
      group.optimizer.ranges = UpdateRanges(layout: layout) { group.names.contains($0.name) }
    }
    let moving = dense.reduce(into: Set<String>()) { $0.formUnion($1.names) }
    still = layout.trained.filter { !moving.contains($0.name) }
    sparseGradients = tables.map(\.gradient)
    needsFitting = groups.contains { if case .fitted = $0.training { true } else { false } }
  }

  /// One update of all groups.
  ///
  /// - Parameters:
  ///   - store: The parameters.
  ///   - gradients: Those of the trained values.
  ///   - height: Where the schedule stands, 0 to 1.
  ///   - gradientScale: Factor on the dense gradients, from clipping.
  ///   - examples: Size of the batch. The loss is a mean over it; times their number, each example moves its rows of a table
  ///     as far as it would alone, whatever the size of the batch.
  ///   - device: Does the arithmetic.
  func update(
    _ store: ParameterStore, gradients: DeviceMemory, height: Float, gradientScale: Float, examples: Int,
    device: any Device
  ) {
    for group in dense {
      group.optimizer.update(
        store, gradients: gradients, rate: group.rate.value * height, gradientScale: gradientScale, device: device)
    }
    store.restoreConstraints(device: device)
    count += 1
    for table in tables {
      guard let rows = table.gradient.rows, let gradients = table.gradient.gradients else { continue }
      let rate = table.rate.value * height
      if let (first, second) = table.moments {
        let parameter = table.gradient.table
        let (height, width) = (parameter.shape[0], parameter.shape[1])
        let step = AdamWStep(
          beta1: settings.beta1, beta2: settings.beta2, epsilon: 1e-8, rate: rate, weightDecay: 0,
          gradientScale: gradientScale, number: count)
        device.adamRows(
          step, table: store.tensor(parameter), rows: rows, gradients: gradients,
          moment1: first.tensor(at: 0, rows: height, columns: width),
          moment2: second.tensor(at: 0, rows: height, columns: width))
        continue
      }
      device.updateRows(
        store.tensor(table.gradient.table), rows: rows, gradients: gradients, rate: rate * Float(examples),
        keep: 1 - rate * table.decay)
    }
  }

  /// What the optimizers remember, with names for checkpoints.
  var state: [(name: String, memory: DeviceMemory)] {
    dense.enumerated().flatMap { number, group in
      group.optimizer.state.map { (name: number == 0 ? $0.name : "\(number).\($0.name)", memory: $0.memory) }
    }
      + tables.flatMap { table in
        table.moments.map { moments in
          let name = table.gradient.table.name
          return [("\(name).moment1", moments.first), ("\(name).moment2", moments.second)]
        } ?? []
      }
  }

  /// Goes on after so many updates.
  func resume(after updates: Int) {
    count = updates
    for group in dense { group.optimizer.updates = updates }
  }

  /// What may help where the loss is no number any more: settings that the groups have, below the present ones.
  var advice: String {
    "a lower rate (\((dense.map(\.rate) + tables.map(\.rate)).map { "`\($0.advice)`" }.joined(separator: " ")))"
  }
}
