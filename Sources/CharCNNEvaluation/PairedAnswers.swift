internal import CharCNNFiles

/// The answers of two models to the same texts.
package struct PairedAnswers {
  private struct Cell: Hashable {
    var actual: Int
    var first: Int
    var second: Int
  }

  private var numbers: [String: Int] = [:]
  private var names: [String] = []
  private var cells: [Cell: Int] = [:]

  /// None yet.
  package init() {}

  private mutating func number(of label: String) -> Int {
    if let number = numbers[label] { return number }
    numbers[label] = names.count
    names.append(label)
    return names.count - 1
  }

  /// Takes the answers to a text.
  ///
  /// - Parameters:
  ///   - actual: Its label.
  ///   - first: What the first model answers.
  ///   - second: What the second one answers.
  package mutating func add(actual: String, first: String, second: String) {
    let cell = Cell(actual: number(of: actual), first: number(of: first), second: number(of: second))
    cells[cell, default: 0] += 1
  }

  /// What there is to say of the difference; there is one text at least.
  package func comparison() -> ClassificationReport.Comparison {
    let sorted = cells.sorted {
      ($0.key.actual, $0.key.first, $0.key.second) < ($1.key.actual, $1.key.first, $1.key.second)
    }
    let examples = sorted.reduce(0) { $0 + $1.value }
    func scores(_ counts: [Int]) -> (first: CellScores, second: CellScores) {
      var (first, second) = (
        CellScores(labels: names.count, unseen: 0), CellScores(labels: names.count, unseen: 0)
      )
      for (cell, count) in zip(sorted.map(\.key), counts) where count > 0 {
        first.add(actual: cell.actual, predicted: cell.first, count: count)
        second.add(actual: cell.actual, predicted: cell.second, count: count)
      }
      return (first, second)
    }
    precondition(examples > 0, "answers to compare")
    let (first, second) = scores(sorted.map(\.value))
    var bootstrap = PoissonBootstrap()
    var (accuracies, macros): ([Double], [Double]) = ([], [])
    while accuracies.count < PoissonBootstrap.samples {
      let drawn = sorted.map { bootstrap.draw($0.value) }
      // A sample of few texts may be empty, and says nothing then.
      guard drawn.contains(where: { $0 > 0 }) else { continue }
      let (one, other) = scores(drawn)
      accuracies.append(other.accuracy - one.accuracy)
      macros.append(other.macroF1 - one.macroF1)
    }
    let labels = names.indices.compactMap { label -> ClassificationReport.Comparison.Label? in
      let own = sorted.filter { $0.key.actual == label }
      let support = own.reduce(0) { $0 + $1.value }
      guard support > 0 else { return nil }
      let counts = Discordance(own.map { ($0.key.first == label, $0.key.second == label, $0.value) })
      return ClassificationReport.Comparison.Label(
        label: names[label], support: support, recall: Double(counts.second) / Double(support),
        otherRecall: Double(counts.first) / Double(support), onlyOther: counts.onlyFirst, onlyThis: counts.onlySecond,
        pValue: counts.pValue)
    }
    let all = Discordance(sorted.map { ($0.key.first == $0.key.actual, $0.key.second == $0.key.actual, $0.value) })
    return ClassificationReport.Comparison(
      examples: examples, accuracy: second.accuracy, otherAccuracy: first.accuracy,
      difference: second.accuracy - first.accuracy, differenceInterval: PoissonBootstrap.interval(accuracies),
      macroF1: second.macroF1, otherMacroF1: first.macroF1,
      macroF1Interval: PoissonBootstrap.interval(macros), onlyOther: all.onlyFirst, onlyThis: all.onlySecond,
      pValue: all.pValue,
      labels: labels.sorted {
        (($1.onlyThis - $1.onlyOther).magnitude, $0.label) < (($0.onlyThis - $0.onlyOther).magnitude, $1.label)
      })
  }
}

/// How often one of two models is right where the other is wrong.
struct Discordance {
  private(set) var (first, second, onlyFirst, onlySecond) = (0, 0, 0, 0)

  init(_ cells: [(first: Bool, second: Bool, count: Int)]) {
    for cell in cells {
      first += cell.first ? cell.count : 0
      second += cell.second ? cell.count : 0
      if cell.first, !cell.second { onlyFirst += cell.count }
      if cell.second, !cell.first { onlySecond += cell.count }
    }
  }

  /// How likely a difference as large as this is if both models are equally good: McNemar's test ("Note on the Sampling Error of the
  /// Difference Between Correlated Proportions", 1947), exact and two-sided: twice the probability that of all texts about which they disagree at
  /// most so many fall to the worse one, if a coin decided each.
  var pValue: Double {
    let (fewer, all) = (min(onlyFirst, onlySecond), onlyFirst + onlySecond)
    guard all > 0 else { return 1 }
    var logarithm = -Double(all) * log(2)
    var sum = exp(logarithm)
    for count in stride(from: 1, through: fewer, by: 1) {
      logarithm += log(Double(all - count + 1)) - log(Double(count))
      sum += exp(logarithm)
    }
    return min(2 * sum, 1)
  }
}
