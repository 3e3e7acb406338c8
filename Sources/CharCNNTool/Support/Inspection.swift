#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What `charcnn inspect` tells of a network or a bundle.
struct Inspection: Encodable {
  /// What only a bundle has.
  struct Bundle: Encodable {
    let path: String
    let labels: [String]
    let text: TextSettings
    /// Characters whose n-grams count, where they are others than those that the network reads.
    let ngramLength: Int?
    let bytes: Int
    /// Nil for floats.
    let quantization: TextClassifier.Quantization?
    /// When the n-grams of a classifier answer alone; nil where its network is asked of all texts.
    let cascade: NgramCascade?
    /// How likely each label must be to be given to a text, where a text may have several; nil where it has one.
    let thresholds: [Float]?
    /// When a classifier says that it does not know; nil where it answers everything.
    let rejection: TextClassifier.RejectOption?
    /// Lowest and highest score of a model that gives scores; nil for others.
    let scores: [Double]?
    /// What is remembered of the training; nil where there was none.
    let training: TrainingFacts?
    /// Always true: a bundle whose checksums do not hold is an error.
    let checksumsHold: Bool
    /// Whether the model card, which alone may be edited, was edited or deleted since it was written.
    let isCardEdited: Bool
    /// Where the model comes from; nil for models of earlier programs.
    let provenance: ModelBundle.Provenance?

    init(
      _ path: String, labels: [String], text: TextSettings, ngramLength: Int? = nil,
      quantization: TextClassifier.Quantization? = nil, cascade: NgramCascade? = nil,
      thresholds: [Float]? = nil, rejection: TextClassifier.RejectOption? = nil, scores: [Double]? = nil,
      training: TrainingFacts?
    ) throws {
      let files = try FileManager.default.contentsOfDirectory(atPath: path)
      bytes = files.reduce(0) { sum, name in
        var status = stat()
        return stat("\(path)/\(name)", &status) == 0 ? sum + Int(status.st_size) : sum
      }
      self.path = path
      self.labels = labels
      self.scores = scores
      self.thresholds = thresholds
      self.rejection = rejection
      self.text = text
      self.ngramLength = ngramLength
      self.quantization = quantization
      self.cascade = cascade
      self.training = training
      checksumsHold = true
      let bundle = try ModelBundle(contentsOf: path)
      isCardEdited = !bundle.isCardSealed
      provenance = try bundle.provenance()
    }
  }

  let model: String
  let parameters: Int
  let operationsPerCharacter: Double
  let operationsPerText: Double
  let alphabetSize: Int
  /// Nil for a language model, which predicts characters.
  let classes: Int?
  let layers: [LayerDescription]
  /// Rows that one of the last block depends on; nil where the layers have no such field.
  let receptiveField: Double?
  /// What the rows of the receptive field are.
  private let unit: String
  let settings: NetworkSettings
  let bundle: Bundle?
  private let notes: [String]
  /// How the weights are stored.
  private var weights = "32-bit floats"

  private enum CodingKeys: String, CodingKey {
    case model, parameters, operationsPerCharacter, operationsPerText, alphabetSize, classes, layers, receptiveField,
      settings
    case bundle
  }

  init(
    _ architecture: Architecture, network: any TextNetwork, parameters: Int? = nil, bundle: Bundle? = nil,
    notes: [String] = []
  ) {
    let field = (architecture.configuration as? GatedConfiguration)?.receptiveField
    self.init(
      architecture.name, architecture.configuration, parameters: parameters ?? network.parameters.learnedCount,
      layers: network.layers, receptiveField: field, bundle: bundle, notes: notes)
    if network.parameters.learnedCount == 0 || bundle?.quantization != nil { weights = "8-bit integers with scales" }
  }

  init(
    _ name: String, _ configuration: any NetworkConfiguration, parameters: Int, layers: [LayerDescription],
    receptiveField: Double?, unit: String = "character", hasClasses: Bool = true, bundle: Bundle?,
    weights: String = "32-bit floats", notes: [String] = []
  ) {
    model = name
    self.weights = weights
    self.parameters = parameters
    self.layers = layers
    self.receptiveField = receptiveField
    self.unit = unit
    settings = NetworkSettings(configuration: configuration)
    operationsPerCharacter = layers.filter { !$0.isPerText }.reduce(0) { $0 + $1.operations }
    operationsPerText = layers.filter(\.isPerText).reduce(0) { $0 + $1.operations }
    alphabetSize = configuration.alphabetSize
    classes = hasClasses ? configuration.classes : nil
    self.bundle = bundle
    self.notes = notes
  }

  /// A network that is not trained. Its alphabet and classes would come from data; unset ones are assumed.
  init(model: ModelArguments) throws {
    switch try model.describedOptions() {
    case .classifier(let options): try self.init(options)
    case .tagger(let options): try self.init(options)
    case .matcher(let options): try self.init(options)
    }
  }

  /// A bundle. Opening it checks every checksum.
  init(bundle path: String) throws {
    let model = try ModelBundle(contentsOf: path)
    self = try model.task().model.init(model, threads: 1, instructions: .best, precision: .single).inspection(
      path: model.path)
  }

  /// The same for people.
  var text: String {
    var rows = [["layer", "kind", "output", "parameters", "operations", "for each"]]
    for layer in layers {
      rows.append([
        layer.name, layer.kind, "\(layer.rows) x \(layer.channels)", Numbers.grouped(layer.parameters),
        layer.operations == 0 ? "-" : Numbers.short(layer.operations), layer.isPerText ? "text" : "character",
      ])
    }
    return TextTable(rows: rows, leftColumns: 3, cells: .whole).text() + "\n"
      + TextTable(rows: facts, leftColumns: 2, cells: .whole).text()
  }

  /// What there is to say but the layers: names and values.
  var facts: [[String]] {
    var facts = [
      ["model", model], ["parameters", Numbers.grouped(parameters)],
      [
        "operations",
        "\(Numbers.short(operationsPerCharacter)) a character and \(Numbers.short(operationsPerText)) a text",
      ],
      ["alphabet", "\(Numbers.grouped(alphabetSize)) (the unknown character included)"],
    ]
    if let bundle {
      // Trained models only: what a description without data shows stays short.
      if let receptiveField {
        facts.append(["receptive field", Numbers.receptiveField(receptiveField, unit)])
      }
      let shown = bundle.labels.prefix(20).joined(separator: ", ")
      let more = bundle.labels.count > 20 ? " …" : ""
      let text = bundle.text
      if let scores = bundle.scores {
        facts.append(["scores", "\(scores[0]) to \(scores[1])"])
      } else if !bundle.labels.isEmpty {
        let several = bundle.thresholds == nil ? "" : ", of which a text may have several"
        facts.append(["labels", "\(Numbers.grouped(bundle.labels.count))\(several): \(shown)\(more)"])
      }
      if let thresholds = bundle.thresholds {
        let listed = zip(bundle.labels, thresholds).prefix(20).map {
          "\($0) \(Decimals.rounded(Double($1), decimals: 3))"
        }
        facts.append(["given from", listed.joined(separator: ", ") + more])
      }
      facts +=
        [
          [
            "text",
            "normalization \(text.normalization.rawValue), "
              + (text.foldsCase ? "lower case, " : "case kept, ")
              + (text.dropsInvisible ? "" : "invisible characters kept, ")
              + "unit \(text.unit.rawValue), cut at \(Numbers.grouped(text.maximumLength))"
              + (bundle.ngramLength.map { ", n-grams of the first \(Numbers.grouped($0))" } ?? ""),
          ],
          ["weights", weights],
        ] + (bundle.cascade.map { [["cascade", $0.summary]] } ?? [])
        + (bundle.rejection.map { [["answers", $0.summary]] } ?? []) + (bundle.training?.rows ?? []) + [
          ["size on disk", Numbers.bytes(bundle.bytes)],
          [
            "checksums", bundle.isCardEdited ? "all hold but that of the card, which was edited by hand" : "all hold",
          ],
        ] + (bundle.provenance?.rows ?? [])
    } else {
      facts.append(["classes", Numbers.grouped(classes ?? 0)])
    }
    facts += notes.map { ["note", $0] }
    return facts
  }
}
#endif
