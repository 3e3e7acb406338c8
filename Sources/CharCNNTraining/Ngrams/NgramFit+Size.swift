internal import CharCNNCompute
package import CharCNNNetworks

extension NgramFit {
  /// The n-grams that count most in a model: those whose weights move the scores of the training texts most, by the sum of the squares of
  /// what an n-gram adds to the scores (Guyon 2002, "Gene selection for cancer classification using support vector machines", for
  /// choosing by weights and then learning again).
  ///
  /// - Parameters:
  ///   - most: How many they are; of equals those that come first in the vocabulary.
  ///   - model: The model.
  ///   - groups: The group of each training text.
  ///   - held: The group that the model has not learned from; nil for none.
  /// - Returns: Whether each row of the vocabulary is one of them.
  func important(_ most: Int, in model: LinearNgrams, groups: [UInt8], held: UInt8?) -> [Bool] {
    let presence = presence(groups: groups, held: held)
    let columns = model.columns
    let importances = model.weights.withUnsafeBufferPointer { weights in
      (0..<vocabulary.count).map { row in
        let step = Double(model.scales[row])
        var squares = 0
        for place in row * columns..<(row + 1) * columns { squares += Int(weights[place]) * Int(weights[place]) }
        return presence[Int(featureOfRow[row])] * step * step * Double(squares)
      }
    }
    let least = most < importances.count ? importances.sorted(by: >)[max(most - 1, 0)] : -1
    var isKept = importances.map { $0 > least }
    var left = most - isKept.count { $0 }
    for row in importances.indices where importances[row] == least && left > 0 {
      isKept[row] = true
      left -= 1
    }
    return isKept
  }

  /// The sum of the squares of each feature's values, each text as much as it counts.
  private func presence(groups: [UInt8], held: UInt8?) -> [Double] {
    var presence = [Double](repeating: 0, count: rows.featureCount)
    presence.withUnsafeMutableBufferPointer { presence in
      rows.features.withUnsafeBufferPointer { features in
        rows.values.withUnsafeBufferPointer { values in
          for text in 0..<count where held == nil || groups[text] != held {
            let weight = Double(weight(ofRow: text))
            for entry in rows.offsets[text]..<rows.offsets[text + 1] {
              presence[Int(features[entry])] += weight * Double(values[entry]) * Double(values[entry])
            }
          }
        }
      }
    }
    return presence
  }

  /// Texts that tell how much n-grams that are left out cost; many more would only take time.
  private static let measuredTexts = 10_000
  /// Texts between two checks.
  private static let measuredAtOnce = 1_024

  /// Which validation texts a model answers rightly, of many of them those that are spread evenly; none where texts have scores, which
  /// are more or less near.
  func rightAnswers(of model: LinearNgrams, isHeld: (_ text: Int) -> Bool) throws -> [Bool] {
    if scores != nil { return [] }
    let (corpus, known) = validation.map { ($0, Array(0..<$0.count)) } ?? (texts, (0..<count).filter(isHeld))
    let every = max(1, (known.count + Self.measuredTexts - 1) / Self.measuredTexts)
    let measured = stride(from: 0, to: known.count, by: every).map { known[$0] }
    let scorer = NgramScorer(model, length: .max, networkLength: 0)
    let lengths = corpus.lengths
    var right: [Bool] = []
    for first in stride(from: 0, to: measured.count, by: Self.measuredAtOnce) {
      try check()
      let block = Array(measured[first..<min(first + Self.measuredAtOnce, measured.count)])
      let all = try scorer.scores(of: block, corpus, lengths, device)
      for (place, text) in block.enumerated() {
        let scores = all[place * classes..<(place + 1) * classes]
        if let sets {
          // Of several labels, that all are on their sides.
          let targets = sets.targets(corpus.label(of: text), classes: classes)
          right.append(zip(scores, targets).allSatisfy { ($0 > 0) == $1 })
        } else {
          let best = scores.indices.max { scores[$0] < scores[$1] }
          right.append(best.map { $0 - scores.startIndex } == Int(corpus.label(of: text)))
        }
      }
    }
    return right
  }

  /// The same texts seen with some of the n-grams.
  ///
  /// - Throws: When a text cannot be read again, and what the check throws.
  func keeping(_ isKept: [Bool]) throws -> NgramFit {
    var keeps = [Bool](repeating: false, count: vocabulary.count)
    for (row, feature) in featureOfRow.enumerated() { keeps[Int(feature)] = isKept[row] }
    let entries = rows.features[..<rows.offsets[count]].count { $0 < keeps.count && keeps[Int($0)] }
    return try NgramFit(
      vocabulary.keeping { isKept[$0] }.ngrams, expecting: entries, leftOut: leftOut, features: features, roles: roles,
      texts: texts, validation: validation, classes: classes, sets: sets, scores: scores, targets: targets,
      heldTargets: heldTargets, vectors: vectors, balance: balance, seed: seed,
      device: device, check: check)
  }
}

extension LinearNgrams {
  /// N-grams of a model whose file has so many bytes; below 1 where what every file has takes all of them.
  ///
  /// - Parameters:
  ///   - bytes: Of the whole file.
  ///   - columns: Numbers that a row holds.
  ///   - alphabet: Number of characters.
  package static func rows(inBytes bytes: Int, columns: Int, alphabet: Int) -> Int {
    // Remainder, rarity and exponent, and two rows or more a bucket; besides, the head of the file.
    let halves = 2 * (columns + 2 + 1 + 1) + 1
    return 2 * (bytes - 1_024 - alphabet - 4 * columns) / halves
  }
}
