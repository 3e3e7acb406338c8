internal import CKernels
internal import CharCNNFiles

extension CoordinateDescent {
  /// Passes over the examples before the first look at the distance from the optimum, and between two of them.
  private static let (usualFirstPasses, passesBetween) = (4, 2)
  /// Numbers of models that the kernels find side by side.
  private static let widths = [1, 4, 8, 16]

  /// Models that are found side by side at most.
  private static var widest: Int { 16 }

  /// Which models are found side by side. Those that take longest are first and last: threads take blocks from both ends.
  ///
  /// - Parameters:
  ///   - columns: The models.
  ///   - threads: Each of them has much the same to do where that is possible.
  static func blocks(_ columns: [LinearColumn], threads: Int) -> [[Int]] {
    func blocks(of models: [Int], _ number: Int) -> [[Int]] {
      (0..<number).map { Array(models[models.count * $0 / number..<models.count * ($0 + 1) / number]) }
    }
    func fewest(_ models: Int) -> Int { (models + widest - 1) / widest }
    let all = fewest(columns.count)
    let number = min((all + threads - 1) / threads * threads, columns.count)
    let scaled = columns.indices.filter { columns[$0].squaredFactors != nil }
    let plain = columns.indices.filter { columns[$0].squaredFactors == nil }
    // Models without factors are found sooner where no model beside them has some: they are set apart where that makes no more blocks.
    let ofScaled = min(max(number * scaled.count / columns.count, fewest(scaled.count)), scaled.count)
    let ofPlain = number - ofScaled
    guard ofPlain >= fewest(plain.count), ofPlain <= plain.count else {
      return blocks(of: Array(columns.indices), number)
    }
    let ordered = blocks(of: scaled, ofScaled) + blocks(of: plain, ofPlain)
    let (first, last) = (stride(from: 0, to: number, by: 2), stride(from: 1, to: number, by: 2))
    return first.map { ordered[$0] } + last.map { ordered[$0] }.reversed()
  }

  struct Job: PoolJob {
    let descent: CoordinateDescent
    let columns: [LinearColumn]
    /// The models of each block.
    let blocks: [[Int]]
    let instructions: ck_instructions
    let tally: SearchTally
    let isGoingOn: @Sendable () -> Bool
    let isEnding: @Sendable () -> Bool
    let told: (SearchProgress) -> Void
    let body: (Block) -> Void

    func run(item: Int, worker: Int) {
      var share = 0.0
      descent.solve(blocks[item], self) { gap in
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
  private func solve(_ block: [Int], _ job: Job, passed: (_ gap: Double?) -> Void) {
    let lanes = Self.widths.first { $0 >= block.count } ?? Self.widest
    let state = State(block.map { job.columns[$0] }, lanes: lanes, descent: self)
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
            &problem, block,
            firstPasses: firstPasses ?? (job.columns.contains { $0.start == nil } ? Self.usualFirstPasses : 1), job,
            passed: passed)
        }
      }
    }
    withExtendedLifetime(state) {}
  }

  private func search(
    _ problem: inout ck_descent, _ columns: [Int], firstPasses: Int, _ job: Job, passed: (_ gap: Double?) -> Void
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
      for _ in 0..<min(passes == 0 ? firstPasses : Self.passesBetween, mostPasses - passes) where !isEnded {
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
      guard measures else { continue }
      ck_descent_values(&problem, job.instructions, count, &primal, &dual)
      var largest = 0.0
      for (lane, column) in columns.enumerated() {
        let distance = primal[lane] - dual[lane]
        let near = job.columns[column].precision ?? precision
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
    private let targets: DeviceMemory
    private let scales: DeviceMemory?
    private let costs: DeviceMemory
    private let held: UnsafeMutablePointer<Int32>
    private let w: DeviceMemory
    private let dual: DeviceMemory
    private let squareMemory: DeviceMemory
    private let resting: UnsafeMutablePointer<UInt16>
    private let rows: UnsafeMutablePointer<UInt32>?
    private let weights: UnsafeMutablePointer<Float>?
    private let groups: UnsafeMutablePointer<UInt8>?
    private let lanes: Int
    private let featureCount: Int

    init(_ columns: [LinearColumn], lanes: Int, descent: CoordinateDescent) {
      let count = descent.count
      let features = descent.x.featureCount
      self.lanes = lanes
      featureCount = features
      /// Their rows begin with a line of the cache where they are as long as one: none is read in two halves.
      func floats(_ count: Int, _ value: Float) -> DeviceMemory {
        let memory = DeviceMemory(count: count)
        if value != 0 { memory.all.base.update(repeating: value, count: count) }
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
      squareMemory = floats(hasScales ? count * lanes : count, 0)
      resting = .allocate(capacity: max(count, 1))
      resting.initialize(repeating: 0, count: max(count, 1))
      rows = copy(descent.rows)
      weights = copy(descent.weights)
      groups = copy(descent.groups)
      let (targets, dual, costs) = (targets.all.base, dual.all.base, costs.all.base)
      for (lane, column) in columns.enumerated() {
        for example in 0..<count { targets[example * lanes + lane] = column.target(example) }
        if let start = column.start {
          for example in 0..<count { dual[example * lanes + lane] = start[example] }
        }
        costs[lane] = 1 / (2 * column.positiveCost)
        costs[lanes + lane] = 1 / (2 * column.negativeCost)
        held[lane] = column.held.map(Int32.init) ?? -1
      }
      if let scales { Self.write(columns, to: scales.all.base, features: features, lanes: lanes) }
    }

    /// Writes the factors of all columns, some features at a time, so that what lies side by side is written together.
    private static func write(
      _ columns: [LinearColumn], to scales: UnsafeMutablePointer<Float>, features: Int, lanes: Int
    ) {
      let tile = 1_024
      for first in stride(from: 0, to: features, by: tile) {
        for (lane, column) in columns.enumerated() {
          guard let factors = column.squaredFactors else { continue }
          for feature in first..<min(first + tile, features) { scales[feature * lanes + lane] = factors[feature] }
        }
      }
    }

    /// The squared length of each example.
    var squares: UnsafeMutablePointer<Float> { squareMemory.all.base }

    var problem: ck_descent {
      let (costs, w) = (costs.all.base, w.all.base)
      var problem = ck_descent()
      problem.lanes = lanes
      problem.rows = UnsafePointer(rows)
      problem.weights = UnsafePointer(weights)
      problem.groups = UnsafePointer(groups)
      problem.targets = UnsafePointer(targets.all.base)
      problem.scales = (scales?.all.base).map { UnsafePointer($0) }
      problem.positive = UnsafePointer(costs)
      problem.negative = UnsafePointer(costs + lanes)
      problem.held = UnsafePointer(held)
      problem.w = w
      problem.bias = w + featureCount * lanes
      problem.dual = dual.all.base
      problem.squares = UnsafePointer(squares)
      problem.resting = resting
      return problem
    }

    deinit {
      held.deallocate()
      resting.deallocate()
      rows?.deallocate()
      weights?.deallocate()
      groups?.deallocate()
    }
  }
}
