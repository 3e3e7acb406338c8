internal import CharCNNEvaluation

extension TrainingPosition {
  /// What an epoch came to. It holds no times, so that the same run has the same epochs on any machine.
  public struct Epoch: Codable, Sendable, Hashable {
    /// Epoch, from 1.
    public var epoch: Int
    /// Updates up to its end.
    public var step: Int
    /// Mean training loss of the epoch, with dropout and label smoothing.
    public var trainingLoss: Double
    /// The figures on the validation data by their keys, such as `accuracy`, and the mean loss as `loss`.
    public var validation: [String: Double]
    /// Whether it was the best so far.
    public var isBest: Bool

    /// An epoch.
    public init(epoch: Int, step: Int, trainingLoss: Double, validation: [String: Double], isBest: Bool) {
      self.epoch = epoch
      self.step = step
      self.trainingLoss = trainingLoss
      self.validation = validation
      self.isBest = isBest
    }

    /// The epoch of a report. Figures that are no numbers are left out.
    init(_ report: EpochReport<some ModelReport>) {
      let figures = report.validation.figures.map { ($0.key, $0.value) } + [("loss", report.validation.loss ?? .nan)]
      self.init(
        epoch: report.epoch, step: report.step, trainingLoss: report.trainingLoss,
        validation: Dictionary(figures.filter { $0.1.isFinite }) { first, _ in first }, isBest: report.isBest)
    }

    var isPossible: Bool {
      epoch > 0 && step >= 0 && trainingLoss.isFinite && validation.values.allSatisfy(\.isFinite)
    }
  }
}
