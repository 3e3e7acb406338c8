import CharCNNNetworks

extension TextClassifier: BodyLender {
  /// Its network, its classes, and the vectors that its n-grams look at.
  func base(path: String) throws(ConfigurationError) -> BaseModel {
    guard architecture.hasNetwork else { throw BaseModel.withoutNetwork(path) }
    guard quantization == nil else {
      throw ConfigurationError(
        setting: "base", problem: "\(path) is quantized", advice: "give the model that it was made from")
    }
    return BaseModel(
      path: path, task: Self.task, body: .network(architecture), text: textSettings, alphabet: alphabet,
      labels: labelSet, store: store, device: device, vectors: linear?.vectors?.reader)
  }
}
