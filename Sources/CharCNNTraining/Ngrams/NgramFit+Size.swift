internal import CharCNNCompute
package import CharCNNNetworks

extension NgramFit {
  /// The n-grams that count most in a model: those whose weights move the scores of the training texts most, by the sum of the squares of what an n-gram adds to the scores (Guyon 2002, "Gene selection for cancer classification using
  /// support vector machines", for choosing by weights and then learning again).
  ///
  /// - Parameters:
  ///   - most: How many they are; of equals those that come first in the vocabulary.
  ///   - model: The model.
  ///   - groups: The group of each training text.
  ///   - held: The group that the model has not learned from; nil for none.
  /// - Returns: Whether each row of the vocabulary is one of them.
  func important(_ most: Int, in model: LinearNgrams, groups: [UInt8], held: UInt8?) -> [Bool] {
    var presence = [Double](repeating: 0, count: rows.featureCount)
    for text in 0..<count where held == nil || groups[text] != held {
      for entry in rows.offsets[text]..<rows.offsets[text + 1] {
        presence[Int(rows.features[entry])] += Double(rows.values[entry]) * Double(rows.values[entry])
      }
    }
    let columns = model.columns
    let importances = (0..<vocabulary.count).map { row in
      let step = Double(model.scales[row])
      var squares = 0
      for place in row * columns..<(row + 1) * columns {
        let weight = Int(model.weights[place])
        squares += weight * weight
      }
      return presence[Int(featureOfRow[row])] * step * step * Double(squares)
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

  /// The same texts seen with some of the n-grams.
  ///
  /// - Throws: When a text cannot be read again, and what the check throws.
  func keeping(_ isKept: [Bool]) throws -> NgramFit {
    try NgramFit(
      vocabulary.keeping { isKept[$0] }.ngrams, expecting: entries, leftOut: leftOut, features: features, roles: roles,
      texts: texts, validation: validation, classes: classes, balance: balance, seed: seed, device: device,
      check: check)
  }
}

extension LinearNgrams {
  /// N-grams of a model whose file has so many bytes; below 1 where what every file has takes all of them.
  ///
  /// - Parameters:
  ///   - bytes: Of the whole file.
  ///   - classes: Number of classes.
  ///   - alphabet: Number of characters.
  package static func rows(inBytes bytes: Int, classes: Int, alphabet: Int) -> Int {
    // Remainder, rarity and exponent, and two rows or more a bucket; besides, the head of the file.
    let halves = 2 * (columns(classes: classes) + 2 + 1 + 1) + 1
    return 2 * (bytes - 1_024 - alphabet - 4 * columns(classes: classes)) / halves
  }
}
