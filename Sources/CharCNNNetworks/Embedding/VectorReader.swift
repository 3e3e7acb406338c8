package import CharCNNCompute

/// Vectors of texts by a network that a teacher taught, each of length 1: what another model sees of a text beside its n-grams.
///
/// The other model's alphabet begins with that of the network, or a table says which of the network's characters each of its own is. Other
/// characters are unknown to the network.
package final class VectorReader: Sendable {
  /// The network.
  package let network: EmbedderNetwork
  /// Its parameters, packed for prediction.
  package let store: ParameterStore
  /// Characters of a text that it reads, from its beginning.
  package let length: Int
  /// For each character of the other model that of the network, 0 where there is none; nil where they are the same.
  package let characters: [Int32]?
  private let workspaces = WorkspacePool()
  /// Texts of a batch.
  private static let batch = 256

  /// - Parameters:
  ///   - network: A network of a model.
  ///   - store: Its parameters; they must not change any more.
  ///   - length: Characters of a text that it reads.
  ///   - characters: For each character of the other model that of the network, 0 where there is none; nil where they are the same.
  package init(_ network: EmbedderNetwork, _ store: ParameterStore, length: Int, characters: [Int32]? = nil) {
    self.network = network
    self.store = store
    self.length = length
    self.characters = characters
  }

  /// Numbers of a vector.
  package var dimension: Int { network.configuration.dimension }

  /// Numbers that it learned.
  package var parameterCount: Int { network.parameters.learnedCount + (network.ngrams?.weights.count ?? 0) }

  /// What the network knows of a text: as much as it reads, with 0 for characters that it does not know.
  package func known(_ text: some Collection<Int32>) -> [Int32] {
    if let characters {
      return text.prefix(length).map { characters.indices.contains(Int($0)) ? characters[Int($0)] : 0 }
    }
    let count = Int32(clamping: network.configuration.alphabetSize)
    return text.prefix(length).map { $0 < count ? $0 : 0 }
  }

  /// The vectors of some texts, one after another. That of a text does not depend on the others; one of which the network knows nothing has that of
  /// no evidence.
  ///
  /// - Parameters:
  ///   - texts: Alphabet indices of the other model.
  ///   - device: Does the arithmetic.
  package func vectors(of texts: [[Int32]], device: any Device) -> [Float] {
    var result: [Float] = []
    result.reserveCapacity(texts.count * dimension)
    for first in stride(from: 0, to: texts.count, by: Self.batch) {
      let known = texts[first..<min(first + Self.batch, texts.count)].map { self.known($0) }
      workspaces.withWorkspace { workspace in
        let batch = CharacterBatch(
          count: known.count, fixedLength: nil, workspace: workspace, length: { known[$0].count },
          copy: { _ = $1.update(fromContentsOf: known[$0]) })
        let pass = Pass.prediction(device: device, workspace: workspace, store: store)
        let y = network.forward(batch, pass).scores.only
        device.unitRows(y, into: y)
        result += device.read(y)
      }
    }
    return result
  }
}

/// Weights of the numbers of a text's vector beside those of its n-grams.
package struct WeighedVectors: Sendable {
  /// Gives the vectors.
  package let reader: VectorReader
  /// [numbers of a vector, columns].
  package let weights: [Float]

  package init(_ reader: VectorReader, weights: [Float]) {
    self.reader = reader
    self.weights = weights
  }

  /// Adds what vectors say to scores.
  ///
  /// - Parameters:
  ///   - vectors: Vectors of texts, one after another.
  ///   - classes: Classes of a text.
  ///   - scores: [texts, classes].
  func add(_ vectors: [Float], classes: Int, to scores: inout [Float]) {
    let dimension = reader.dimension
    let columns = weights.count / dimension
    var sums = [Float](repeating: 0, count: columns)
    for text in 0..<vectors.count / dimension {
      sums.withUnsafeMutableBufferPointer { sums in
        sums.update(repeating: 0)
        weights.withUnsafeBufferPointer { weights in
          vectors.withUnsafeBufferPointer { vectors in
            for place in 0..<dimension {
              let (value, first) = (vectors[text * dimension + place], place * columns)
              for column in 0..<columns { sums[column] += value * weights[first + column] }
            }
          }
        }
      }
      if columns < classes {
        scores[text * classes] -= sums[0] / 2
        scores[text * classes + 1] += sums[0] / 2
      } else {
        for column in 0..<columns { scores[text * classes + column] += sums[column] }
      }
    }
  }
}
