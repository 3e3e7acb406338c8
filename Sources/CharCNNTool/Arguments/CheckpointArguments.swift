#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Where a training leaves its state, and which training to go on with.
struct CheckpointArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder for checkpoints; deleted once the model is written. (default: the output with .checkpoint added)",
      valueName: "folder"))
  var checkpoint: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Time from one checkpoint to the next; shorter runs write none, 0 writes one after each step. (default: 60s)",
      valueName: "time"),
    transform: { try DurationArgument(parsing: $0, atLeast: 0) })
  var checkpointEvery: DurationArgument?

  @Flag(help: "Write no checkpoints.")
  var noCheckpoint = false

  @Option(
    help: ArgumentHelp(
      "Go on with the interrupted training of this folder of checkpoints; it knows data, settings and output. Data that moved with it are found; others are said again, as an argument and with --validation.",
      valueName: "folder"))
  var resume: String?

  private static let defaultInterval = Duration.seconds(60)
  private static let output = "output"
  private static let overwrite = "overwrite"

  func validate() throws {
    if noCheckpoint, checkpoint != nil || checkpointEvery != nil {
      throw ValidationError("--no-checkpoint writes none; --checkpoint and --checkpoint-every cannot stand beside it")
    }
  }

  /// Whether anything but ``resume`` was said.
  var isGiven: Bool { checkpoint != nil || checkpointEvery != nil || noCheckpoint }

  /// Where a training that begins leaves checkpoints; nil for none.
  func options(output: String, overwrite: Bool, origin: ModelOrigin) throws -> CheckpointOptions? {
    if noCheckpoint { return nil }
    let bundle = Self.absolute(output)
    let folder = checkpoint ?? bundle + ".checkpoint"
    guard Self.absolute(folder) != bundle else {
      throw ValidationError("--checkpoint and --output must be different folders")
    }
    var userInfo = [Self.output: bundle]
    if overwrite { userInfo[Self.overwrite] = "true" }
    userInfo.merge(try origin.userInfo()) { own, _ in own }
    return CheckpointOptions(
      folder: folder, interval: checkpointEvery?.duration ?? Self.defaultInterval, overwrite: overwrite,
      userInfo: userInfo)
  }

  /// Refuses what a training of n-grams alone that are solved cannot do.
  func refuse() throws {
    if checkpoint != nil || checkpointEvery != nil {
      throw ValidationError(
        "a training of n-grams alone has no steps and writes no checkpoints; leave --checkpoint and --checkpoint-every out, or let them learn in steps: --set ngramTraining=steps"
      )
    }
  }

  /// Where the model of a training that goes on should be written, unless it is said again.
  static func destination(of checkpoint: TrainingCheckpoint) -> (output: String?, overwrite: Bool) {
    (checkpoint.userInfo[output].map(checkpoint.destination), checkpoint.userInfo[overwrite] != nil)
  }

  private static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
#endif
