import CharCNNStorage
import CharCNNTraining

/// `history.json` of a model: what the epochs of its training came to.
struct StoredHistory: Codable {
  var epochs: [TrainingPosition.Epoch]

  /// Epochs of a file. A training of thousands of quick ones would make the file larger than the model.
  static let most = 200

  /// The history of a model: all epochs, or, of more than ``most``, about as many that are spread evenly, the best and the last one
  /// among them.
  init(_ all: [TrainingPosition.Epoch]) {
    let every = (all.count + Self.most - 1) / Self.most
    let best = all.lastIndex(where: \.isBest)
    epochs = all.indices.filter { ($0 + 1) % every == 0 || $0 == best || $0 == all.count - 1 }.map { all[$0] }
  }
}

/// What a model knows of its training.
protocol TrainingRecord {
  /// What the epochs came to; empty for n-grams alone and for models of earlier programs.
  var history: [TrainingPosition.Epoch] { get set }
  /// Where the model comes from; nil for models of earlier programs.
  var provenance: ModelBundle.Provenance? { get set }
}

extension OpenedModel {
  /// The record of a configuration with the history and the provenance of the bundle.
  ///
  /// - Throws: `StorageError` where they cannot be read.
  func completed<Record: TrainingRecord>(_ record: Record?) throws(StorageError) -> Record? {
    var record = record
    record?.provenance = try bundle.provenance()
    guard bundle.contains(ModelFileName.history) else { return record }
    record?.history = try bundle.decode(StoredHistory.self, named: ModelFileName.history).epochs
    return record
  }
}
