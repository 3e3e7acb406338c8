public import CharCNNEvaluation

extension TrainingSummary<ClassificationReport> {
  /// Its accuracy on the validation data.
  public var accuracy: Double { report.accuracy }
}
