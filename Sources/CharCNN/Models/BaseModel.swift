import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import CharCNNText

/// A model whose body another one can start from.
protocol BodyLender: TrainedModel {
  /// What it lends.
  ///
  /// - Parameter path: Its bundle, for errors.
  /// - Throws: ``ConfigurationError`` for a model that nothing can start from.
  func base(path: String) throws(ConfigurationError) -> BaseModel
}

/// A trained model whose body another one starts from.
struct BaseModel {
  /// What the base is built as.
  enum Body {
    /// A network of the architectures, or what a classifier makes of one.
    case network(Architecture)
    case tagger(TaggerArchitecture)
  }

  let path: String
  let task: ModelTask
  let body: Body
  /// How its texts become characters, as a network that reads whole texts has it.
  let text: TextSettings
  let alphabet: Alphabet
  /// The classes of a classifier, the tags of a tagger.
  let labels: LabelSet?
  let store: ParameterStore
  let device: any Device
  /// What gives the vectors of the base that the model itself started from; nil for none.
  var vectors: VectorReader?
}

extension BaseModel {
  /// Opens a model of any task.
  ///
  /// - Parameters:
  ///   - path: Its bundle.
  ///   - instructions: Those of the run that starts from it: what a model packs for some cannot be read by others, and a base's vectors are asked
  ///     about in the run.
  /// - Throws: `StorageError` for a faulty bundle; ``ConfigurationError`` for a model that nothing can start from.
  init(opening path: String, instructions: InstructionSet = .best) throws {
    let bundle = try ModelBundle(contentsOf: path)
    let task = try bundle.task()
    let model = try task.model.init(bundle, threads: 1, instructions: instructions, precision: .single)
    guard let lender = model as? any BodyLender else {
      throw ConfigurationError(
        setting: "base",
        problem: task == .embedding
          ? "\(path) gives vectors of texts; it has no network to lend"
          : "\(path) is a model of the task \(task.rawValue), which nothing can start from")
    }
    self = try lender.base(path: path)
  }

  /// What to say of a model of n-grams alone.
  static func withoutNetwork(_ path: String) -> ConfigurationError {
    ConfigurationError(
      setting: "base", problem: "\(path) is a model of n-grams alone, which has no network to lend",
      advice: "give a model with a network, or train anew")
  }
}

extension TextSettings {
  /// The same, with characters that are what they are for another model.
  func reading(as other: TextSettings) -> TextSettings {
    var result = self
    result.normalization = other.normalization
    result.foldsCase = other.foldsCase
    result.dropsInvisible = other.dropsInvisible
    result.unit = other.unit
    return result
  }
}
