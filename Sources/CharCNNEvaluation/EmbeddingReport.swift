internal import CharCNNFiles

/// How near the vectors that a model gives texts come to those of a teacher.
///
/// As JSON, the names of the members are the names of the properties; values that are nil are left out.
public struct EmbeddingReport: Codable, Equatable, Sendable {
  /// How many texts there were.
  public let texts: Int
  /// The mean cosine of a text's vector with the teacher's.
  public let cosine: Double
  /// The mean of 1 - cosine and half of the squared distance, which is what was learned; nil if it is not finite.
  public let loss: Double?
  /// Of the ten texts that are nearest to a text by the teacher's vectors, the share that is among its ten nearest by the model's: the mean
  /// over texts of a sample; nil where there are not enough texts.
  public let neighborAgreement: Double?
  /// Spearman's correlation of the cosines of all pairs of texts of the sample, the teacher's with the model's; nil likewise.
  public let similarityCorrelation: Double?

  /// The figures.
  public init(
    texts: Int, cosine: Double, loss: Double?, neighborAgreement: Double?, similarityCorrelation: Double?
  ) {
    self.texts = texts
    self.cosine = cosine
    // JSON has no infinity.
    self.loss = loss.flatMap { $0.isFinite ? $0 : nil }
    self.neighborAgreement = neighborAgreement
    self.similarityCorrelation = similarityCorrelation
  }
}

extension EmbeddingReport: ModelReport {
  /// The cosine.
  public var score: Double { cosine }
  /// The texts.
  public var examples: Int { texts }

  /// The cosine, and how well texts stand to each other as they do for the teacher.
  public var figures: [ReportFigure] {
    [.init("cosine", key: "cosine", value: cosine)]
      + (neighborAgreement.map { [.init("agreement of neighbours", key: "neighborAgreement", value: $0)] } ?? [])
      + (similarityCorrelation.map {
        [.init("correlation of similarities", key: "similarityCorrelation", value: $0)]
      } ?? [])
  }

  /// The report as text for people.
  public func table() -> String {
    let rows = [["texts", "\(texts)"]] + figures.map { [$0.name, Decimals.rounded($0.value)] }
    return TextTable(rows: rows, leftColumns: 2).text()
  }
}

extension EmbeddingReport {
  /// Neighbours that are compared.
  private static let neighbors = 10

  /// How alike the similarities of some texts are in two spaces.
  ///
  /// - Parameters:
  ///   - vectors: The model's vectors of the texts, [texts, dimension].
  ///   - others: The teacher's.
  ///   - dimension: Numbers of a vector.
  /// - Returns: The mean share of common neighbours, and Spearman's correlation of the cosines of all pairs; nil where the texts are too few.
  package static func agreement(
    _ vectors: [Float], _ others: [Float], dimension: Int
  ) -> (neighbors: Double?, correlation: Double?) {
    precondition(vectors.count == others.count && dimension > 0 && vectors.count % dimension == 0, "pairs of vectors")
    let count = vectors.count / dimension
    guard count > 2 * neighbors else { return (nil, nil) }
    let (first, second) = (units(vectors, dimension), units(others, dimension))
    var (pairs, otherPairs): ([Double], [Double]) = ([], [])
    pairs.reserveCapacity(count * (count - 1) / 2)
    otherPairs.reserveCapacity(count * (count - 1) / 2)
    var common = 0
    for text in 0..<count {
      let (own, other) = (cosines(of: text, first, dimension), cosines(of: text, second, dimension))
      common += nearest(own, to: text).intersection(nearest(other, to: text)).count
      for later in text + 1..<count {
        pairs.append(Double(own[later]))
        otherPairs.append(Double(other[later]))
      }
    }
    return (Double(common) / Double(count * neighbors), Correlation.spearman(pairs, otherPairs))
  }

  private static func units(_ vectors: [Float], _ dimension: Int) -> [Float] {
    var units = vectors
    for start in stride(from: 0, to: vectors.count, by: dimension) {
      let length = vectors[start..<start + dimension].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      guard length > 0 else { continue }
      for place in start..<start + dimension { units[place] = Float(Double(vectors[place]) / length) }
    }
    return units
  }

  private static func cosines(of text: Int, _ units: [Float], _ dimension: Int) -> [Float] {
    (0..<units.count / dimension).map { other in
      var sum: Float = 0
      for place in 0..<dimension { sum += units[text * dimension + place] * units[other * dimension + place] }
      return sum
    }
  }

  private static func nearest(_ cosines: [Float], to text: Int) -> Set<Int> {
    Set(cosines.indices.filter { $0 != text }.sorted { (cosines[$1], $0) < (cosines[$0], $1) }.prefix(neighbors))
  }
}
