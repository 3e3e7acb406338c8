import CharCNNCompute
import CharCNNEvaluation
import CharCNNNetworks
import CharCNNTraining

/// A network of three parts, each a table of class scores by character: one learns in steps, one is fitted at once to counts
/// of characters and their rarity, one is frozen.
struct ThreeParts: TextNetwork {
  static let (alphabet, classes) = (6, 2)
  let parameters: ParameterLayout
  let mixture: Parameter?
  let tables: [Parameter]
  let rarity: Parameter
  var length: Int? { nil }
  var layers: [LayerDescription] { [] }

  init() {
    var builder = ParameterBuilder()
    tables = ["steps", "fitted", "frozen"].enumerated().map { number, name in
      builder.scope(name, part: .body(number)) {
        $0.add("weight", shape: [Self.alphabet, Self.classes], initialization: .normal(0.1), decays: true)
      }
    }
    rarity = builder.addFitted("rarity", shape: [Self.alphabet], initialization: .ones)
    mixture = builder.addState("mixture", shape: [3], initialization: .ones)
    parameters = builder.layout
  }

  /// The factor of each character of a part.
  private func factors(_ part: Int, _ pass: Pass) -> [Float] {
    part == 1 ? pass.device.read(pass.store.tensor(rarity)) : Array(repeating: 1, count: Self.alphabet)
  }

  func forward(_ batch: CharacterBatch, _ pass: Pass) -> (scores: PartScores, saved: CharacterBatch) {
    let texts = batch.sequences.count
    let all = pass.workspace.tensor(rows: 3 * texts, columns: Self.classes)
    var values: [Float] = []
    for (part, table) in tables.enumerated() {
      let weights = pass.device.read(pass.store.tensor(table))
      let factors = factors(part, pass)
      for text in 0..<texts {
        var row = [Float](repeating: 0, count: Self.classes)
        for place in batch.sequences.rows(of: text) {
          let character = Int(batch.characters.host[place])
          for index in row.indices { row[index] += factors[character] * weights[character * Self.classes + index] }
        }
        values += row
      }
    }
    pass.device.write(values, to: all)
    return (PartScores(all, parts: 3), batch)
  }

  /// Gives gradients to all parts, those that do not learn in steps too: that they stay is the trainer's affair.
  func backward(_ dscores: PartScores, _ batch: CharacterBatch, _ pass: Pass) {
    guard let gradients = pass.gradients else { return }
    for (part, table) in tables.enumerated() {
      let window = ParameterStore.window(table, of: gradients)
      var values = pass.device.read(window)
      let rows = pass.device.read(dscores[part])
      let factors = factors(part, pass)
      for text in 0..<dscores.texts {
        for place in batch.sequences.rows(of: text) {
          let character = Int(batch.characters.host[place])
          for index in 0..<Self.classes {
            values[character * Self.classes + index] += factors[character] * rows[text * Self.classes + index]
          }
        }
      }
      pass.device.write(values, to: window)
    }
  }
}

/// Texts of which the characters tell the class, for ``ThreeParts``.
final class ThreePartsTask: TrainingTask {
  typealias Report = ClassificationReport
  let network = ThreeParts()
  let texts: ClassificationTask
  let corpus: MemoryCorpus
  /// Times that something was fitted.
  private(set) var fits = 0
  var parameters: ParameterLayout { network.parameters }
  var count: Int { texts.count }
  var fittedByValidation: [Parameter] { texts.fittedByValidation }

  init() {
    var corpus = MemoryCorpus()
    for text in 0..<40 {
      let label = Int32(text % 2)
      corpus.append(label: label) { $0 = [label, 2 + Int32(text % 4), label, Int32(text % 3)] }
    }
    self.corpus = corpus
    texts = ClassificationTask(
      network: network,
      data: ClassificationTask.Data(training: corpus, validation: corpus, labels: ["a", "b"]))
  }

  func length(of example: Int) -> Int { texts.length(of: example) }

  func groups(_ settings: TrainingSettings) -> [ParameterGroup] {
    [
      ParameterGroup([network.tables[0]], .steps(settings.rule)),
      ParameterGroup([network.tables[1], network.rarity], .fitted),
      ParameterGroup([network.tables[2]], .frozen),
    ]
  }

  func fit(_ store: ParameterStore, device: any Device) {
    fits += 1
    var counts = [Float](repeating: 1, count: ThreeParts.alphabet * ThreeParts.classes)
    for text in 0..<corpus.count {
      let label = Int(corpus.label(of: text))
      var characters = [Int32](repeating: 0, count: corpus.length(of: text))
      characters.withUnsafeMutableBufferPointer { corpus.copyCharacters(of: text, into: $0) }
      for character in characters { counts[Int(character) * ThreeParts.classes + label] += 1 }
    }
    let rarity = (0..<ThreeParts.alphabet).map { (character: Int) -> Float in
      let both = counts[2 * character] + counts[2 * character + 1]
      return 1 / both
    }
    store.write(counts.map { $0 / 100 }, to: network.tables[1], device: device)
    store.write(rarity, to: network.rarity, device: device)
  }

  func addGradients(of examples: [Int], epoch: Int, settings: TrainingSettings, _ pass: Pass) throws
    -> (loss: Double, rows: Int)
  {
    try texts.addGradients(of: examples, epoch: epoch, settings: settings, pass)
  }

  func validate(_ store: ParameterStore, device: any Device, workspace: Workspace, check: () throws -> Void) throws
    -> ClassificationReport
  {
    try texts.validate(store, device: device, workspace: workspace, check: check)
  }
}
