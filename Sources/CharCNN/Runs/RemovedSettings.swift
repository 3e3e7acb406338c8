internal import CharCNNFiles
import CharCNNStorage

/// Settings that earlier programs had. Models that were trained with them open and answer as ever; a run that went on without them would
/// become another model.
struct RemovedSettings: Decodable {
  private struct Training: Decodable {
    var frozenLayers: Int?
    var layerDecay: Double?
    var unfreezing: Int?

    /// Those that are there.
    var names: [String] {
      let all = [
        ("frozenLayers", frozenLayers != nil), ("layerDecay", layerDecay != nil), ("unfreezing", unfreezing != nil),
      ]
      return all.filter(\.1).map(\.0)
    }
  }

  private struct Options: Decodable {
    var training: Training?
  }

  /// In a checkpoint.
  private var training: Training?
  /// In the run of a model.
  private var options: Options?

  /// Checks the description of a checkpoint, or of the run of a model.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: Where it is, for errors.
  /// - Throws: `StorageError` where it names a setting that is gone, and for a faulty file.
  static func check(_ bytes: [UInt8], path: String) throws(StorageError) {
    let removed = try CanonicalJSON.decode(Self.self, from: bytes, path: path)
    let names = (removed.training?.names ?? []) + (removed.options?.training?.names ?? [])
    guard let setting = names.first else { return }
    throw StorageError(
      .newerVersion, path: path, problem: "trains with \(setting), which this program no longer has",
      advice: "let the program do it that wrote it, or train anew without")
  }
}
