internal import CharCNNFiles
import CharCNNStorage
import CharCNNText
import CharCNNTraining

extension TrainingRequest {
  /// Where the model of this training comes from.
  ///
  /// - Parameters:
  ///   - data: What the data are.
  ///   - inputs: What the run read.
  ///   - longest: Characters of a text that the model reads.
  ///   - result: What the training came to.
  /// - Throws: `StorageError` where the options cannot be written.
  func provenance(
    _ data: DataSummary, inputs: [RunInput], longest: Int, _ result: TrainingSummary<Model.Report>
  ) throws -> ModelBundle.Provenance {
    func digest(_ name: String) -> String? { inputs.first { $0.name == name }?.digest }
    var provenance = ModelBundle.Provenance()
    provenance.training = .init(
      name: names["training"], examples: data.trainingExamples, digest: digest("training"))
    provenance.validation = .init(
      name: names["validation"], examples: data.validationExamples, digest: digest("validation"))
    provenance.seed = options.training.seed
    provenance.metrics = Dictionary(result.report.measuredFigures.map { ($0.key, $0.value) }) { first, _ in first }
      .filter { $0.value.isFinite }
    provenance.limits = .init(
      longestText: longest, alphabet: data.alphabetSize, cutExamples: data.cutTexts, emptyExamples: data.emptyTexts,
      unseenLabels: data.unseenLabels)
    provenance.run = try StoredTraining.run(self, inputs: inputs)
    return provenance
  }

  /// Names of the files that the training began with: one that goes on makes the same model, whatever they are called now.
  var names: [String: String] {
    if let names = checkpoint?.run.names { return names }
    var names: [String: String] = [:]
    names["training"] = Self.name(of: examples)
    names["validation"] = validation.flatMap(Self.name)
    return names
  }

  /// The name of a file or folder, without where it is; nil for examples in memory.
  private static func name(of examples: Examples<Model.Example>) -> String? {
    examples.isInMemory ? nil : FilePath.parts(FilePath.absolute(examples.name)).last
  }
}
