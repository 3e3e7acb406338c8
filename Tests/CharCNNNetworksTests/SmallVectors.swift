import CharCNNCompute
import CharCNNNetworks
import TestSupport

/// What gives the vectors of a small made-up base, 3 numbers for texts of an alphabet of 5.
func smallVectors() -> VectorReader {
  let features = NgramFeatures(characters: [1, 2], words: [1], pairs: [], minimumTexts: 1)
  let roles: [WordRole] = [.letter, .letter, .letter, .letter, .letter]
  let scanner = NgramScanner(features, roles: roles)
  var keys: Set<UInt64> = []
  for text: [Int32] in [[1, 2, 3, 4, 4, 1], [2, 1, 3], [4, 2, 2]] {
    text.withUnsafeBufferPointer { text in scanner.forEachCharacterNgram(text) { keys.insert($0) } }
  }
  var configuration = EmbedderConfiguration()
  (configuration.alphabetSize, configuration.dimension, configuration.rank, configuration.hidden) = (5, 3, 4, nil)
  let device = CPUDevice(threads: 1)
  let rows = normalValues(keys.count * 4, seed: 11)
  let ngrams = LinearNgrams(
    features: features, roles: roles,
    vocabulary: NgramVocabulary(keys: keys.sorted(), frequencies: keys.map { _ in 1 }, texts: 3), classes: 4,
    bias: [0.1, 0, 0, 0.2], device: device,
    fill: { row, weights in for column in 0..<4 { weights[column] = rows[row * 4 + column] } })
  let network = EmbedderNetwork(configuration, known: ngrams)
  let store = ParameterStore(layout: network.parameters, seed: 12, device: device)
  store.freeze(device: device)
  return VectorReader(network, store, length: 100)
}
