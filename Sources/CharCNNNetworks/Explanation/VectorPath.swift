package import CharCNNCompute

/// The vector of a text on its way from nothing to the text: what it says where the base's n-grams have a fraction of their strength, and the
/// derivatives of that.
///
/// A vector has the length 1, so that what it says is not linear in the n-grams.
package struct VectorPath: Sendable {
  private let vectors: WeighedVectors
  private let base: LinearNgrams
  private let classes: Int
  private let device: any Device
  /// The sum of the base's rows taken apart: a row has the place of the classes' scores.
  private let shares: NgramShares

  /// - Parameters:
  ///   - vectors: Weights of the vectors.
  ///   - classes: Classes that a text is told from.
  ///   - text: The text's characters, as many as count.
  ///   - device: Does the arithmetic.
  package init?(_ vectors: WeighedVectors, classes: Int, text: some Collection<Int32>, device: any Device) {
    guard let base = vectors.reader.network.ngrams else { return nil }
    self.vectors = vectors
    self.base = base
    self.classes = classes
    self.device = device
    var reader = base.makeReader()
    shares = vectors.reader.known(text).withUnsafeBufferPointer { base.shares(of: $0, reader: &reader) }
  }

  /// Numbers of a row of the base.
  package var rank: Int { base.columns }

  /// The scores that the vector adds at some fractions, [fractions, classes].
  package func scores(at fractions: [Double]) -> [Double] { follow(fractions, gradients: nil).scores }

  /// The derivatives of a value by the sum of the base's rows.
  ///
  /// - Parameters:
  ///   - fractions: Where on the way.
  ///   - gradients: Those by the scores, [fractions, classes].
  /// - Returns: [fractions, rank].
  package func gradients(at fractions: [Double], of gradients: [Double]) -> [Double] {
    follow(fractions, gradients: gradients).sums
  }

  /// The derivative by the fraction, by those of ``gradients(at:of:)``.
  package func slope(_ gradients: ArraySlice<Double>) -> Double {
    zip(gradients, shares.scores).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Adds what each character brings.
  ///
  /// - Parameters:
  ///   - integrals: Those of ``gradients(at:of:)`` over the way.
  ///   - characters: Receives the sums, of the text's first characters.
  package func add(_ integrals: [Double], to characters: inout ArraySlice<Double>) {
    base.add(shares, times: integrals, to: &characters)
  }

  private func follow(_ fractions: [Double], gradients: [Double]?) -> (scores: [Double], sums: [Double]) {
    let (network, dimension) = (vectors.reader.network, vectors.reader.dimension)
    let columns = vectors.weights.count / dimension
    let workspace = Workspace()
    let pass = Pass.prediction(device: device, workspace: workspace, store: vectors.reader.store)
    let sums = pass.tensor(rows: fractions.count, columns: rank)
    device.write(
      fractions.flatMap { fraction in
        zip(shares.rest, shares.scores).map { Float($0 + fraction * $1) }
      }, to: sums)
    let (y, saved) = network.vectors(of: sums, pass)
    let values = device.read(y).map { Double($0) }
    var scores = [Double](repeating: 0, count: fractions.count * classes)
    var dvalues = [Float](repeating: 0, count: values.count)
    for place in fractions.indices {
      let vector = values[place * dimension..<(place + 1) * dimension]
      let length = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0 else { continue }
      let unit = vector.map { $0 / length }
      var said = [Double](repeating: 0, count: columns)
      for (number, value) in unit.enumerated() {
        for column in 0..<columns { said[column] += value * Double(vectors.weights[number * columns + column]) }
      }
      let own = place * classes..<(place + 1) * classes
      scores.replaceSubrange(own, with: columns < classes ? [-said[0] / 2, said[0] / 2] : said)
      guard let gradients else { continue }
      let of = Array(gradients[own])
      let factors = columns < classes ? [(of[1] - of[0]) / 2] : of
      let pulls = unit.indices.map { number in
        (0..<columns).reduce(0) { $0 + factors[$1] * Double(vectors.weights[number * columns + $1]) }
      }
      // Only what turns the vector changes what it says.
      let along = zip(unit, pulls).reduce(0) { $0 + $1.0 * $1.1 }
      for number in unit.indices {
        dvalues[place * dimension + number] = Float((pulls[number] - along * unit[number]) / length)
      }
    }
    guard gradients != nil else { return (scores, []) }
    let dy = pass.tensor(rows: fractions.count, columns: dimension)
    device.write(dvalues, to: dy)
    return (scores, device.read(network.backward(dy, saved, pass)).map { Double($0) })
  }
}
