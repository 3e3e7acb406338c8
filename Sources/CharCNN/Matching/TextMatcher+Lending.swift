import CharCNNNetworks

extension TextMatcher: BodyLender {
  /// The network that makes vectors of its texts.
  func base(path: String) -> BaseModel {
    BaseModel(
      path: path, task: Self.task, body: .network(.gated(configuration.gated)), text: textSettings, alphabet: alphabet,
      labels: nil, store: store, device: device, vectors: network.vectors)
  }
}
