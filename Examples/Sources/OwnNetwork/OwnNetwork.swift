// A network of one's own, the mean of a text's character vectors: trained, written and opened as the library's are.
import CharCNNToolkit

struct BagConfiguration: TextNetworkConfiguration {
  var alphabetSize = 0
  var classes = 0
  /// Numbers of a character's vector.
  var embedding = 32

  static let architectureName = "bag"
  static var settingKeys: [SettingKey<BagConfiguration>] {
    [
      SettingKey("alphabetSize", \.alphabetSize), SettingKey("classes", \.classes),
      SettingKey("embedding", \.embedding),
    ]
  }

  func validate() throws(ConfigurationError) {
    try validateSizes()
    guard (1...4_096).contains(embedding) else {
      throw ConfigurationError(setting: "embedding", problem: "must be 1 to 4096, not \(embedding)")
    }
  }

  func makeNetwork() throws(ConfigurationError) -> any TextNetwork { try BagNetwork(self) }
}

struct BagNetwork: TextNetwork {
  struct Saved {
    let embedding: CharacterEmbedding.Saved
    let convolution: Convolution.Saved
    let characters: EmbeddedCharacters
    let pooling: GlobalPooling.Saved
    let head: ClassifierHead.Saved
  }

  let parameters: ParameterLayout
  let length: Int? = nil
  private let embedding: CharacterEmbedding
  /// Windows of one character: a vector for each.
  private let convolution: Convolution
  private let pooling = GlobalPooling(.average)
  private let head: ClassifierHead

  init(_ configuration: BagConfiguration) throws(ConfigurationError) {
    try configuration.validate()
    let (size, width) = (configuration.alphabetSize, configuration.embedding)
    var builder = ParameterBuilder()
    embedding = builder.scope("embedding", part: .embedding) {
      CharacterEmbedding(
        alphabetSize: size, dimension: width, dropRate: 0.1, builder: &$0)
    }
    convolution = builder.scope("convolution", part: .body(0)) {
      Convolution(inputs: width, outputs: width, geometry: WindowGeometry(width: 1, padding: .same), builder: &$0)
    }
    head = ClassifierHead(inputs: width, hidden: [], classes: configuration.classes, dropouts: [0], builder: &builder)
    parameters = builder.layout
  }

  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: Saved) {
    let (characters, embeddingSaved) = embedding.forward(batch, pass)
    let (frames, convolutionSaved) = convolution.forward(.characters(characters), pass)
    let (mean, poolingSaved) = pooling.forward(frames, pass)
    let (logits, headSaved) = head.forward(mean, pass)
    let saved = Saved(
      embedding: embeddingSaved, convolution: convolutionSaved, characters: characters, pooling: poolingSaved,
      head: headSaved)
    return (PartScores(logits), saved)
  }

  /// Inverts the forward pass, the last layer first.
  func backward(_ dscores: PartScores, _ saved: Saved, _ pass: Pass) {
    let dmean = head.backward(dscores.only, saved.head, pass)
    let dframes = pooling.backward(dmean, saved.pooling, pass)
    let table = saved.characters.table
    let dtable = pass.tensor(rows: table.rows, columns: table.columns)
    convolution.backward(dframes, saved.convolution, into: dtable, accumulate: false, pass)
    embedding.backward(dtable, saved.embedding, pass)
  }
}

@main
struct OwnNetwork {
  static func main() async throws {
    try Architecture.register(BagConfiguration.self)
    let words = [("vowels", ["aeiou", "ouaie", "eaoui"]), ("consonants", ["bcdfg", "hjklm", "npqrs"])]
    let texts = (0..<300).flatMap { n in words.map { LabeledText("\($0.1[n % 3]) \($0.1[(n + 1) % 3])", label: $0.0) } }
    var options = ClassificationOptions()
    options.architecture = Architecture(BagConfiguration())
    options.ngrams = .none
    try options.set("embedding=16")
    let (classifier, summary) = try await TextClassifier.train(on: Examples(texts), options: options)
    let opened = try TextClassifier(data: classifier.data())
    guard summary.report.accuracy > 0.9, opened.predictedLabel(for: "oui aie") == "vowels" else {
      fatalError("accuracy \(summary.report.accuracy)")
    }
    print("a bag of \(opened.architecture.name): accuracy \(summary.report.accuracy), \(summary.parameters) parameters")
  }
}
