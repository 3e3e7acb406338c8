import CharCNNToolkit
import Synchronization

extension TrainableModel {
  /// Trains with checkpoints until some were written, and ends with what the last of them has.
  static func stop(
    afterCheckpoints most: Int = 2, in folder: String, on examples: Examples<Example>, options: Options
  ) throws {
    var options = options
    options.checkpoint = CheckpointOptions(folder: folder, interval: .zero)
    var count = 0
    let isStopped = Atomic(false)
    _ = try train(
      on: examples, options: options,
      progress: { event in
        if case .checkpoint = event { count += 1 }
        if count >= most { isStopped.store(true, ordering: .relaxed) }
      }, isCancelled: { isStopped.load(ordering: .relaxed) })
  }
}
