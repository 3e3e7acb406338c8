import CharCNNStorage
import CharCNNTraining

/// `history.json` of a model: what the epochs of its training came to.
struct StoredHistory: Codable {
  var epochs: [TrainingPosition.Epoch]
}

/// What a model knows of its training.
protocol TrainingRecord {
  /// What the epochs came to; empty for n-grams alone and for models of earlier programs.
  var history: [TrainingPosition.Epoch] { get set }
}

extension OpenedModel {
  /// The record of a configuration with the history of the bundle.
  ///
  /// - Throws: `StorageError` where the history cannot be read.
  func completed<Record: TrainingRecord>(_ record: Record?) throws(StorageError) -> Record? {
    guard bundle.contains(ModelFileName.history) else { return record }
    var record = record
    record?.history = try bundle.decode(StoredHistory.self, named: ModelFileName.history).epochs
    return record
  }
}
