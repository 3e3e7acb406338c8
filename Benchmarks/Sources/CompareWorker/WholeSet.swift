internal import BenchmarkSupport
internal import CharCNNToolkit
internal import Foundation

/// All texts of a data set, for what is trained to its end: n-grams without a network, from a file to a written model and back.
struct WholeSet {
  private let name: String
  private let folder: ExchangeFolder
  private let machine: Machine

  private var path: String { "\(folder.path)/\(name).whole.jsonl" }
  private var model: String { "\(folder.path)/\(name).ngrams.charcnn" }

  init(_ name: String, folder: ExchangeFolder, machine: Machine) {
    self.name = name
    self.folder = folder
    self.machine = machine
  }

  /// Writes `NAME.whole.jsonl`, which all contenders read.
  func prepare(data: String) throws {
    let encoder = JSONEncoder()
    var lines = Data()
    try LabeledTextSource(path: data).forEachRecord { record, _ in
      lines += try encoder.encode(["text": record.text, "label": record.label ?? ""]) + Data("\n".utf8)
    }
    try lines.write(to: URL(fileURLWithPath: path))
  }

  /// From the file to a model that is written.
  func solve() throws -> Reply {
    var options = ClassificationOptions()
    try options.use(model: "ngrams")
    options.threads = machine.threads
    options.instructions = machine.instructions
    var reply = Reply()
    let clock = ContinuousClock()
    let start = clock.now
    let classifier = try TextClassifier.train(
      on: Examples(contentsOf: path), options: options,
      progress: { event in
        if case .prepared(let summary) = event {
          reply.texts = summary.trainingExamples + summary.validationExamples
          reply.characters = summary.characters
        }
      }
    ).model
    try classifier.write(to: model, overwrite: true)
    reply.seconds = [(clock.now - start).seconds]
    return reply
  }

  /// From strings to labels with the written model.
  func answer() throws -> Reply {
    let classifier = try TextClassifier(
      contentsOf: model, threads: machine.threads, instructions: machine.instructions)
    var texts: [String] = []
    try LabeledTextSource(path: path).forEachRecord { record, _ in texts.append(record.text) }
    _ = classifier.predictions(for: Array(texts.prefix(20)))
    var reply = Reply()
    let clock = ContinuousClock()
    let start = clock.now
    reply.texts = classifier.predictions(for: texts).count
    reply.seconds = [(clock.now - start).seconds]
    reply.characters = texts.reduce(0) { $0 + $1.unicodeScalars.count }
    return reply
  }
}
