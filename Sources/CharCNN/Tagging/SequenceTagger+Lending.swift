import CharCNNNetworks
import CharCNNText

extension SequenceTagger: BodyLender {
  /// Its network, and its tags.
  func base(path: String) -> BaseModel {
    // A tagger bounds words, not texts.
    BaseModel(
      path: path, task: Self.task, body: .tagger(architecture), text: TextSettings().reading(as: textSettings),
      alphabet: alphabet, labels: labelSet, store: store, device: device, vectors: network.vectors)
  }
}
