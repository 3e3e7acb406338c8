internal import CharCNN
internal import CharCNNFiles
internal import CharCNNStorage
internal import CharCNNText

/// Texts, or their vectors, among which those are found that are nearest to a question.
package struct StoredIndex: Sendable {
  /// Where it is.
  package struct Source: Sendable, Equatable {
    /// Texts, one a line, or vectors (`.npy`, `.safetensors`) that the same model made.
    package let path: String
    /// The texts of vectors, one a line; nil where only their numbers are told.
    package let texts: String?

    package init(path: String, texts: String? = nil) { (self.path, self.texts) = (path, texts) }
  }

  private let vectors: VectorIndex
  private let texts: [String]
  /// Parts of the longest texts with their identifiers: of none, of one, of two and so on.
  private let longest: [Int]

  /// Texts that become vectors at once.
  private static let together = 1_024

  /// Reads an index; texts become vectors.
  ///
  /// - Throws: `DataError` and `StorageError` that say what is wrong with a file, and where the model has other vectors.
  init(_ source: Source, _ vectorizer: any TextVectorizer) throws {
    if VectorFormat(path: source.path) != nil {
      vectors = try VectorIndex(VectorFile(path: source.path))
      texts = try source.texts.map(Self.lines) ?? []
      guard vectors.dimension == vectorizer.dimension else {
        throw StorageError(
          .wrongShape, path: source.path,
          problem: "has vectors of \(vectors.dimension) numbers, and those of the model have \(vectorizer.dimension)",
          advice: "make them with this model (charcnn embed)")
      }
      guard texts.isEmpty || texts.count == vectors.count else {
        throw StorageError(
          .wrongShape, path: source.texts ?? "", problem: "has \(texts.count) texts for \(vectors.count) vectors",
          advice: "give the lines that they were made of")
      }
      longest = Self.longest(vectors, texts)
      return
    }
    texts = try Self.lines(source.path)
    var index = try VectorIndex(dimension: vectorizer.dimension)
    var rest = texts[...]
    while !rest.isEmpty {
      try index.append(contentsOf: vectorizer.vectors(for: Array(rest.prefix(Self.together))))
      rest = rest.dropFirst(Self.together)
    }
    vectors = index
    longest = Self.longest(vectors, texts)
  }

  /// Parts of the longest entries together, of no more than are asked for at once.
  private static func longest(_ vectors: VectorIndex, _ texts: [String]) -> [Int] {
    let bytes = (0..<vectors.count).map { place in
      (texts.isEmpty ? 0 : texts[place].utf8.count)
        + (vectors.identifiers.isEmpty ? 0 : vectors.identifiers[place].utf8.count)
    }
    let parts = bytes.map(ModelService.parts(ofBytes:)).sorted(by: >).prefix(PlainRequest.mostTop)
    return parts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
  }

  /// Parts that the nearest of a text have at most, whichever these are.
  func parts(ofNearest count: Int) -> Int { longest[min(count, longest.count - 1)] }

  /// The lines of a file, without their ends; a line without anything is a text too, so that numbers are those of lines.
  private static func lines(_ path: String) throws -> [String] {
    let file = try PlainText(path: path)
    var text: [UInt8] = []
    for piece in 0..<file.count { text += try file.piece(piece).utf8 }
    var lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
    }
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The nearest of each vector, as JSON.
  func neighbors(of vectors: [[Float]], count: Int) throws -> [String] {
    try self.vectors.nearest(toEach: vectors, count: count).map { neighbors in
      let all = neighbors.map { neighbor in
        var json = "{\"number\":\(neighbor.index + 1),\"score\":\(AnswerJSON.number(neighbor.score))"
        if let identifier = neighbor.identifier { json += ",\"identifier\":\(JSONText.quoted(identifier))" }
        if !texts.isEmpty { json += ",\"text\":\(JSONText.quoted(texts[neighbor.index]))" }
        return json + "}"
      }
      return "{\"neighbors\":[\(all.joined(separator: ","))]}"
    }
  }
}
