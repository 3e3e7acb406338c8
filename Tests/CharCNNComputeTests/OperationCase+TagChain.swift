import CharCNNCompute
import Foundation
import TestSupport

/// A chain on few tags, whose sums over all sequences of tags are taken one by one.
private struct Enumeration {
  let x: Matrix
  let chain: Matrix
  let lengths: [Int]
  var tags: Int { x.columns }

  /// Row `tags` of the chain has the start, row `tags + 1` the end.
  func score(_ path: [Int], first: Int) -> Double {
    var score = chain[tags, path[0]] + chain[tags + 1, path[path.count - 1]]
    for (t, tag) in path.enumerated() {
      score += x[first + t, tag]
      if t > 0 { score += chain[path[t - 1], tag] }
    }
    return score
  }

  func paths(_ length: Int) -> [[Int]] {
    (0..<length).reduce([[]]) { paths, _ in paths.flatMap { path in (0..<tags).map { path + [$0] } } }
  }

  /// Every sequence of a sentence with its probability, and the logarithm of the sum.
  func all(first: Int, length: Int) -> (paths: [(path: [Int], probability: Double)], partition: Double) {
    let scored = paths(length).map { (path: $0, score: score($0, first: first)) }
    let largest = scored.reduce(-.infinity) { max($0, $1.score) }
    let partition = largest + log(scored.reduce(0) { $0 + exp($1.score - largest) })
    return (scored.map { ($0.path, exp($0.score - partition)) }, partition)
  }

  var sentences: [(first: Int, length: Int)] {
    lengths.indices.map { (lengths[..<$0].reduce(0, +), lengths[$0]) }
  }
}

extension OperationCase {
  private static let chainShapes = [
    (lengths: [3], tags: 2, gap: 0, size: 1.0), (lengths: [1, 0, 4, 2, 1], tags: 3, gap: 1, size: 2.0),
    (lengths: [2, 5, 3, 1, 4, 0, 2, 3, 1], tags: 4, gap: 0, size: 5.0),
    // Scores whose exponentials are beyond doubles.
    (lengths: [4, 1, 3], tags: 3, gap: 2, size: 2_000.0),
  ]

  private static func chain(_ values: Matrix, _ stage: Stage) -> TagChain {
    let tags = values.columns
    let all = stage.tensor(values, isContiguous: true)
    return TagChain(
      transitions: all.rows(0..<tags), start: all.rows(tags..<tags + 1), end: all.rows(tags + 1..<tags + 2))
  }

  static let tagChains = chainShapes.flatMap { lengths, tags, gap, size -> [OperationCase] in
    func rounded(_ x: Matrix, times size: Double) -> Matrix { x.filled { Double(Float(size * x[$0, $1])) } }
    let x = rounded(Matrix(random: lengths.reduce(0, +), tags, seed: 1), times: size)
    let values = rounded(Matrix(random: tags + 2, tags, seed: 2), times: size)
    var labels = wholeValues(x.rows, from: 0, to: tags, seed: 3)
    if lengths.count > 4 { labels[lengths[0]] = -1 }
    let known = labels
    let enumeration = Enumeration(x: x, chain: values, lengths: lengths)
    let name = "of \(lengths.count) sentences, \(tags) tags, scores of size \(size)"
    let gradient = OperationCase("gradient of chains \(name)", gap: gap) { stage in
      let losses = stage.result(lengths.count, 1, isContiguous: true)
      let dx = stage.result(x.rows, tags)
      let gradients = chain(Matrix(zeros: tags + 2, tags), stage)
      stage.device.chainGradient(
        stage.tensor(x), PackedSequences(lengths: lengths, count: lengths.count, workspace: stage.workspace),
        chain: chain(values, stage), labels: stage.indices(known), scale: 0.5, losses: losses, into: dx,
        addTo: gradients, workspace: stage.workspace)
      let chainGradients = [gradients.transitions, gradients.start, gradients.end].flatMap(stage.read)
      return [stage.read(losses), stage.read(dx), chainGradients]
    } formula: {
      var (dx, dchain) = (Matrix(zeros: x.rows, tags), Matrix(zeros: tags + 2, tags))
      let losses = enumeration.sentences.map { first, length -> Double in
        let gold = known[first..<first + length].map(Int.init)
        guard length > 0, gold.allSatisfy({ $0 >= 0 }) else { return 0 }
        let (paths, partition) = enumeration.all(first: first, length: length)
        for (path, weight) in paths + [(gold, -1)] {
          dchain[tags, path[0]] += 0.5 * weight
          dchain[tags + 1, path[length - 1]] += 0.5 * weight
          for t in 0..<length {
            dx[first + t, path[t]] += 0.5 * weight
            if t > 0 { dchain[path[t - 1], path[t]] += 0.5 * weight }
          }
        }
        return partition - enumeration.score(gold, first: first)
      }
      return [losses, dx.values, dchain.values]
    }
    let marginals = OperationCase("probabilities of chains \(name)", gap: gap) { stage in
      let y = stage.result(x.rows, tags)
      let sequences = PackedSequences(lengths: lengths, count: lengths.count, workspace: stage.workspace)
      let partitions = stage.device.chainMarginals(
        stage.tensor(x), sequences, chain: chain(values, stage), into: y, workspace: stage.workspace)
      let runs = enumeration.sentences.indices.reversed().filter { lengths[$0] > 1 }.map {
        TagRun(sentence: $0, row: lengths[$0] - 2, tags: [1, 0])
      }
      let probabilities = stage.device.chainRunProbabilities(
        stage.tensor(x), sequences, chain: chain(values, stage), runs: runs, workspace: stage.workspace)
      return [stage.read(y), partitions.map(Float.init), probabilities]
    } formula: {
      var y = Matrix(zeros: x.rows, tags)
      var partitions: [Double] = []
      var runs: [Double] = []
      for (first, length) in enumeration.sentences {
        guard length > 0 else {
          partitions.append(0)
          continue
        }
        let (paths, partition) = enumeration.all(first: first, length: length)
        partitions.append(partition)
        for (path, probability) in paths { for t in 0..<length { y[first + t, path[t]] += probability } }
        if length > 1 {
          runs.append(
            paths.reduce(0) { $0 + ($1.path[length - 2] == 1 && $1.path[length - 1] == 0 ? $1.probability : 0) })
        }
      }
      return [y.values, partitions, runs.reversed()]
    }
    let best = [1, 3, 100].map { count in
      OperationCase("\(count) best chains \(name)", gap: gap) { stage in
        let paths = stage.device.bestChains(
          stage.tensor(x), PackedSequences(lengths: lengths, count: lengths.count, workspace: stage.workspace),
          chain: chain(values, stage), count: count, workspace: stage.workspace)
        return [
          paths.flatMap { $0.map { Float($0.score) } }, paths.flatMap { $0.flatMap { $0.tags.map(Float.init) } },
        ]
      } formula: {
        let sorted = enumeration.sentences.map { first, length -> [(path: [Int], score: Double)] in
          if length == 0 { return [([], 0)] }
          let scored = enumeration.paths(length).map { (path: $0, score: enumeration.score($0, first: first)) }
          return Array(scored.sorted { $0.score > $1.score }.prefix(count))
        }
        return [sorted.flatMap { $0.map(\.score) }, sorted.flatMap { $0.flatMap { $0.path.map(Double.init) } }]
      }
    }
    return [gradient, marginals] + best
  }
}
