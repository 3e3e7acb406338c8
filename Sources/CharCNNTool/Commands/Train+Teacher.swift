#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// A training that ends where it would begin to read texts.
private struct Rehearsal: LearningCommand {
  struct End: Error {}

  let command: Train
  var learning: LearningArguments { command.learning }
  var bytes: Int? { command.bytes }

  func checkOutput() throws {
    try command.checkOutput()
    throw End()
  }

  func refuseCheckpoints() throws { try command.refuseCheckpoints() }
  func apply(to options: inout some RunOptions) throws { try command.apply(to: &options) }
  func say(_ path: String, _ summary: String, _ held: (path: String, summary: String)?) {}
  func say<Example: TrainingExample>(adviceFor examples: Examples<Example>, text: (Example) -> String) {}
  func groups(of path: String) throws -> [Int: UInt64] { [:] }
  func train<Model: ToolModel>(
    _ model: Model.Type, on examples: Examples<Model.Example>, validation: Examples<Model.Example>?,
    options: Model.Options, groups: () throws -> [Int: UInt64]
  ) throws {}
}

/// `charcnn train --teacher`: a model that is there already labels texts, and the new one learns from its answers.
extension Train {
  /// Texts that are answered together.
  private static let together = 1_024
  /// What a label must have of a text to be told.
  private static let leastShare = 0.0005

  /// Lets a teacher answer texts, writes the answers beside the output, and trains on them.
  func learn(from teacher: String, on path: String) throws {
    let bundle = try ModelBundle(contentsOf: teacher)
    let task = try bundle.task()
    if let asked = learning.task, asked != task {
      throw ValidationError(
        "\(teacher) is a \(task.model.noun), which teaches the task \(task.rawValue); leave --task out")
    }
    guard let model = task.model as? any DataTrainedModel.Type, let answers = try answers(of: bundle) else {
      throw Failure(teacher, of: task, isNotFor: "train --teacher")
    }
    if learning.validation != nil, learning.data.isGiven {
      throw ValidationError(
        "beside --teacher, options such as --text and --format say how the texts are read, and what the file of --validation holds is recognized; leave one of both out"
      )
    }
    if learning.data.weightColumn != nil {
      throw ValidationError("--weight is for texts with labels; a teacher's answers all count the same")
    }
    if learning.labelNames || learning.labels == .several {
      throw ValidationError(
        "--label-names and --labels several are for labels, and a teacher's answers are shares of them; leave them out")
    }
    try rehearse(model, task)
    let answered = FilePath.path(of: FilePath.parts(try training.checkedOutput())) + ".teacher.jsonl"
    let source = try LabeledTextSource(path: path, options: learning.data.options(needsLabels: false))
    training.console.say("\(path): \(source.summary)")
    let count = try write(source, answers, to: answered)
    training.console.say("\(answered): \(Numbers.count(count, "text")) with the answers of \(teacher)")
    var command = self
    command.learning.task = task
    // What was said of the texts' file says nothing of this one.
    var data = command.learning.data
    (data.textColumns, data.labelColumns) = ([], [])
    (data.labelSeparator, data.weightColumn, data.format, data.separator) = (nil, nil, nil, nil)
    (data.header, data.encoding, data.skipInvalid) = (nil, nil, false)
    command.learning.data = data
    do { try model.train(for: command, on: answered) } catch let error
      where error is ConfigurationError || error is ValidationError
    {
      // The answers may have taken long: they stay, and can be learned from by themselves.
      training.console.say("the answers stay in \(answered), which can be trained on without --teacher")
      throw error
    }
  }

  /// Goes as far as a training can without texts: what cannot be is told before the teacher answers.
  private func rehearse(_ model: any DataTrainedModel.Type, _ task: ModelTask) throws {
    if let base = learning.base { _ = try ModelBundle(contentsOf: base) }
    var command = self
    command.learning.task = task
    command.training.quiet = true
    do { try model.train(for: Rehearsal(command: command), on: "") } catch is Rehearsal.End {}
  }

  /// What a teacher says of some texts, as JSON: shares of labels, or scores; nil for a model of another task.
  private func answers(of bundle: ModelBundle) throws -> ((_ texts: [String]) -> [String])? {
    switch try bundle.task() {
    case .classification:
      let teacher = try training.computing.open(TextClassifier.self, bundle)
      if teacher.allowsSeveralLabels {
        throw ValidationError(
          "\(bundle.path) gives a text several labels or none, which cannot be taught by shares; let 'charcnn predict --input' label the texts"
        )
      }
      return { texts in
        teacher.predictions(for: texts, maximumCount: teacher.labels.count).map(Self.shares)
      }
    case .regression:
      let teacher = try training.computing.open(TextRegressor.self, bundle)
      return { texts in teacher.predictions(for: texts).map { Decimals.short($0.score) } }
    case .tagging, .matching, .language, .embedding: return nil
    }
  }

  /// The labels that have a share of a text, which sum to 1.
  private static func shares(_ hypotheses: [Hypothesis]) -> String {
    let told = hypotheses.enumerated().filter { $0.offset == 0 || $0.element.probability >= leastShare }.map(\.element)
    let sum = told.reduce(0) { $0 + $1.probability }
    let members = told.map { "\(JSONText.quoted($0.label)):\(Decimals.rounded($0.probability / sum, decimals: 6))" }
    return "{\(members.joined(separator: ","))}"
  }

  /// Writes texts with answers as JSON lines.
  ///
  /// - Returns: How many there are.
  private func write(
    _ source: LabeledTextSource, _ answers: (_ texts: [String]) -> [String], to path: String
  ) throws -> Int {
    let stream = try AtomicStream(path, overwrite: training.overwrite)
    let progress = WorkProgress(console: training.console)
    var waiting: [String] = []
    var count = 0
    func flush() throws {
      var lines = ""
      for (text, answer) in zip(waiting, answers(waiting)) {
        lines += "{\"text\":\(JSONText.quoted(text)),\"label\":\(answer)}\n"
      }
      try stream.write(Array(lines.utf8))
      count += waiting.count
      waiting.removeAll(keepingCapacity: true)
      progress.tell(compared: count)
    }
    func add(_ example: LabeledText, _ reference: RecordReference?, _ row: Int) throws {
      waiting.append(example.text)
      if waiting.count >= Self.together { try flush() }
    }
    let report = try Examples<LabeledText>(source).forEach(add)
    if !waiting.isEmpty { try flush() }
    progress.end()
    for warning in report.warnings { training.console.warn(warning) }
    if count == 0 { throw Failure(.data, "\(source.path): has no text; give a file with texts") }
    try stream.commit()
    return count
  }
}
#endif
