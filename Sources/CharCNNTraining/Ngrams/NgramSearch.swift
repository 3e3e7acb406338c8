internal import CharCNNCompute

/// How far the search for the weights of n-grams is.
package struct NgramSearchProgress: Sendable {
  /// The part of it that is done, 0 to 1, as the models that are left let expect.
  package var fraction: Double
  /// Passes over the texts.
  package var passes: Int
}

/// The two parts of a search.
package enum NgramSearchPart: Sendable {
  /// For the costs that answer held-out texts best.
  case costs
  /// For the models of these costs.
  case models
}

/// A search in two parts: adds up what both have done, and what is not optimal in the second.
final class NgramSearch {
  /// Somebody wants the search to end while costs are compared.
  struct Ended: Error {}

  private let check: @Sendable () throws -> Void
  private let isEnding: @Sendable (NgramSearchPart) -> Bool
  private let told: (NgramSearchProgress) -> Void
  private var part = NgramSearchPart.costs
  /// Models that will be looked for.
  private var planned = 0
  /// Models of parts that are done, and their passes.
  private var (done, passes) = (0, 0)
  private let unfinishedModels = Guarded(0)

  init(
    check: @escaping @Sendable () throws -> Void, isEnding: @escaping @Sendable (NgramSearchPart) -> Bool,
    told: @escaping (NgramSearchProgress) -> Void
  ) {
    self.check = check
    self.isEnding = isEnding
    self.told = told
  }

  /// Models of the last part that are further from the optimum than was asked for.
  var unfinished: Int { unfinishedModels.withLock { $0 } }

  /// Whether somebody wants an end, which is not taken back.
  var isOver: Bool { isEnding(.models) }

  /// What was not done, since somebody wanted an end.
  private(set) var omissions: [NgramOutcome.Omission] = []

  /// Says what is not done.
  func omit(_ omission: NgramOutcome.Omission) { omissions.append(omission) }

  /// Says that the models so far do not matter any more: others that are found from them take their places.
  func forgetUnfinished() { unfinishedModels.withLock { $0 = 0 } }

  /// Says that so many models more will be looked for.
  func plan(models: Int) { planned += models }

  /// Says that the models of the last part come now; what was planned for it was a guess.
  func beginLast(models: Int) {
    part = .models
    planned = done + models
  }

  /// As ``find(_:with:on:_:)`` while costs are compared.
  ///
  /// - Returns: False where somebody wants an end: what was handed over is not all.
  func findUnlessEnded(
    _ columns: [LinearColumn], with descent: CoordinateDescent, on device: CPUDevice,
    _ body: (CoordinateDescent.Block) -> Void
  ) throws -> Bool {
    do {
      try find(columns, with: descent, on: device, body)
      return true
    } catch is Ended {
      return false
    }
  }

  /// Finds models and hands them over, from any thread.
  ///
  /// - Throws: What the check throws; ``Ended`` where costs are compared and somebody wants it to end: there is nothing to keep.
  func find(
    _ columns: [LinearColumn], with descent: CoordinateDescent, on device: CPUDevice,
    _ body: (CoordinateDescent.Block) -> Void
  ) throws {
    let (check, isEnding, part) = (check, isEnding, part)
    let watch =
      part == .costs
      ? SearchWatch(check: {
        try check()
        if isEnding(.costs) { throw Ended() }
      }) : SearchWatch(check: check, isEnding: { isEnding(.models) })
    var latest = SearchProgress(models: 0, passes: 0)
    try descent.solve(
      columns, device: device, watch: watch,
      told: { progress in
        latest = progress
        told(
          NgramSearchProgress(
            fraction: min((Double(done) + progress.models) / Double(max(planned, 1)), 1),
            passes: passes + progress.passes))
      },
      { block in
        if part == .models { unfinishedModels.withLock { $0 += block.unfinished } }
        body(block)
      })
    done += columns.count
    passes += latest.passes
  }
}
