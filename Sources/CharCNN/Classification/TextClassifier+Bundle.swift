public import CharCNNCompute
public import CharCNNFiles
import CharCNNNetworks
public import CharCNNStorage
import CharCNNText

/// `config.json` of a classifier.
struct ClassifierFile: ModelFile {
  static let modelTask = ModelTask.classification
  /// The version of models in floats without solved n-grams.
  static let floatVersion = 1
  /// The version of quantized models without solved n-grams.
  static let quantizedVersion = 2
  /// With solved n-grams, in a file of their own.
  static let solvedVersion = 3
  /// With labels of which a text may have several.
  static let severalVersion = 4
  /// With a reject option, which readers of earlier versions would not obey.
  static let rejectingVersion = 5
  /// With a base whose vectors count beside the n-grams.
  static let currentVersion = 6

  var version: Int
  var task: String
  /// From version 2; nil for floats.
  var quantization: TextClassifier.Quantization?
  var architecture: Architecture
  var ngrams: NgramConfiguration
  var text: TextSettings
  var training: TextClassifier.Record?
  /// Of a language detector that was calibrated; nil for the default settings.
  var detection: LanguageDetector.Settings?
  /// The columns of the training data; nil where they had no names, and in models of earlier versions.
  var columns: DataColumns?
  /// From version 3; nil where the network is asked of all texts.
  var cascade: NgramCascade?
  /// From version 4; nil where a text has one label.
  var severalLabels: SeveralLabels?
  /// From version 5; nil where everything is answered.
  var rejection: TextClassifier.RejectOption?

  /// What is wrong with the cascade; nil where it can be used, or where there is none.
  var problemOfCascade: String? {
    guard let cascade else { return nil }
    let hasParts = architecture.hasNetwork && ngrams.solvedFeatures != nil && text.chunkLength == nil
    return version < Self.solvedVersion || !hasParts || severalLabels != nil
      ? "a cascade needs format version \(Self.solvedVersion), texts of one label, a network, solved n-grams beside it and texts in one piece"
      : cascade.problem.map { "the cascade has \($0)" }
  }
}

extension TextClassifier {
  /// Classification.
  public static var task: ModelTask { .classification }

  /// What its bundle holds.
  ///
  /// - Parameter detection: The settings of a language detector that stands on it; nil for the default ones.
  func contents(detection: LanguageDetector.Settings?) throws -> BundleContents {
    let file = ClassifierFile(
      version: linear?.vectors != nil
        ? ClassifierFile.currentVersion
        : rejection != nil
          ? ClassifierFile.rejectingVersion
          : several != nil
            ? ClassifierFile.severalVersion
            : linear != nil
              ? ClassifierFile.solvedVersion
              : quantization == nil ? ClassifierFile.floatVersion : ClassifierFile.quantizedVersion,
      task: Self.task.rawValue, quantization: quantization, architecture: architecture, ngrams: ngrams,
      text: textSettings, training: record, detection: detection, columns: columns, cascade: cascade,
      severalLabels: several, rejection: rejection)
    return BundleContents(
      configuration: file, alphabet: alphabet, store: store, device: device, card: card,
      files: [try BundleFile(ModelFileName.labels, json: labelSet)]
        + (try linear.map { [BundleFile(StoredLinearNgrams.fileName, bytes: try StoredLinearNgrams.encode($0))] } ?? [])
        + (try StoredVectors.files(linear?.vectors?.reader, device: device)),
      history: record?.history ?? [], provenance: record?.provenance
    )
  }

  /// The card that is written for it.
  package func generatedCard() throws -> String {
    let contents = try contents(detection: detection)
    return contents.card.describing(contents.provenance).text
  }

  private var card: ModelCard {
    var card = ModelCard(
      title: "Text classifier",
      purpose: several == nil
        ? "Chooses one of \(labels.count) classes for a text: \(ModelCard.listed(labels))."
        : "Says which of \(labels.count) labels a text has, one, several or none: \(ModelCard.listed(labels)).")
    card.add("network", architecture.hasNetwork ? architecture.name : "none, n-grams alone")
    card.add("parameters", parameterCount)
    if let linear { card.add("n-grams", "\(linear.vocabulary.count): \(linear.features.description)") }
    if let vectors = linear?.vectors { card.add("vectors", vectors.reader.description) }
    if let cascade { card.add("cascade", cascade.summary) }
    if let rejection { card.add("answers", rejection.summary) }
    if quantization != nil || isSolvedAlone { card.add("weights", "8-bit integers with scales") }
    card.add("characters", alphabet.count)
    card.add("longest text", lengths.description)
    if let record {
      card.addTraining(
        on: "\(record.trainingExamples) texts", record.settings.training, epochs: record.epochs,
        bestEpoch: record.bestEpoch,
        validation: record.validationExamples == 0
          ? "none, so that nobody knows how good it is"
          : "\(record.validationExamples) texts: "
            + (record.microF1.map { "micro F1 \(Decimals.rounded($0)), subset accuracy" } ?? "accuracy")
            + " \(Decimals.rounded(record.accuracy)), macro F1 \(Decimals.rounded(record.macroF1))"
      )
      card.note =
        record.validationExamples == 0
        ? "Measure it on texts of your own before you rely on it."
        : "The validation texts chose \(chosenByValidation), so the figures are slightly kind; measure on texts of your own."
    }
    if isSolvedAlone {
      card.weights =
        "`\(StoredLinearNgrams.fileName)` holds the n-grams and their weights, `model.safetensors` a factor of the scores"
    }
    card.commands = ["charcnn predict FOLDER \"a text\"", "charcnn evaluate FOLDER data.csv"]
    card.code = [
      "let classifier = try TextClassifier(contentsOf: \"FOLDER\")",
      several == nil
        ? "classifier.predictedLabel(for: \"a text\")" : "classifier.assignedLabels(for: [\"a text\"])",
    ]
    return card
  }

  /// Whether it is n-grams alone that were solved.
  package var isSolvedAlone: Bool { !architecture.hasNetwork && ngrams.isSolved }

  private var chosenByValidation: String {
    if isSolvedAlone { return "how sure its answers are, and how closely it fits the training texts" }
    return "the best epoch and "
      + (architecture.hasNetwork ? "what the parts of the network count" : "how sure its answers are")
  }

  /// Numbers that were learned, the weights of n-grams among them.
  public var parameterCount: Int { network.parameters.learnedCount + (linear?.parameterCount ?? 0) }

  /// Opens a model and checks all of it: sizes, checksums, version, names, shapes, and that every weight is a number.
  ///
  /// - Parameters:
  ///   - location: The folder, a path or a URL.
  ///   - threads: Number of threads; nil for one a core.
  ///   - instructions: Vector instructions.
  ///   - integers: Vector instructions for 8-bit integers, of quantized models; nil for the best beside the others.
  ///   - precision: What convolutions and dense products multiply.
  /// - Throws: `StorageError` that says which file is wrong and how.
  public convenience init(
    contentsOf location: some FileLocation, threads: Int? = nil, instructions: InstructionSet = .best,
    integers: IntegerInstructionSet?, precision: Precision = .single
  ) throws {
    try self.init(
      ModelBundle(contentsOf: location), threads: threads, instructions: instructions, integers: integers,
      precision: precision)
  }

  public convenience init(
    _ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best, precision: Precision = .single
  ) throws {
    try self.init(bundle, threads: threads, instructions: instructions, integers: nil, precision: precision)
  }

  /// As ``init(contentsOf:threads:instructions:integers:precision:)``, of a bundle whose checksums were checked.
  ///
  /// - Throws: `StorageError` that says which file is wrong and how.
  public convenience init(
    _ bundle: ModelBundle, threads: Int? = nil, instructions: InstructionSet = .best, integers: IntegerInstructionSet?,
    precision: Precision = .single
  ) throws {
    let opened = try OpenedModel<ClassifierFile>(bundle)
    let (configuration, alphabet) = (opened.configuration, opened.alphabet)
    let labels = try bundle.decode(LabelSet.self, named: ModelFileName.labels)
    let sizes = configuration.architecture.configuration
    guard sizes.alphabetSize == alphabet.count, sizes.classes == labels.count else {
      throw opened.invalid(
        "\(sizes.alphabetSize) characters and \(sizes.classes) classes do not agree with \(alphabet.count) in \(ModelFileName.alphabet) and \(labels.count) in \(ModelFileName.labels)"
      )
    }
    guard labels.count > 1 else { throw opened.invalid("a classifier has two labels or more") }
    let bare = try opened.network { () throws(ConfigurationError) in
      try configuration.ngrams.validate()
      return configuration.ngrams.widening(try configuration.architecture.makeNetwork(), classes: labels.count)
    }
    // What is multiplied in bytes is the same in any precision, and so are the few products beside it.
    let device = CPUDevice(
      threads: threads, instructions: instructions, integers: integers,
      precision: configuration.quantization == nil ? precision : .single)
    let vectors = try StoredVectors.decode(bundle, alphabet: alphabet, device: device)
    if vectors != nil,
      configuration.version < ClassifierFile.currentVersion || configuration.text.chunkLength != nil
        || configuration.ngrams.solvedFeatures == nil
    {
      throw opened.invalid(
        "vectors need format version \(ClassifierFile.currentVersion), solved n-grams and texts in one piece")
    }
    let linear = try configuration.ngrams.solvedFeatures.map { features in
      try StoredLinearNgrams.decode(
        bundle.safetensors(named: StoredLinearNgrams.fileName), features: features, classes: labels.count,
        hasSeveral: configuration.severalLabels != nil, characters: alphabet.count, vectors: vectors)
    }
    if let several = configuration.severalLabels {
      guard configuration.version >= ClassifierFile.severalVersion else {
        throw opened.invalid("several labels a text need format version \(ClassifierFile.severalVersion)")
      }
      if let problem = several.problem(labels: labels.count) { throw opened.invalid("the labels have \(problem)") }
      if configuration.detection != nil { throw opened.invalid("a detector of languages gives a text one of them") }
    }
    guard linear != nil || configuration.architecture.hasNetwork || configuration.ngrams.isEnabled else {
      throw opened.invalid("n-grams alone have no n-grams")
    }
    if linear != nil {
      guard configuration.version >= ClassifierFile.solvedVersion else {
        throw opened.invalid("solved n-grams need format version \(ClassifierFile.solvedVersion)")
      }
      guard configuration.ngrams.hasLengths else { throw opened.invalid("the lengths of the n-grams are missing") }
    }
    let one = linear?.beside(bare, reading: ReadingLengths(configuration.text, configuration.ngrams)) ?? bare
    let network = configuration.severalLabels == nil ? one : one.withSeveralLabels
    do throws(ConfigurationError) { try configuration.detection?.validate() } catch {
      throw opened.invalid(error.description)
    }
    do throws(ConfigurationError) {
      try configuration.rejection?.validate(labels: labels, hasSeveral: configuration.severalLabels != nil)
    } catch {
      throw opened.invalid(error.description)
    }
    if configuration.rejection != nil, configuration.version < ClassifierFile.rejectingVersion {
      throw opened.invalid("a reject option needs format version \(ClassifierFile.rejectingVersion)")
    }
    if let problem = configuration.problemOfCascade { throw opened.invalid(problem) }
    let store = try opened.weights(network.parameters, device: device)
    self.init(
      architecture: configuration.architecture, ngrams: configuration.ngrams, linear: linear, network: network,
      store: store,
      encoder: TextEncoder(settings: configuration.text, alphabet: alphabet), labels: labels, device: device,
      record: try opened.completed(configuration.training), columns: configuration.columns,
      detection: configuration.detection,
      cascade: configuration.cascade, several: configuration.severalLabels,
      rejection: configuration.rejection)
    guard allPartsAnswer(opened.probe) else { throw opened.overflow }
  }

  /// Whether the probabilities of a text are numbers, and the scores of the network too, however sure the n-grams are and whatever the
  /// network counts beside them: vectors come from it all the same.
  private func allPartsAnswer(_ text: String) -> Bool {
    var isFinite = true
    forEachProbabilities(of: [text], cascade: nil) { isFinite = isFinite && $0.allSatisfy(\.isFinite) }
    guard isFinite, linear != nil, architecture.hasNetwork else { return isFinite }
    var characters: [Int32] = []
    encoder.encode(text, into: &characters)
    return workspaces.withWorkspace { workspace in
      let batch = CharacterBatch(
        count: 1, fixedLength: network.length, workspace: workspace,
        length: { _ in network.characters(ofText: characters.count) },
        copy: { _, buffer in _ = buffer.update(fromContentsOf: characters[..<buffer.count]) })
      let scores = network.partScores(of: batch, .prediction(device: device, workspace: workspace, store: store))
      return device.read(scores.all).allSatisfy(\.isFinite)
    }
  }
}
