internal import CKernels

/// One linear model to find: what it should say of each example, and how much that counts.
package struct LinearColumn: Sendable {
  /// The target of an example: 1 or -1 with the squared hinge loss, any number with the squared error.
  package var target: @Sendable (_ example: Int) -> Float
  /// The cost C of examples with a target above 0.
  package var positiveCost: Float
  /// The cost C of the others.
  package var negativeCost: Float
  /// The group of examples that this model must not see; nil for none.
  package var held: UInt8?
  /// The square of the factor of each feature; nil for 1.
  package var squaredFactors: [Float]?
  /// The dual variables of a problem much like this one, which the search starts from: one for each example, with the sign of its
  /// target or 0, and 0 for those that are held out. Nil starts from 0.
  package var start: [Float]?
  /// The part above the optimum's value that is near enough for this model; nil for that of the search.
  package var precision: Double?

  /// A model of all examples with one cost.
  package init(
    cost: Float, held: UInt8? = nil, squaredFactors: [Float]? = nil,
    target: @escaping @Sendable (_ example: Int) -> Float
  ) {
    self.target = target
    positiveCost = cost
    negativeCost = cost
    self.held = held
    self.squaredFactors = squaredFactors
  }
}

/// The loss of a linear model.
package enum LinearLoss: Sendable {
  /// max(0, 1 - t m)^2 of the target t and the margin m: support vector machines.
  case squaredHinge
  /// (t - m)^2: ridge regression.
  case squaredError
}

/// Finds linear models of sparse rows: the weights w and the bias b that minimise 1/2 (|w|^2 + b^2) plus the sum of the
/// examples' losses times their costs (Hsieh 2008, "A dual coordinate descent method for large-scale linear SVM").
///
/// The problem is convex, and its dual problem tells how far the optimum is at most, so that the search ends where it is
/// near enough. Models are independent of each other and are found side by side; their bits depend on neither the
/// number of threads nor the instruction set.
package struct CoordinateDescent: Sendable {
  /// The texts.
  package let x: SparseRows
  /// The row of each example; nil where each row is one.
  package var rows: [UInt32]?
  /// How much each example counts, above 0; nil for 1.
  package var weights: [Float]?
  /// The group of each example; nil where none is ever held out.
  package var groups: [UInt8]?
  /// What is minimised.
  package var loss = LinearLoss.squaredHinge
  /// The search ends where the value is at most this part above the optimum's.
  package var precision = 1e-3
  /// Passes over the examples at most.
  package var mostPasses = 1_000
  /// Passes before the first look at the distance from the optimum, which reads all texts once more; nil takes 4, and 1 where all models start from
  /// others.
  package var firstPasses: Int?
  /// Whether the distance is looked at, so that the search ends where it is near enough; else it makes all its passes.
  package var measures = true
  /// Decides the order of the examples.
  package var seed: UInt64 = 1

  package init(_ x: SparseRows) { self.x = x }

  /// Number of examples.
  package var count: Int { rows?.count ?? x.count }

  /// Some models that were found side by side.
  package struct Block {
    /// The numbers of the models, rising.
    package let columns: [Int]
    /// Passes over the examples.
    package let passes: Int
    /// The value of each model, and what no model can go below; zeros where the distance is not looked at (``measures``).
    package let values: [(primal: Double, dual: Double)]
    /// Models that are not as near to the optimum as was asked for.
    package let unfinished: Int
    let problem: ck_descent
    let examples: Int
    let instructions: ck_instructions

    /// Whether all models are as near to the optimum as was asked for.
    package var isOptimal: Bool { unfinished == 0 }

    private var lanes: Int { problem.lanes }

    /// [features, models]: the weights, times the features' factors.
    package var weights: [Float] {
      let (lanes, models) = (lanes, columns.count)
      let features = (problem.bias - problem.w) / lanes
      return [Float](unsafeUninitializedCapacity: features * models) { weights, count in
        for feature in 0..<features {
          for lane in 0..<models { weights[feature * models + lane] = problem.w[feature * lanes + lane] }
        }
        count = features * models
      }
    }

    /// The dual variables of the examples: those of the first model, and so on.
    package var duals: [[Float]] {
      let lanes = lanes
      return columns.indices.map { place in (0..<examples).map { problem.dual[$0 * lanes + place] } }
    }

    /// The bias of each model.
    package var biases: [Float] { columns.indices.map { problem.bias[$0] } }

    /// What the models say of some rows.
    package func forEachMargin(
      of rows: some Sequence<Int>, _ body: (_ row: Int, _ column: Int, _ margin: Float) -> Void
    ) {
      var copy = problem
      var margins = [Float](repeating: 0, count: lanes)
      margins.withUnsafeMutableBufferPointer { margins in
        guard let base = margins.baseAddress else { return }
        for row in rows {
          margins.update(repeating: 0)
          ck_descent_margins(&copy, instructions, base - row * lanes, row, row + 1)
          for (place, column) in columns.enumerated() { body(row, column, base[place]) }
        }
      }
    }
  }

  /// Finds models and hands them over, a few at a time, from any thread.
  ///
  /// - Parameters:
  ///   - columns: The models to find.
  ///   - device: Its threads and instructions are used.
  ///   - watch: Asked before and after each pass over the examples.
  ///   - told: Receives how far the search is, on the thread that calls.
  ///   - body: Receives models; it runs on several threads at once.
  /// - Throws: What the watch's check throws.
  package func solve(
    _ columns: [LinearColumn], device: CPUDevice, watch: SearchWatch = SearchWatch(),
    told: (SearchProgress) -> Void = { _ in }, _ body: (Block) -> Void
  ) throws {
    guard !columns.isEmpty, count > 0 else { return }
    let failure = Guarded<(any Error)?>(nil)
    @Sendable func isGoingOn() -> Bool {
      // Where one thread was told to stop, all do.
      if failure.withLock({ $0 != nil }) { return false }
      do {
        try watch.check()
        return true
      } catch {
        failure.withLock { $0 = error }
        return false
      }
    }
    let blocks = Self.blocks(columns, threads: device.threadCount)
    withoutActuallyEscaping(body) { body in
      withoutActuallyEscaping(told) { told in
        device.pool.run(
          Job(
            descent: self, columns: columns, blocks: blocks, instructions: device.kernels.instructions,
            tally: SearchTally(sizes: blocks.map(\.count)), isGoingOn: isGoingOn, isEnding: watch.isEnding, told: told,
            body: body),
          items: blocks.count)
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
