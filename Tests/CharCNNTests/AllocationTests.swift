import CAllocationCount
import CharCNN
import Testing

@Suite struct AllocationTests {
  /// What each step of a training on one thread asks the system for, from the end of the first epoch on, validations left
  /// out.
  private func allocations(_ options: ClassificationOptions, epochs: Int) throws -> [Int] {
    let log = Log()
    _ = try TextClassifier.train(
      on: Examples(ToyTexts.texts(400)), validation: Examples(ToyTexts.texts(30)), options: options,
      progress: { if case .epoch = $0 { log.endEpoch() } },
      isCancelled: {
        log.beginStep()
        return false
      })
    #expect(log.epochs == epochs)
    return log.steps
  }

  /// Used by the training thread alone.
  private final class Log: @unchecked Sendable {
    private(set) var epochs = 0
    private(set) var steps: [Int] = []
    private var before: Int?

    init() { steps.reserveCapacity(10_000) }

    func endEpoch() {
      epochs += 1
      before = nil
    }

    func beginStep() {
      let now = ck_test_allocation_count()
      if epochs > 0, let before { steps.append(now - before) }
      before = now
    }
  }

  @Test(
    .enabled(if: ck_test_allocation_count() >= 0),
    arguments: [
      ("gated", ["filters=16", "embedding=8", "blocks=2"], 0), ("gated", ["filters=16", "blocks=2", "ngrams=none"], 0),
      ("kim", ["maps=8", "embedding=8"], 0),
      ("zhang-small", ["widths=3,3", "poolings=2,1", "maps=8", "hidden=16", "length=40"], 0),
      // Its blocks keep what their backward pass needs in arrays.
      ("vdcnn-9", ["maps=8,16", "convolutions=2,2", "hidden=16", "kMax=2", "length=32"], 16),
    ])
  func `a step takes no memory from the system, or as little as known`(model: String, assignments: [String], most: Int)
    throws
  {
    var options = ClassificationOptions()
    try options.use(model: model)
    for assignment in assignments + ["epochs=4", "batchTexts=16", "minimumCount=1", "patience=none"] {
      try options.set(assignment)
    }
    options.threads = 1
    let steps = try allocations(options, epochs: 4)
    let sorted = steps.sorted()
    #expect(sorted[steps.count / 2] <= most, "all: \(steps.reduce(0, +)) in \(steps.count) steps")
  }
}
