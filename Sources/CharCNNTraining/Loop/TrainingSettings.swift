public import CharCNNCompute
public import CharCNNNetworks

/// Settings of a training run. Every one can be changed by name (`charcnn train --set rate=0.001`).
public struct TrainingSettings: Settings {
  /// Passes over the training data; nil (`none`) chooses by the size of the data.
  public var epochs: Int?
  /// Seed of everything random.
  public var seed: UInt64 = 1
  /// How the texts of an epoch are drawn: `shuffled` or `classUniform`.
  public var sampling = Sampling.shuffled
  /// Most characters of a batch; nil (`none`) chooses by the mean length of the texts, or sets no bound beside
  /// `batchTexts`.
  public var batchCharacters: Int?
  /// Most texts of a batch; nil (`none`) for no bound but that of the characters.
  public var batchTexts: Int?
  /// How gradients change weights: `adamw`, `sgd` or `adadelta`.
  public var optimizer = OptimizerKind.adamw
  /// Highest learning rate; nil (`none`) chooses: twice the usual one where the network is a classifier's beside solved n-grams.
  public var rate: Float? = usualRate
  /// How the rate goes on after the warm-up: `cosine`, `halving` or `constant`.
  public var schedule = RateSchedule.cosine
  /// Part of the run in which the rate rises from zero to `rate`.
  public var warmup: Float = 0.05
  /// Part of `rate` that is left at the end of the cosine.
  public var finalRate: Float = 0.01
  /// Epochs from one halving of the rate to the next.
  public var halvingEpochs = 3
  /// Most halvings of the rate.
  public var halvings = 10
  /// Weight decay of weights (not of biases, scales and the embedding); AdamW's is decoupled from the gradient.
  public var weightDecay: Float = 0.05
  /// Part of the velocity that SGD keeps.
  public var momentum: Float = 0.9
  /// Decay of Adadelta's moving averages.
  public var rho: Float = 0.95
  /// Decay of AdamW's moving average of the gradient.
  public var beta1: Float = 0.9
  /// Decay of AdamW's moving average of the squared gradient.
  public var beta2: Float = 0.98
  /// Largest norm of the whole gradient; nil (`none`) for no clipping.
  public var clip: Float? = 1
  /// Label smoothing (Szegedy 2016).
  public var labelSmoothing: Float = 0.1
  /// Decay of the moving average of the weights that is evaluated and kept; 0 keeps the weights themselves.
  public var averaging: Float = 0.998
  /// Epochs without a better validation accuracy after which training stops; nil (`none`) never stops early.
  public var patience: Int? = 5
  /// What convolutions and dense products multiply while the model learns. The model is one of single precision either way.
  public var precision = Precision.single

  /// The usual ``rate``.
  package static let usualRate: Float = 0.002

  /// Every setting by its name.
  public static let settingKeys: [SettingKey<TrainingSettings>] = [
    SettingKey("epochs", \.epochs),
    SettingKey("seed", \.seed),
    SettingKey("sampling", \.sampling),
    SettingKey("batchCharacters", \.batchCharacters),
    SettingKey("batchTexts", \.batchTexts),
    SettingKey("optimizer", \.optimizer),
    SettingKey("rate", \.rate),
    SettingKey("schedule", \.schedule),
    SettingKey("warmup", \.warmup),
    SettingKey("finalRate", \.finalRate),
    SettingKey("halvingEpochs", \.halvingEpochs),
    SettingKey("halvings", \.halvings),
    SettingKey("weightDecay", \.weightDecay),
    SettingKey("momentum", \.momentum),
    SettingKey("rho", \.rho),
    SettingKey("beta1", \.beta1),
    SettingKey("beta2", \.beta2),
    SettingKey("clip", \.clip),
    SettingKey("labelSmoothing", \.labelSmoothing),
    SettingKey("averaging", \.averaging),
    SettingKey("patience", \.patience),
    SettingKey("precision", \.precision, leftOut: .single),
  ]

  /// The default settings.
  public init() {}

  /// Reads them; ``precision`` may be missing, as in files of programs that knew one alone.
  public init(from decoder: any Decoder) throws { try decodeSettings(from: decoder) }

  /// Writes them; ``precision`` where it is not the usual one.
  public func encode(to encoder: any Encoder) throws { try encodeSettings(to: encoder) }

  /// Checks that the settings make a run.
  ///
  /// - Throws: ``ConfigurationError`` that names the setting.
  public func validate() throws(ConfigurationError) {
    func check(_ condition: Bool, _ setting: String, _ problem: String) throws(ConfigurationError) {
      if !condition { throw ConfigurationError(setting: setting, problem: problem) }
    }
    if let epochs { try check((1...100_000).contains(epochs), "epochs", "must be 1 to 100000, not \(epochs)") }
    if let batchCharacters {
      try check(
        (1...10_000_000).contains(batchCharacters), "batchCharacters", "must be 1 to 10000000, not \(batchCharacters)")
    }
    if let batchTexts {
      try check((1...1_000_000).contains(batchTexts), "batchTexts", "must be 1 to 1000000, not \(batchTexts)")
    }
    if let rate { try check(rate > 0 && rate <= 10, "rate", "must be above 0 and at most 10, or none, not \(rate)") }
    try check(warmup >= 0 && warmup <= 1, "warmup", "must be 0 to 1, not \(warmup)")
    try check(finalRate >= 0 && finalRate <= 1, "finalRate", "must be 0 to 1, not \(finalRate)")
    try check(
      (1...100_000).contains(halvingEpochs), "halvingEpochs", "must be 1 to 100000, not \(halvingEpochs)")
    try check((0...100).contains(halvings), "halvings", "must be 0 to 100, not \(halvings)")
    try check(momentum >= 0 && momentum < 1, "momentum", "must be at least 0 and below 1, not \(momentum)")
    try check(rho >= 0 && rho < 1, "rho", "must be at least 0 and below 1, not \(rho)")
    try check(weightDecay >= 0 && weightDecay <= 10, "weightDecay", "must be 0 to 10, not \(weightDecay)")
    try check(beta1 >= 0 && beta1 < 1, "beta1", "must be at least 0 and below 1, not \(beta1)")
    try check(beta2 >= 0 && beta2 < 1, "beta2", "must be at least 0 and below 1, not \(beta2)")
    if let clip { try check(clip > 0 && clip.isFinite, "clip", "must be a number above 0, or none, not \(clip)") }
    try check(labelSmoothing >= 0 && labelSmoothing < 1, "labelSmoothing", "must be at least 0 and below 1")
    try check(averaging >= 0 && averaging < 1, "averaging", "must be at least 0 and below 1, not \(averaging)")
    if let patience { try check(patience >= 1, "patience", "must be at least 1, not \(patience)") }
  }
}

extension TrainingSettings {
  /// Passes over the data when none are asked for: about 8 million characters, or 80,000 texts where that is more but not
  /// above 40 million characters; at least 2 and at most 15.
  public static func automaticEpochs(characters: Int, texts: Int) -> Int {
    let characters = max(characters, 1)
    let wanted = max(8_000_000 / characters, min(80_000 / max(texts, 1), 40_000_000 / characters))
    return min(max(wanted, 2), 15)
  }

  /// Passes over the data beside solved n-grams, when none are asked for: on short texts more than ``automaticEpochs(characters:texts:)``,
  /// at most 20, since the network has to find what n-grams do not say; on long ones fewer, not above 20 million characters, or 28 million
  /// where the texts have up to 3 million, and only 1 where they have more than 20 million, since it adds next to nothing there.
  package static func automaticEpochsBesideNgrams(characters: Int, texts: Int) -> Int {
    let characters = max(characters, 1)
    let most = characters > 3_000_000 ? 20_000_000 : 28_000_000
    let wanted = max(8_000_000 / characters, min(80_000 / max(texts, 1), most / characters))
    return min(max(wanted, characters > most ? 1 : 2), mostAutomaticEpochs)
  }

  /// Epochs at most, when none are asked for.
  package static let mostAutomaticEpochs = 20
}
