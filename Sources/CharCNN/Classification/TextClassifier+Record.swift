public import CharCNNTraining

extension TextClassifier {
  /// What a model file remembers of its training. No times and no thread numbers: the same training gives the same bytes.
  public struct Record: Codable, Sendable, Hashable, TrainingRecord {
    /// The settings.
    public var settings: RunSettings
    /// Texts that it learned from.
    public var trainingExamples: Int
    /// Texts that chose the best epoch.
    public var validationExamples: Int
    /// Epochs done.
    public var epochs: Int
    /// Epoch of the kept model.
    public var bestEpoch: Int
    /// Accuracy on the validation texts.
    public var accuracy: Double
    /// Macro-averaged F1 on the validation texts.
    public var macroF1: Double
    /// Where a text may have several labels: the F1 score of all decisions on the validation texts, and ``accuracy`` is that of whole sets;
    /// nil otherwise.
    public var microF1: Double?
    /// What the epochs came to, from a file of their own, which has about 200 at most; empty for models of earlier programs and for n-grams alone.
    public var history: [TrainingPosition.Epoch] = []
    /// Where the model comes from, from a file of its own; nil for models of earlier programs.
    public var provenance: ModelBundle.Provenance?

    private enum CodingKeys: String, CodingKey {
      case settings, trainingExamples, validationExamples, epochs, bestEpoch, accuracy, macroF1, microF1
    }
  }
}
