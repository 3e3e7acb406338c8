import CharCNNNetworks

extension TextRegressor: BodyLender {
  /// Its network, and the vectors that its n-grams look at.
  func base(path: String) throws(ConfigurationError) -> BaseModel {
    guard architecture.hasNetwork else { throw BaseModel.withoutNetwork(path) }
    return BaseModel(
      path: path, task: Self.task, body: .network(architecture), text: textSettings, alphabet: alphabet, labels: nil,
      store: store, device: device, vectors: linear?.vectors?.reader)
  }
}
