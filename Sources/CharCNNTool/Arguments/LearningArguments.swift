#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNNetworks
import CharCNNText

/// What to learn, from what and with what: for the commands that train models of labelled data.
struct LearningArguments: ParsableArguments {
  /// Tasks that are trained so.
  static let tasks = ModelTask.allCases.filter { $0.model is any DataTrainedModel.Type }

  @Option(
    help: ArgumentHelp(
      "What to learn: \(LearningArguments.tasks.map(\.rawValue).joined(separator: ", ")). (default: classification)",
      valueName: "task"),
    transform: { name in
      guard let task = LearningArguments.tasks.first(where: { $0.rawValue == name }) else {
        throw ValidationError(
          "must be \(LearningArguments.tasks.map(\.rawValue).joined(separator: " or ")), not \(name)")
      }
      return task
    })
  var task: ModelTask?

  @Option(help: ArgumentHelp("Labelled texts to choose the best model with.", valueName: "file"))
  var validation: String?

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp(
      "A model to start from: one of charcnn pretrain, a classifier with these or other labels, a matcher or a tagger; a tagger of words starts from another one only. For classes, scores, pairs and tags of words also a base of charcnn distill, whose vectors stand beside what is learned.",
      valueName: "bundle"))
  var base: String?

  @OptionGroup var network: ModelArguments

  @Option(help: ArgumentHelp("Character vectors to start from, in word2vec's text format (.vec).", valueName: "file"))
  var embeddings: String?

  @Flag(help: "Keep the loaded character vectors as they are.")
  var frozenEmbeddings = false

  @Option(
    help: ArgumentHelp(
      "A MyThes thesaurus (.dat beside its .idx): training texts get some words replaced by synonyms.",
      valueName: "file"))
  var thesaurus: String?

  @Flag(
    help:
      "Let every class count as much as any other, however rare it is: among the n-grams (ngramBalance=full) and for the network, which then sees classes equally often."
  )
  var balance = false

  @Flag(
    help:
      "Ask the network of a classifier only about texts of which the n-grams beside it are unsure, which is faster; how sure they must be, the validation texts tell."
  )
  var cascade = false

  @Flag(
    help:
      "Let the name of each label be one more text of it (card_arrival is read as \"card arrival\"), which helps where labelled texts are few and names say what they are about, most with --from a base of vectors."
  )
  var labelNames = false

  @Option(
    help: ArgumentHelp(
      "How many labels a text of a classifier has: one, the first of several; or several, or none. (default: several where the data are written so, or one text of a hundred has them)",
      valueName: "count"),
    transform: { name in
      guard let count = ClassificationOptions.LabelCount(rawValue: name) else {
        throw ValidationError("must be one or several, not \(name)")
      }
      return count
    })
  var labels: ClassificationOptions.LabelCount?

  @OptionGroup var data: DataArguments

  func validate() throws {
    if frozenEmbeddings, embeddings == nil { throw ValidationError("--frozen-embeddings needs --embeddings") }
  }

  /// Whether something was said that decides what a model becomes, beside the data and --set.
  var saysWhatRunsKnow: Bool {
    base != nil || task != nil || embeddings != nil || frozenEmbeddings || thesaurus != nil || balance
      || cascade || labelNames || labels != nil || network.model != nil || data.isGiven
  }

  /// The model to train.
  var model: (any DataTrainedModel.Type)? { (task ?? .classification).model as? any DataTrainedModel.Type }

  /// Refuses what only classifiers have.
  fileprivate func refuseFilesOfClassifiers(_ task: ModelTask) throws {
    if balance { throw ValidationError("--balance is for classifiers, not for the task \(task.rawValue)") }
    if labels != nil { throw ValidationError("--labels is for classifiers, not for the task \(task.rawValue)") }
    if labelNames { throw ValidationError("--label-names is for classifiers, not for the task \(task.rawValue)") }
    if cascade { throw ValidationError("--cascade is for classifiers, not for the task \(task.rawValue)") }
    if embeddings != nil || thesaurus != nil {
      throw ValidationError(
        "--embeddings and --thesaurus are for classifiers, not for the task \(task.rawValue)")
    }
  }
}

/// A command that trains models of labelled data, once or often.
protocol LearningCommand {
  /// What to learn.
  var learning: LearningArguments { get }
  /// Bytes of a classifier at most; nil for no bound.
  var bytes: Int? { get }

  /// Checks where the model goes, before anything is read.
  func checkOutput() throws

  /// Refuses checkpoints, which n-grams alone that are solved do not have.
  func refuseCheckpoints() throws

  /// Puts what was said into the options of a training.
  func apply(to options: inout some RunOptions) throws

  /// Tells what was recognized of the data.
  func say(_ path: String, _ summary: String, _ held: (path: String, summary: String)?)

  /// Says where a base may help.
  ///
  /// - Parameter text: What an example has to read.
  func say<Example: TrainingExample>(adviceFor examples: Examples<Example>, text: (Example) -> String)

  /// Reads what the rows of the data belong to, by their numbers.
  func groups(of path: String) throws -> [Int: UInt64]

  /// Trains.
  ///
  /// - Parameter groups: Reads what the rows of the data belong to, by their numbers.
  func train<Model: ToolModel>(
    _ model: Model.Type, on examples: Examples<Model.Example>, validation: Examples<Model.Example>?,
    options: Model.Options, groups: () throws -> [Int: UInt64]
  ) throws
}

extension LearningCommand {
  /// Refuses what only classifiers have.
  func refuseFilesOfClassifiers(_ task: ModelTask) throws {
    // tune looks at the size of any model.
    if bytes != nil, !(self is Tune) {
      throw ValidationError("--size is for classifiers, not for the task \(task.rawValue)")
    }
    try learning.refuseFilesOfClassifiers(task)
  }
}
#endif
