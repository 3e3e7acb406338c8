extension TrainingSettings {
  /// How the paper of a published network trained it; for others the default settings. The rate of `gated` depends on what stands beside it.
  ///
  /// What a paper leaves open stays at the default, except what it would have named: label smoothing, clipping, averaging
  /// and weight decay are off.
  ///
  /// - Parameter model: Name of a preset: its family is what precedes the first hyphen.
  public static func recipe(for model: String) -> TrainingSettings {
    switch model.split(separator: "-").first {
    case "kim": .kim
    case "zhang": .zhang
    case "vdcnn": .vdcnn
    default: model == "gated" || model == "ngrams" ? .gated : TrainingSettings()
    }
  }

  /// The default of classifiers.
  private static var gated: TrainingSettings {
    var settings = TrainingSettings()
    settings.rate = nil
    return settings
  }

  /// What papers of those years did without.
  private static var plain: TrainingSettings {
    var settings = TrainingSettings()
    settings.warmup = 0
    settings.weightDecay = 0
    settings.clip = nil
    settings.labelSmoothing = 0
    settings.averaging = 0
    return settings
  }

  /// Kim (2014), "Convolutional Neural Networks for Sentence Classification": Adadelta, batches of 50 texts, 25 epochs with
  /// early stopping; the limit of 3 on the norms of the output layer belongs to the network.
  private static var kim: TrainingSettings {
    var settings = plain
    settings.optimizer = .adadelta
    settings.rate = 1
    settings.schedule = .constant
    settings.batchTexts = 50
    settings.epochs = 25
    return settings
  }

  /// Zhang, Zhao, LeCun (2015), "Character-level Convolutional Networks for Text Classification": SGD with momentum,
  /// batches of 128 texts, the rate halved every 3 epochs 10 times, classes drawn uniformly.
  private static var zhang: TrainingSettings {
    var settings = plain
    settings.optimizer = .sgd
    settings.momentum = 0.9
    settings.rate = 0.01
    settings.schedule = .halving
    settings.halvingEpochs = 3
    settings.halvings = 10
    settings.batchTexts = 128
    settings.sampling = .classUniform
    // The last rate has its three epochs too.
    settings.epochs = 33
    settings.patience = nil
    return settings
  }

  /// Conneau, Schwenk, Barrault, LeCun (2017), "Very Deep Convolutional Networks for Text Classification": SGD with
  /// momentum, batches of 128 texts, the procedure of Zhang; 15 epochs, after which all of theirs had converged.
  private static var vdcnn: TrainingSettings {
    var settings = zhang
    settings.sampling = .shuffled
    settings.epochs = 15
    return settings
  }
}
