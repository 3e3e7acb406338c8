internal import CharCNNCompute
internal import CharCNNFiles
internal import CharCNNNetworks

// How unequally the classes have an n-gram: what it is scaled by (Wang & Manning 2012, "Baselines and Bigrams").
extension NgramFit {
  /// How many training texts have what.
  private struct Counts {
    /// [features, classes]: texts of a class that have a feature, each as much as it counts. Whole numbers, which floats hold exactly, where
    /// all count the same.
    var ofClass: [Float]
    /// [features]: all texts that have it.
    var totals: [Float]
    /// [classes]: texts of a class.
    var texts: [Double]
    /// Texts.
    var all = 0.0
  }

  /// The squared log-count ratio of each n-gram for each problem, with the mean 1 over the texts' entries; 1 for the numbers of vectors, of
  /// which every text has all.
  ///
  /// - Parameters:
  ///   - groups: The group of each training text.
  ///   - held: The group that is not looked at; nil for none.
  func squaredRatios(groups: [UInt8], held: UInt8?) -> [[Float]] {
    let smoothing = 0.5
    // Whole numbers of texts, so that there are few different ones; none where texts count differently.
    let logarithms = examples == nil ? (0...count).map { exactLogarithm(Double($0) + smoothing) } : []
    let counts = counts(groups: groups, held: held)
    let (featureCount, ngramCount) = (rows.featureCount, vocabulary.count)
    let (classes, positives) = (classes, (0..<problems).map(positive))
    return device.map(problems) { problem in
      let positive = positives[problem]
      let (all, texts) = (counts.all, counts.texts[positive])
      let scale = exactLogarithm((all - texts + 2 * smoothing) / (texts + 2 * smoothing))
      return [Float](unsafeUninitializedCapacity: featureCount) { squares, initialized in
        var (sum, weight) = (0.0, 0.0)
        counts.ofClass.withUnsafeBufferPointer { ofClass in
          counts.totals.withUnsafeBufferPointer { totals in
            logarithms.withUnsafeBufferPointer { logarithms in
              for feature in 0..<ngramCount {
                let total = totals[feature]
                let of = ofClass[feature * classes + positive]
                let ratio =
                  logarithms.isEmpty
                  ? exactLogarithm(Double(of) + smoothing) - exactLogarithm(Double(max(total - of, 0)) + smoothing)
                    + scale
                  : logarithms[Int(of)] - logarithms[Int(total - of)] + scale
                squares[feature] = Float(ratio * ratio)
                sum += ratio * ratio * Double(total)
                weight += Double(total)
              }
            }
          }
        }
        let factor = sum > 0 ? Float(weight / sum) : 1
        for feature in 0..<ngramCount { squares[feature] *= factor }
        for feature in ngramCount..<featureCount { squares[feature] = 1 }
        initialized = featureCount
      }
    }
  }

  private func counts(groups: [UInt8], held: UInt8?) -> Counts {
    // The classes of each number of labels, one after another: asking for them text by text takes longer than the counting.
    let known = examples?.labels ?? Array(labels.prefix(count))
    let highest = Int(known.max() ?? -1)
    let ofLabel = (0..<highest + 1).map { label in sets.map { $0[Int32(label)].classes } ?? [Int32(label)] }
    var counts = Counts(
      ofClass: [Float](repeating: 0, count: rows.featureCount * classes),
      totals: [Float](repeating: 0, count: rows.featureCount), texts: [Double](repeating: 0, count: classes))
    let (classes, dimension) = (classes, rows.featureCount - vocabulary.count)
    counts.ofClass.withUnsafeMutableBufferPointer { ofClass in
      counts.totals.withUnsafeMutableBufferPointer { totals in
        rows.features.withUnsafeBufferPointer { features in
          for example in known.indices {
            let text = examples.map { Int($0.rows[example]) } ?? example
            if let held, groups[text] == held { continue }
            let amount = examples?.amounts[example] ?? 1
            counts.all += Double(amount)
            // Without the numbers of a vector, which come last.
            let entries = features[rows.offsets[text]..<rows.offsets[text + 1] - dimension]
            for feature in entries { totals[Int(feature)] += amount }
            for label in ofLabel[Int(known[example])] {
              counts.texts[Int(label)] += Double(amount)
              for feature in entries { ofClass[Int(feature) * classes + Int(label)] += amount }
            }
          }
        }
      }
    }
    return counts
  }
}
