#if Tool
internal import ArgumentParser
internal import CharCNN
import CharCNNCompute
internal import CharCNNFiles
import CharCNNStorage

/// `charcnn neighbors`.
struct Neighbors: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the texts of a corpus that are nearest to others.",
    discussion: """
      The corpus is a file of texts, one a line, which --bundle turns into vectors, or a file of vectors (.npy or \
      .safetensors, of charcnn embed or of any other program). Queries are arguments, lines of --queries or of standard \
      input, or a file of vectors. Every vector of the corpus is compared. Each neighbour is a line: number of the query, \
      score, number of the text in the corpus (both from 1), and the text, where it is known.

      Example:
        charcnn neighbors reviews.txt "A film to remember." --bundle reviews.charcnn --top 3
        charcnn neighbors reviews.npy --texts reviews.txt --bundle reviews.charcnn < questions.txt
        charcnn neighbors vectors.safetensors --queries others.npy --similarity dot --json
      """)

  @Argument(help: "Texts, one a line, or vectors (.npy, .safetensors).")
  var corpus: String

  @Argument(help: "Queries; none reads --queries or standard input, a text a line.")
  var query: [String] = []

  @Option(
    help: ArgumentHelp(
      "The model that turns texts into vectors: a base of charcnn distill, or one with a network, of any task.",
      valueName: "bundle"))
  var bundle: String?

  @Option(help: ArgumentHelp("Queries: texts, one a line, or vectors.", valueName: "file"))
  var queries: String?

  @Option(help: ArgumentHelp("The texts of a corpus of vectors, to show them.", valueName: "file"))
  var texts: String?

  @Option(parsing: .unconditional, help: "Neighbours of each query.")
  var top = 10

  @Option(help: "How vectors are compared.")
  var similarity = VectorIndex.Similarity.cosine

  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Write a JSON object for each query.")
  var json = false

  private var hasVectors: Bool { VectorFormat(path: corpus) != nil }
  private var queriesAreVectors: Bool { queries.flatMap { VectorFormat(path: $0) } != nil }

  func validate() throws {
    if top < 1 { throw ValidationError("--top must be at least 1, not \(top)") }
    if !query.isEmpty, queries != nil { throw ValidationError("give queries as arguments or with --queries, not both") }
    if bundle == nil, !(hasVectors && queriesAreVectors) {
      throw ValidationError("texts need --bundle, the model that turns them into vectors")
    }
    if bundle != nil, hasVectors, queriesAreVectors {
      throw ValidationError("--bundle turns texts into vectors, and corpus and queries are vectors already")
    }
    try TextArguments.refuseFiles(query) { "--queries \($0)" }
    if texts != nil, !hasVectors { throw ValidationError("--texts goes with a corpus of vectors") }
  }

  func run() throws {
    let extractor = try bundle.map { try computing.featureExtractor($0) }
    let device = CPUDevice(threads: computing.threads, instructions: computing.instructions ?? .best)
    var known: [String] = []
    var index: VectorIndex
    if hasVectors {
      index = try VectorIndex(VectorFile(path: corpus), similarity: similarity, device: device)
      if let texts { try TextLines(path: texts).forEachPiece { known += $0 } }
      if texts != nil, known.count != index.count {
        throw Failure(
          .data,
          "\(texts ?? ""): has \(known.count) texts for \(index.count) vectors of \(corpus); give the lines they were made of"
        )
      }
    } else {
      var vectors: [Float] = []
      try TextLines(path: corpus).forEachPiece { lines in
        known += lines
        vectors += try Self.vectors(of: lines, extractor)
      }
      guard let extractor, !known.isEmpty else { throw Failure(.data, "\(corpus): has no text") }
      index = try VectorIndex(
        dimension: extractor.featureDimension(FeatureOptions()), similarity: similarity, device: device)
      try index.append(vectors, identifiers: nil)
    }
    var answers = NeighborAnswers(texts: known, top: top, isJSON: json)
    if let queries, queriesAreVectors {
      let file = try VectorFile(path: queries)
      try check(file.columns, index, queries)
      if let place = file.firstNonFinite {
        throw Failure(
          .data, "\(queries): row \(place / max(file.columns, 1) + 1) holds what is no number; leave it out")
      }
      return try answers.write(file.withFloats { Array($0) }, queries: nil, index)
    }
    guard let extractor else { return }
    try check(try extractor.featureDimension(FeatureOptions()), index, bundle ?? "")
    if !query.isEmpty { return try answers.write(Self.vectors(of: query, extractor), queries: query, index) }
    try TextLines(path: queries).forEachPiece { lines in
      try answers.write(Self.vectors(of: lines, extractor), queries: lines, index)
    }
  }

  private static func vectors(of texts: [String], _ extractor: (any FeatureExtractor)?) throws -> [Float] {
    try extractor?.features(of: texts, FeatureOptions()).flatMap(\.values) ?? []
  }

  private func check(_ dimension: Int, _ index: VectorIndex, _ name: String) throws {
    guard dimension == index.dimension else {
      throw Failure(
        .data,
        "\(name): gives vectors of \(dimension) numbers, and those of \(corpus) have \(index.dimension); use one model for both"
      )
    }
  }
}

/// Writes what `charcnn neighbors` finds.
private struct NeighborAnswers {
  private struct Answer: Encodable {
    struct Item: Encodable {
      let number: Int
      let score: Double
      let text: String?
    }

    let query: Int
    let text: String?
    let neighbors: [Item]
  }

  let texts: [String]
  let top: Int
  let isJSON: Bool
  private var output = StandardOutput()
  private var number = 0

  init(texts: [String], top: Int, isJSON: Bool) {
    self.texts = texts
    self.top = top
    self.isJSON = isJSON
  }

  mutating func write(_ vectors: [Float], queries: [String]?, _ index: VectorIndex) throws {
    for (place, neighbors) in try index.nearest(toEach: vectors, count: top).enumerated() {
      number += 1
      if isJSON {
        let items = neighbors.map {
          // Single precision has no more digits worth writing.
          Answer.Item(
            number: $0.index + 1, score: Decimals.toMillionths($0.score),
            text: texts.isEmpty ? nil : texts[$0.index])
        }
        try output.append(json: Answer(query: number, text: queries?[place], neighbors: items))
      } else {
        for neighbor in neighbors {
          let text = texts.isEmpty ? "" : "\t\(texts[neighbor.index].withEscapedControls)"
          output.append("\(number)\t\(Numbers.fixed(neighbor.score))\t\(neighbor.index + 1)\(text)\n")
        }
      }
    }
    try output.flush()
  }
}
#endif
