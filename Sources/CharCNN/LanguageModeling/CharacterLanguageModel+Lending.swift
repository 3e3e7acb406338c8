import CharCNNNetworks

extension CharacterLanguageModel: BodyLender {
  /// Its network.
  func base(path: String) -> BaseModel {
    var configuration = network.configuration
    // Hidden characters took their place.
    configuration.characterDropout = GatedConfiguration().characterDropout
    configuration.dropout = GatedConfiguration().dropout
    return BaseModel(
      path: path, task: Self.task, body: .network(.gated(configuration)), text: textSettings, alphabet: alphabet,
      labels: nil, store: store, device: device)
  }
}
