internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText
import CharCNNTraining

/// Texts and a teacher's vectors of them, encoded and checked.
struct PreparedVectors {
  /// The texts and their vectors.
  var part: DistillationTask.Part
  /// Numbers of a vector.
  let dimension: Int
  /// A digest of all texts and vectors.
  let digest: String
  /// Whether all vectors have the length 1, but for rounding.
  let areUnits: Bool
  /// The mean of the vectors' lengths.
  let meanLength: Float
  let cutTexts: Int
  let emptyTexts: Int
  /// One line each: what a user should know.
  let warnings: [String]

  /// Reads all texts once.
  ///
  /// - Parameters:
  ///   - texts: What to read.
  ///   - encoder: Alphabet and settings.
  ///   - dimension: Numbers that a vector must have; nil for those of the first.
  /// - Throws: `DataError` for faulty files, and for vectors of another length, of zeros, or with what is no number.
  init(_ texts: Examples<EmbeddedText>, encoder: TextEncoder, dimension expected: Int?) throws {
    let source = texts.wholeSource
    var builder = TextCorpusBuilder(encoder: encoder, source: source?.texts)
    var digest = RunningSHA256()
    var vectors: [Float] = []
    // Where each text's vector stands in its file, once records that were left out have set texts and rows apart.
    var rows: [Int]?
    var dimension = expected
    var (areUnits, lengths, count) = (true, 0.0, 0)
    func add(_ example: EmbeddedText, _ reference: RecordReference?, _ row: Int) throws {
      let vector = example.vector
      let place = (path: texts.name, line: texts.isInMemory ? row : nil)
      let wanted = dimension ?? vector.count
      guard vector.count <= EmbedderConfiguration.largestDimension else {
        throw DataError(
          .raggedRow, path: place.path, line: place.line,
          problem:
            "the vector of text \(row) has \(vector.count) numbers, and may have \(EmbedderConfiguration.largestDimension) at most",
          advice: "give vectors of fewer numbers")
      }
      guard vector.count == wanted, !vector.isEmpty else {
        throw DataError(
          .raggedRow, path: place.path, line: place.line,
          problem: vector.isEmpty
            ? "the vector of text \(row) has no numbers"
            : "the vector of text \(row) has \(vector.count) numbers, and \(expected == nil ? "the first has" : "the model's have") \(wanted)",
          advice: "give vectors of one teacher")
      }
      dimension = wanted
      var square = 0.0
      for number in vector { square += Double(number) * Double(number) }
      // Beyond these lengths floats, which they are scaled with, hold nothing.
      guard square.isFinite, (1e-30...1e30).contains(square.squareRoot()) else {
        throw DataError(
          .unsuitableValue, path: place.path, line: place.line,
          problem: "the vector of text \(row) "
            + (square < 1 ? "is zero in all places, or nearly" : "holds what is no number, or one too large"),
          advice: "leave such texts out")
      }
      let length = square.squareRoot()
      if abs(length - 1) > 1e-3 { areUnits = false }
      lengths += length
      if rows == nil, row != count + 1 { rows = Array(0..<count) }
      rows?.append(row - 1)
      count += 1
      digest.add(example.text)
      vector.withUnsafeBytes { digest.add($0) }
      builder.append(example.text, reference: reference)
      if source?.file == nil { vectors += vector }
    }
    let report = try texts.forEach(add)
    self.dimension = dimension ?? 0
    self.areUnits = areUnits
    meanLength = Float(lengths / Double(max(count, 1)))
    self.digest = digest.hexDigest
    (cutTexts, emptyTexts) = (builder.cutTexts, builder.emptyTexts)
    let teacher =
      source?.file.map { file in
        TeacherVectors(count: count, dimension: file.columns) { [rows] in file.vector(rows?[$0] ?? $0) }
      } ?? TeacherVectors(vectors, dimension: max(self.dimension, 1))
    part = DistillationTask.Part(texts: builder.corpus, vectors: teacher)
    // What a label is means nothing here, nor how many there are.
    var warnings = report.warnings(ofSeveralLabels: true)
    if cutTexts > 0 {
      warnings.append(
        "\(cutTexts == 1 ? "1 text" : "\(cutTexts) texts") cut to the first \(encoder.settings.maximumLength) characters (`maximumLength`)"
      )
    }
    if emptyTexts > 0 {
      warnings.append("\(emptyTexts == 1 ? "1 text" : "\(emptyTexts) texts") without a single character")
    }
    self.warnings = warnings
  }
}
