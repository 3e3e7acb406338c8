public import CharCNNFiles
public import CharCNNTraining

/// Where a training leaves its state now and then, so that it can go on after an interruption.
public struct CheckpointOptions: Sendable, Hashable {
  /// A folder for this training alone; it is made. See ``TrainingCheckpoint`` for how a training goes on from it, and
  /// ``TrainingCheckpoint/remove(at:)`` for deleting it once the model is written.
  public var folder: String
  /// Time from one checkpoint to the next; a run that is shorter writes none. Zero for one after each step.
  public var interval: Duration
  /// Whether checkpoints of an earlier training may lie in the folder; otherwise they are an error. They are deleted when
  /// the first one of this training is written, so that a training that fails before costs nothing.
  public var overwrite: Bool
  /// Strings that every checkpoint carries for the program that wrote it, such as where the model should go.
  public var userInfo: [String: String]

  /// What became of a checkpoint, as a training tells it.
  public typealias Report = CheckpointReport

  /// Checkpoints in this folder, a path or a URL; one a minute.
  public init(
    folder: some FileLocation, interval: Duration = .seconds(60), overwrite: Bool = false,
    userInfo: [String: String] = [:]
  ) {
    self.folder = folder.filePath
    self.interval = interval
    self.overwrite = overwrite
    self.userInfo = userInfo
  }
}
