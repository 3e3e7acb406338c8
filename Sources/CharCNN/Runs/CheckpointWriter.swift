import CharCNNCompute
import CharCNNStorage
import CharCNNTraining

/// Writes the checkpoints of one run.
final class CheckpointWriter {
  private let folder: CheckpointFolder
  private let interval: Duration
  /// What is the same in all of them.
  private let files: [BundleFile]
  private let device: any Device
  private var newest: Int?

  /// A writer.
  ///
  /// - Parameters:
  ///   - folder: Where to.
  ///   - newest: Number of the checkpoint that the run goes on from.
  ///   - interval: Time from one checkpoint to the next.
  ///   - files: What is the same in all of them.
  ///   - device: Holds the run's vectors.
  init(folder: CheckpointFolder, newest: Int?, interval: Duration, files: [BundleFile], device: any Device) {
    self.folder = folder
    self.newest = newest
    self.interval = interval
    self.files = files
    self.device = device
  }

  /// What the trainer calls.
  var keeper: StateKeeper { StateKeeper(interval: interval, write: write) }

  private func write(_ state: TrainingState) throws(StorageError) {
    var vectors = SafetensorsWriter()
    for (name, memory) in state.vectors {
      try vectors.add(name, shape: [memory.count], device.read(memory.all))
    }
    newest = try folder.write(
      files + [
        BundleFile(
          TrainingCheckpoint.FileName.position, json: StoredPosition(position: state.position, report: state.report)),
        BundleFile(TrainingCheckpoint.FileName.vectors, bytes: vectors.bytes()),
      ], keeping: newest)
  }
}
