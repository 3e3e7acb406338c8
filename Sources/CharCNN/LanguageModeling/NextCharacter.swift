internal import CharCNNFiles
import CharCNNNetworks

/// Reads a text character by character and says what may come next.
struct NextCharacter {
  private let stepper: LanguageStepper
  private let mixture: NgramMixture?
  private var walk: NgramWalk?
  private var scratch: [Float]

  /// At the beginning of a text, with a causal model.
  init(_ model: CharacterLanguageModel) {
    stepper = LanguageStepper(model.network, store: model.store, device: model.device)
    mixture = model.mixture
    walk = model.ngrams.map(NgramWalk.init)
    scratch = [Float](repeating: 0, count: mixture == nil ? 0 : model.network.configuration.alphabetSize)
  }

  /// Reads a character (-1 for the beginning of a text) and gives the scores of all characters to follow it: the logarithms
  /// of their probabilities, but for a constant.
  mutating func scores(after character: Int32) -> [Float] {
    var scores = stepper.scores(after: character)
    guard let mixture, var walk, let top = scores.max() else { return scores }
    if character >= 0 { walk.read(character) }
    self.walk = walk
    for index in scores.indices { scores[index] = exp(scores[index] - top) }
    let total = scores.reduce(0, +)
    for index in scores.indices { scores[index] /= total }
    scores.withUnsafeMutableBufferPointer { scores in
      scratch.withUnsafeMutableBufferPointer { mixture.mix(into: scores, at: walk, scratch: $0) }
    }
    // A probability that is too small for a float stays possible.
    return scores.map { log(max($0, .leastNormalMagnitude)) }
  }
}
