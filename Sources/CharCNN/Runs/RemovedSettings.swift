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

  private var training: Training?

  /// Checks the description of a checkpoint.
  ///
  /// - Throws: `StorageError` where it names a setting that is gone, and for a faulty file.
  static func check(_ bundle: ModelBundle, named name: String) throws(StorageError) {
    guard let setting = try bundle.decode(Self.self, named: name).training?.names.first else { return }
    throw StorageError(
      .newerVersion, path: "\(bundle.path)/\(name)",
      problem: "trains with \(setting), which this program no longer has",
      advice: "finish it with the program that began it, or train anew without")
  }
}
