internal import BenchmarkSupport
internal import CharCNNToolkit
internal import Foundation
internal import Synchronization

/// A data set as every contender gets it: texts, their alphabet indices, and a model with its weights.
///
/// `NAME.charcnn` is a model of the default network after a few steps, `NAME.jsonl` the texts, `NAME.characters.i32`,
/// `NAME.offsets.i32` and `NAME.labels.i32` the same as indices, `NAME.json` the settings of network and training, and
/// `NAME.batches.json` the text numbers of the training steps.
struct PreparedSet {
  struct Settings: Encodable {
    var architecture: Architecture
    var training: RunSettings
    var labels: [String]
  }

  let name: String
  let folder: ExchangeFolder
  let texts: [(text: String, label: String)]
  let classifier: TextClassifier
  let options: ClassificationOptions
  let corpus: any TextCorpus

  /// Takes `count` texts spread over a file, trains a model on them for a few steps, and writes everything.
  static func prepare(_ name: String, data: String, count: Int, length: Int, folder: ExchangeFolder, machine: Machine)
    throws
  {
    var all: [(text: String, label: String)] = []
    try LabeledTextSource(path: data).forEachRecord { record, _ in
      let text = String(String.UnicodeScalarView(record.text.unicodeScalars.prefix(length)))
      all.append((text, record.label ?? ""))
    }
    let used = min(count, all.count)
    let texts = (0..<used).map { all[$0 * all.count / used] }
    var options = Self.options(length: length)
    options.threads = machine.threads
    let counter = StepCounter(limit: 12)
    let classifier = try TextClassifier.train(
      on: Examples(texts), validation: Examples(Array(texts.prefix(20))), options: options,
      isCancelled: { counter.isOver() }
    ).model
    try classifier.write(to: "\(folder.path)/\(name).charcnn", overwrite: true)
    let encoder = JSONEncoder()
    let lines = try texts.map { try encoder.encode(["text": $0.text, "label": $0.label]) + Data("\n".utf8) }
    try Data(lines.joined()).write(to: URL(fileURLWithPath: "\(folder.path)/\(name).jsonl"))

    let set = try PreparedSet(name, folder: folder, machine: machine)
    var characters: [Int32] = []
    var offsets: [Int32] = [0]
    for text in 0..<set.corpus.count {
      characters += try set.corpus.characters(of: text)
      offsets.append(Int32(characters.count))
    }
    try folder.write(characters, to: "\(name).characters")
    try folder.write(offsets, to: "\(name).offsets")
    try folder.write((0..<set.corpus.count).map { set.corpus.label(of: $0) }, to: "\(name).labels")
    try folder.write(
      json: Settings(architecture: classifier.architecture, training: set.options.run, labels: classifier.labels),
      to: name)
  }

  /// Opens what ``prepare(_:data:count:length:folder:machine:)`` has written.
  init(_ name: String, folder: ExchangeFolder, machine: Machine) throws {
    self.name = name
    self.folder = folder
    classifier = try TextClassifier(
      contentsOf: "\(folder.path)/\(name).charcnn", threads: machine.threads, instructions: machine.instructions,
      precision: machine.precision)
    var texts: [(text: String, label: String)] = []
    try LabeledTextSource(path: "\(folder.path)/\(name).jsonl").forEachRecord { record, _ in
      texts.append((record.text, record.label ?? ""))
    }
    self.texts = texts
    options = Self.options(length: classifier.textSettings.maximumLength)
    corpus = try EncodedTexts(
      Examples(texts), encoder: TextEncoder(settings: classifier.textSettings, alphabet: classifier.alphabet),
      labels: LabelSet(classifier.labels)
    ).corpus
  }

  /// The default network alone: the wide part has no counterpart of the same arithmetic elsewhere.
  private static func options(length: Int) -> ClassificationOptions {
    var options = ClassificationOptions()
    options.ngrams = .none
    options.text.maximumLength = length
    return options
  }
}

/// Ends a training after some steps.
private final class StepCounter: Sendable {
  private let limit: Int
  private let asked = Mutex(0)

  init(limit: Int) { self.limit = limit }

  func isOver() -> Bool {
    asked.withLock { count in
      count += 1
      return count > limit
    }
  }
}
