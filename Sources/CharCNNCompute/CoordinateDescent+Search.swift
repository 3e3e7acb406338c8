internal import CKernels
internal import CharCNNFiles

extension CoordinateDescent {
  /// Passes over the examples before the first look at the distance from the optimum, and between two of them: a look costs about
  /// half a pass.
  private static let (firstPasses, passesBetween) = (4, 2)
  /// Numbers of models that the kernels find side by side.
  private static let widths = [1, 4, 8, 16]

  /// Models that are found side by side at most.
  static var widest: Int { 16 }

  struct Job: PoolJob {
    let descent: CoordinateDescent
    let columns: [LinearColumn]
    let perBlock: Int
    let instructions: ck_instructions
    let tally: SearchTally
    let isGoingOn: @Sendable () -> Bool
    let isEnding: @Sendable () -> Bool
    let told: (SearchProgress) -> Void
    let body: (Block) -> Void

    func run(item: Int, worker: Int) {
      let range = item * perBlock..<min(columns.count, (item + 1) * perBlock)
      var share = 0.0
      descent.solve(columns[range], self) { gap in
        share = gap.map { descent.way(to: $0) } ?? share
        tally.pass(of: item, share: share)
        // The first worker is the thread that calls.
        if worker == 0 { told(tally.progress) }
      }
      tally.end(item)
      if worker == 0 { told(tally.progress) }
    }
  }

  /// The part of the way to the optimum that is gone: the distance falls by about the same factor in each pass.
  fileprivate func way(to gap: Double) -> Double {
    guard gap > 0 else { return 1 }
    guard precision > 0, precision < 1 else { return 0 }
    return min(max(exactLogarithm(gap) / exactLogarithm(precision), 0), 1)
  }

  /// - Parameter passed: Called after each pass, with the largest distance from the optimum where it was measured.
  private func solve(_ columns: ArraySlice<LinearColumn>, _ job: Job, passed: (_ gap: Double?) -> Void) {
    let lanes = Self.widths.first { $0 >= columns.count } ?? Self.widest
    let state = State(columns, lanes: lanes, descent: self)
    x.offsets.withUnsafeBufferPointer { offsets in
      x.features.withUnsafeBufferPointer { features in
        x.values.withUnsafeBufferPointer { values in
          var problem = state.problem
          problem.x = ck_sparse_rows(
            offsets: UnsafeRawPointer(offsets.baseAddress!).assumingMemoryBound(to: Int.self),
            features: features.baseAddress, values: values.baseAddress)
          problem.is_hinge = loss == .squaredHinge ? 1 : 0
          ck_descent_begin(&problem, job.instructions, count, state.squares)
          search(
            &problem, columns.indices, firstPasses: job.columns.contains { $0.start == nil } ? Self.firstPasses : 1,
            job,
            passed: passed)
        }
      }
    }
    withExtendedLifetime(state) {}
  }

  private func search(
    _ problem: inout ck_descent, _ columns: Range<Int>, firstPasses: Int, _ job: Job, passed: (_ gap: Double?) -> Void
  ) {
    let lanes = problem.lanes
    var active = [Int32](repeating: 0, count: lanes)
    for lane in 0..<columns.count { active[lane] = -1 }
    var order = [UInt32](repeating: 0, count: count)
    var primal = [Double](repeating: 0, count: lanes)
    var dual = primal
    var passes = 0
    var gap: Double?
    var isEnded = false
    var bounds = [Float](repeating: .infinity, count: lanes)
    while passes < mostPasses, active.contains(-1), !isEnded {
      problem.resting.update(repeating: 0, count: count)
      for _ in 0..<(passes == 0 ? firstPasses : Self.passesBetween) where !isEnded {
        guard job.isGoingOn() else { return }
        for example in 0..<count { order[example] = UInt32(example) }
        var stream = RandomStream(key: Randomness(seed: seed, step: UInt64(passes)).key(.shuffle))
        order.shuffle(using: &stream)
        var violations = bounds
        ck_descend(&problem, job.instructions, order, count, active, bounds, &violations)
        bounds = violations
        passes += 1
        isEnded = job.isEnding()
        passed(gap)
        gap = nil
      }
      ck_descent_values(&problem, job.instructions, count, &primal, &dual)
      var largest = 0.0
      for lane in 0..<columns.count {
        let distance = primal[lane] - dual[lane]
        let near = job.columns[columns.lowerBound + lane].precision ?? precision
        if distance <= near * primal[lane] { active[lane] = 0 }
        if active[lane] != 0 { largest = max(largest, distance / primal[lane]) }
      }
      gap = largest
    }
    job.body(
      Block(
        columns: columns, passes: passes, values: (0..<columns.count).map { (primal[$0], dual[$0]) },
        unfinished: active.count { $0 != 0 }, problem: problem, examples: count,
        instructions: job.instructions))
  }

  /// The arrays of some models.
  private final class State {
    let targets: UnsafeMutablePointer<Float>
    let scales: UnsafeMutablePointer<Float>?
    let costs: UnsafeMutablePointer<Float>
    let held: UnsafeMutablePointer<Int32>
    let w: UnsafeMutablePointer<Float>
    let dual: UnsafeMutablePointer<Float>
    let squares: UnsafeMutablePointer<Float>
    let resting: UnsafeMutablePointer<UInt16>
    let rows: UnsafeMutablePointer<UInt32>?
    let weights: UnsafeMutablePointer<Float>?
    let groups: UnsafeMutablePointer<UInt8>?
    let lanes: Int
    let featureCount: Int

    init(_ columns: ArraySlice<LinearColumn>, lanes: Int, descent: CoordinateDescent) {
      let count = descent.count
      let features = descent.x.featureCount
      self.lanes = lanes
      featureCount = features
      func floats(_ count: Int, _ value: Float) -> UnsafeMutablePointer<Float> {
        let memory = UnsafeMutablePointer<Float>.allocate(capacity: max(count, 1))
        memory.initialize(repeating: value, count: max(count, 1))
        return memory
      }
      func copy<Element>(_ array: [Element]?) -> UnsafeMutablePointer<Element>? {
        guard let array else { return nil }
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(array.count, 1))
        memory.initialize(from: array, count: array.count)
        return memory
      }
      targets = floats(count * lanes, 1)
      let hasScales = columns.contains { $0.squaredFactors != nil }
      scales = hasScales ? floats(features * lanes, 1) : nil
      costs = floats(2 * lanes, 1)
      held = .allocate(capacity: lanes)
      held.initialize(repeating: -1, count: lanes)
      w = floats((features + 1) * lanes, 0)
      dual = floats(count * lanes, 0)
      squares = floats(hasScales ? count * lanes : count, 0)
      resting = .allocate(capacity: max(count, 1))
      resting.initialize(repeating: 0, count: max(count, 1))
      rows = copy(descent.rows)
      weights = copy(descent.weights)
      groups = copy(descent.groups)
      for (lane, column) in columns.enumerated() {
        for example in 0..<count { targets[example * lanes + lane] = column.target(example) }
        if let start = column.start {
          for example in 0..<count { dual[example * lanes + lane] = start[example] }
        }
        costs[lane] = 1 / (2 * column.positiveCost)
        costs[lanes + lane] = 1 / (2 * column.negativeCost)
        held[lane] = column.held.map(Int32.init) ?? -1
      }
      if let scales { Self.write(columns, to: scales, features: features, lanes: lanes) }
    }

    /// Writes the factors of all columns, some features at a time, so that what lies side by side is written together.
    private static func write(
      _ columns: ArraySlice<LinearColumn>, to scales: UnsafeMutablePointer<Float>, features: Int, lanes: Int
    ) {
      let tile = 1_024
      for first in stride(from: 0, to: features, by: tile) {
        for (lane, column) in columns.enumerated() {
          guard let factors = column.squaredFactors else { continue }
          for feature in first..<min(first + tile, features) { scales[feature * lanes + lane] = factors[feature] }
        }
      }
    }

    var problem: ck_descent {
      var problem = ck_descent()
      problem.lanes = lanes
      problem.rows = UnsafePointer(rows)
      problem.weights = UnsafePointer(weights)
      problem.groups = UnsafePointer(groups)
      problem.targets = UnsafePointer(targets)
      problem.scales = UnsafePointer(scales)
      problem.positive = UnsafePointer(costs)
      problem.negative = UnsafePointer(costs + lanes)
      problem.held = UnsafePointer(held)
      problem.w = w
      problem.bias = w + featureCount * lanes
      problem.dual = dual
      problem.squares = UnsafePointer(squares)
      problem.resting = resting
      return problem
    }

    deinit {
      targets.deallocate()
      scales?.deallocate()
      costs.deallocate()
      held.deallocate()
      w.deallocate()
      dual.deallocate()
      squares.deallocate()
      resting.deallocate()
      rows?.deallocate()
      weights?.deallocate()
      groups?.deallocate()
    }
  }
}
