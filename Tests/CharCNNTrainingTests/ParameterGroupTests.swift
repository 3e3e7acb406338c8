import CharCNNCompute
import CharCNNEvaluation
import CharCNNNetworks
import CharCNNTraining
import Testing

/// Parts that learn in steps, parts that are fitted at once, and frozen ones, in training and after a kill.
@Suite struct ParameterGroupTests {
  private let device = CPUDevice(threads: 1)

  /// What a kill after a step would have left.
  private struct Kept {
    var position: TrainingPosition
    var report: ClassificationReport?
    var vectors: [String: [Float]]
  }

  private var settings: TrainingSettings {
    var settings = TrainingSettings()
    settings.batchTexts = 10
    settings.rate = 0.05
    settings.patience = nil
    return settings
  }

  private func store(_ task: ThreePartsTask) -> ParameterStore {
    ParameterStore(layout: task.parameters, seed: 3, device: device)
  }

  private func run(_ trainer: Trainer<ThreePartsTask>) throws -> (best: ParameterStore, kept: [Kept]) {
    var kept: [Kept] = []
    let keeper = StateKeeper(interval: .zero) { state in
      let vectors = state.vectors.map { ($0.name, device.read($0.memory.all)) }
      kept.append(
        Kept(
          position: state.position, report: state.report as? ClassificationReport,
          vectors: Dictionary(uniqueKeysWithValues: vectors)))
    }
    let (best, _) = try trainer.run(
      epochs: 3, timeLimit: nil, isCancelled: { false }, keeper: keeper, progress: { _ in })
    return (best, kept)
  }

  private func bits(_ store: ParameterStore) -> [[UInt32]] {
    store.layout.all.map { store.read($0, device: device).map(\.bitPattern) }
  }

  @Test func `steps change one part, the fit another, and the frozen one nothing`() throws {
    let task = ThreePartsTask()
    let initial = store(task)
    let fitted = store(task)
    task.fit(fitted, device: device)
    let (best, _) = try run(Trainer(task: task, store: store(task), settings: settings, device: device))
    func values(_ store: ParameterStore, _ parameter: Parameter) -> [Float] { store.read(parameter, device: device) }
    let (steps, counted, frozen) = (task.network.tables[0], task.network.tables[1], task.network.tables[2])
    #expect(values(best, steps) != values(initial, steps))
    #expect(values(best, counted) == values(fitted, counted) && values(best, counted) != values(initial, counted))
    #expect(values(best, task.network.rarity) == values(fitted, task.network.rarity))
    #expect(values(best, frozen) == values(initial, frozen))
  }

  @Test func `a run that was killed anywhere ends with the same bits and fits nothing again`() throws {
    let task = ThreePartsTask()
    let (best, kept) = try run(Trainer(task: task, store: store(task), settings: settings, device: device))
    #expect(task.fits == 1 && kept.count == 3 * 5)
    for state in kept {
      let task = ThreePartsTask()
      // The base of the frozen part may be gone: everything comes from the checkpoint.
      let trainer = Trainer(
        task: task, store: ParameterStore(layout: task.parameters), settings: settings, device: device)
      let isRestored = try trainer.restore(
        state.position, report: state.report, epochs: 3, holds: { state.vectors[$0] != nil },
        floats: { name, count in
          let vector = try #require(state.vectors[name])
          #expect(vector.count == count)
          return vector
        })
      #expect(isRestored)
      #expect(try bits(run(trainer).best) == bits(best))
      #expect(task.fits == 0)
    }
  }

  @Test func `what an earlier program did not store is fitted again`() throws {
    let task = ThreePartsTask()
    let (best, kept) = try run(Trainer(task: task, store: store(task), settings: settings, device: device))
    var state = kept[6]
    state.vectors["weights.fitted"] = nil
    let trainer = Trainer(task: task, store: store(task), settings: settings, device: device)
    _ = try trainer.restore(
      state.position, report: state.report, epochs: 3, holds: { state.vectors[$0] != nil },
      floats: { name, _ in try #require(state.vectors[name]) })
    #expect(try bits(run(trainer).best) == bits(best))
    #expect(task.fits == 2)
  }

  @Test func `groups of one network may have rates and optimizers of their own`() throws {
    let task = ThreePartsTask()
    let tables = task.network.tables
    func values(_ groups: [ParameterGroup]) throws -> [[Float]] {
      let trainer = Trainer(task: task, store: store(task), settings: settings, device: device, groups: groups)
      let (best, kept) = try run(trainer)
      #expect(Set(kept[0].vectors.keys).isSuperset(of: ["optimizer.moment1", "optimizer.moment2"]))
      return tables.map { best.read($0, device: device) }
    }
    let slow = UpdateRule.dense(.sgd, rate: HighestRate(1e-3, setting: "slow", lower: []))
    let fitted = ParameterGroup([task.network.rarity], .fitted)
    let first = ParameterGroup([tables[0]], .steps(settings.rule))
    let both = try values([first, ParameterGroup(Array(tables[1...]), .steps(slow)), fitted])
    let alone = try values([first, ParameterGroup(Array(tables[1...]), .frozen), fitted])
    #expect(both[1] != alone[1] && both[2] != alone[2])
    for (moved, still) in zip(both[2], alone[2]) { #expect(abs(moved - still) < 0.05) }
  }

  @Test func `freezing takes parameters out of their groups`() {
    let task = ThreePartsTask()
    let groups = task.groups(settings).freezing(["steps.weight"])
    #expect(groups.count == 3 && groups.flatMap(\.parameters).count == 4)
    let isFrozen = if case .frozen = groups[2].training { true } else { false }
    #expect(isFrozen)
    #expect(groups[2].parameters.map(\.name) == ["steps.weight"])
    #expect(task.groups(settings).freezing([]).count == 3)
  }

  @Test func `a run that diverges names the rates of its groups`() throws {
    let task = ThreePartsTask()
    let tables = task.network.tables
    let wild = UpdateRule.dense(.sgd, rate: HighestRate(4, setting: "wild", lower: ["3", "2", "1"]))
    let store = store(task)
    store.write(Array(repeating: .nan, count: 12), to: tables[0], device: device)
    let trainer = Trainer(
      task: task, store: store, settings: settings, device: device,
      groups: [
        ParameterGroup([tables[0]], .steps(settings.rule)), ParameterGroup(Array(tables[1...]), .steps(wild)),
        ParameterGroup([task.network.rarity], .frozen),
      ])
    let error = #expect(throws: TrainingError.self) { try run(trainer) }
    #expect(error == .notFinite(step: 1, epoch: 1, advice: "a lower rate (`rate=0.0005` `wild=2`)"))
  }
}
