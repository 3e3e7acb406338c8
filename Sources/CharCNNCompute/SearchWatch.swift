/// Whom a search for linear models asks on its way.
package struct SearchWatch: Sendable {
  /// Called before each pass over the examples, on several threads; what it throws ends the search without a result.
  package var check: @Sendable () throws -> Void
  /// Asked after each pass, on several threads. True ends the search with what there is: every model has had one pass then.
  package var isEnding: @Sendable () -> Bool

  /// By default nobody wants it to end.
  package init(
    check: @escaping @Sendable () throws -> Void = {}, isEnding: @escaping @Sendable () -> Bool = { false }
  ) {
    self.check = check
    self.isEnding = isEnding
  }
}

/// How far a search for linear models is.
package struct SearchProgress: Sendable {
  /// Models that were found, and parts of those that are being looked for.
  package var models: Double
  /// Passes over the examples, each by the models that are found side by side.
  package var passes: Int

  /// How far it is.
  package init(models: Double, passes: Int) {
    self.models = models
    self.passes = passes
  }
}

/// Adds up what several threads have done of a search.
final class SearchTally: Sendable {
  private struct State {
    var shares: [Double]
    var passes = 0
  }

  private let sizes: [Int]
  private let state: Guarded<State>

  /// - Parameter sizes: Number of models in each block.
  init(sizes: [Int]) {
    self.sizes = sizes
    state = Guarded(State(shares: Array(repeating: 0, count: sizes.count)))
  }

  /// Notes a pass of a block, and which part of its way it has gone.
  func pass(of block: Int, share: Double) {
    state.withLock {
      $0.passes += 1
      $0.shares[block] = share
    }
  }

  /// Notes that a block is done.
  func end(_ block: Int) { state.withLock { $0.shares[block] = 1 } }

  /// How far all are.
  var progress: SearchProgress {
    state.withLock { state in
      SearchProgress(
        models: zip(sizes, state.shares).reduce(0) { $0 + Double($1.0) * $1.1 }, passes: state.passes)
    }
  }
}
