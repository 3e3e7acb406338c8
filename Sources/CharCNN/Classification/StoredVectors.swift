import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

/// What a model keeps of the base whose vectors it looks at beside the n-grams: `vectors.json`, `vectors-ngrams.safetensors` and
/// `vectors-layers.safetensors`, which are the settings, the n-grams and the layers of the base's own bundle. The base's characters are the first
/// of the model's, or a list says which of them each of the model's is.
enum StoredVectors {
  private struct File: Codable {
    let network: EmbedderConfiguration
    /// Characters of a text that the base reads.
    let length: Int
    /// For each character of the model that of the base, 0 where there is none; nil where the base's are the first of the model's.
    var characters: [Int32]?
  }

  private static let fileName = "vectors.json"
  private static let ngramsFileName = "vectors-ngrams.safetensors"
  private static let layersFileName = "vectors-layers.safetensors"

  /// The files; none where there are no vectors.
  static func files(_ vectors: VectorReader?, device: any Device) throws(StorageError) -> [BundleFile] {
    guard let vectors, let ngrams = vectors.network.ngrams else { return [] }
    return [
      try BundleFile(
        fileName,
        json: File(network: vectors.network.configuration, length: vectors.length, characters: vectors.characters)),
      BundleFile(ngramsFileName, bytes: try StoredLinearNgrams.encode(ngrams)),
      BundleFile(layersFileName, bytes: try StoredWeights.encode(vectors.store, device: device)),
    ]
  }

  /// Reads and checks them; nil for a bundle without vectors.
  ///
  /// - Parameters:
  ///   - bundle: A model, or a checkpoint.
  ///   - alphabet: Its characters.
  ///   - device: Holds the layers.
  /// - Throws: `StorageError`.
  static func decode(_ bundle: ModelBundle, alphabet: Alphabet, device: any Device) throws -> VectorReader? {
    guard bundle.contains(fileName) else { return nil }
    let file = try bundle.decode(File.self, named: fileName)
    func invalid(_ problem: String) -> StorageError {
      StorageError(
        .corrupted, path: "\(bundle.path)/\(fileName)", problem: problem,
        advice: "train the model anew, or copy it again")
    }
    do throws(ConfigurationError) { try file.network.validateWithDimension() } catch {
      throw invalid(error.description)
    }
    guard file.network.alphabetSize > 0 else {
      throw invalid("\(file.network.alphabetSize) characters are no alphabet")
    }
    let known = 0..<Int32(clamping: file.network.alphabetSize)
    guard
      file.characters.map({ $0.count <= alphabet.count && $0.allSatisfy(known.contains) })
        ?? (file.network.alphabetSize <= alphabet.count)
    else {
      throw invalid(
        "\(file.network.alphabetSize) characters do not agree with \(alphabet.count) in \(ModelFileName.alphabet)")
    }
    guard file.network.ngrams != .automatic, file.network.wordNgrams != .automatic else {
      throw invalid("the lengths of the n-grams are missing")
    }
    guard (1...TextSettings.longestText).contains(file.length) else {
      throw invalid("it reads \(file.length) characters")
    }
    let ngrams = try StoredLinearNgrams.decode(
      bundle.safetensors(named: ngramsFileName), features: file.network.features, classes: file.network.rank,
      hasSeveral: true, characters: file.network.alphabetSize)
    let network = EmbedderNetwork(file.network, known: ngrams)
    let store = try StoredWeights.decode(
      bundle.safetensors(named: layersFileName), layout: network.parameters, quantization: nil, device: device)
    store.freeze(device: device)
    return VectorReader(network, store, length: file.length, characters: file.characters)
  }
}

extension VectorReader {
  /// Bytes that a model keeps of the base.
  var bytes: Int {
    get throws { try StoredVectors.files(self, device: CPUDevice(threads: 1)).reduce(0) { $0 + $1.bytes.count } }
  }

  /// What it gives, for people.
  var description: String {
    "\(dimension) numbers by the \(network.ngrams?.vocabulary.count ?? 0) n-grams of a base, beside the model's own"
  }
}
