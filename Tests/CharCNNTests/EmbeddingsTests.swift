import CharCNNToolkit
import Foundation
import TestSupport
import Testing

@Suite struct EmbeddingsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Vectors of the letters a to m, of dimension 8.
  private func writeVectors() throws -> (path: String, vectors: CharacterVectors) {
    var vectors = try CharacterVectors(dimension: 8)
    let numbers = normalValues(13 * 8, seed: 3)
    for (row, letter) in "abcdefghijklm".enumerated() {
      _ = try vectors.add(String(letter), numbers[row * 8..<(row + 1) * 8])
    }
    return (try folder.write(vectors.fileText(), to: "letters.vec"), vectors)
  }

  private func train(_ options: ClassificationOptions) throws -> (classifier: TextClassifier, warnings: [String]) {
    var warnings: [String] = []
    let (classifier, _) = try TextClassifier.train(
      on: Examples(ToyTexts.texts(60)), options: options,
      progress: { if case .prepared(let summary) = $0 { warnings = summary.warnings } })
    return (classifier, warnings)
  }

  @Test(arguments: OptimizerKind.allCases)
  func `frozen vectors leave training as they came`(optimizer: OptimizerKind) throws {
    let (path, vectors) = try writeVectors()
    var options = try ToyTexts.options("optimizer=\(optimizer.rawValue)", "weightDecay=0.1")
    options.embeddings = path
    options.embeddingsFrozen = true
    let (classifier, warnings) = try train(options)
    let trained = try #require(classifier.embeddings)
    for letter in "abcdefghijklm" {
      #expect(trained[String(letter)] == vectors[String(letter)] || trained[String(letter)] == nil)
    }
    #expect(trained["a"] != nil && trained["z"] != nil)
    let others = warnings.withoutCopies
    #expect(others.count == 1 && others[0].contains(path), "\(warnings)")
  }

  @Test func `tuned vectors start from the file and move, others start at random`() throws {
    let (path, vectors) = try writeVectors()
    var options = try ToyTexts.options("rate=1e-30", "averaging=0")
    options.embeddings = path
    let still = try #require(try train(options).classifier.embeddings)
    #expect(still["a"] == vectors["a"])
    options.embeddings = nil
    let random = try #require(try train(options).classifier.embeddings)
    #expect(still["z"] == random["z"] && still["a"] != random["a"])
    try options.set("rate=0.01")
    options.embeddings = path
    let moved = try #require(try train(options).classifier.embeddings)
    #expect(moved["a"] != vectors["a"])
  }

  @Test func `written embeddings are read back with the same bits`() throws {
    let (classifier, _) = try train(ToyTexts.options())
    let path = folder.path("out.vec")
    try classifier.writeEmbeddings(to: path)
    let vectors = try CharacterVectors(path: path)
    #expect(vectors == classifier.embeddings)
    #expect(vectors.units == classifier.alphabet.units && vectors[" "] != nil && vectors.unknown != nil)
    #expect(throws: StorageError.self) { try classifier.writeEmbeddings(to: path) }
    try classifier.writeEmbeddings(to: path, overwrite: true)
  }

  @Test func `another dimension, a faulty file and freezing nothing are refused before training`() throws {
    let (path, _) = try writeVectors()
    var options = try ToyTexts.options("embedding=16")
    options.embeddings = path
    let wide = options
    let error = #expect(throws: ConfigurationError.self) { try train(wide) }
    #expect(error?.setting == "embedding" && error?.problem.contains("embedding=8") == true)
    options.embeddings = try folder.write("a 1 2\nb 1\n", to: "bad.vec")
    let bad = options
    #expect(throws: DataError.self) { try train(bad) }
    options.embeddings = nil
    options.embeddingsFrozen = true
    let nothing = options
    #expect(throws: ConfigurationError.self) { try train(nothing) }
  }

  @Test func `a thesaurus changes the training texts and a faulty one is refused`() throws {
    var options = try ToyTexts.options()
    let plain = try train(options).classifier
    options.thesaurus = try folder.write("UTF-8\napple|1\n-|pear|melon\nvolga|1\n-|elbe\n", to: "th.dat")
    let varied = try train(options).classifier
    #expect(varied.embeddings != plain.embeddings)
    #expect(varied.alphabet == plain.alphabet)
    options.thesaurus = try folder.write("UTF-8\napple|2\n-|pear\n", to: "bad.dat")
    let bad = options
    let error = #expect(throws: DataError.self) { try train(bad) }
    #expect(error?.line == 2)
  }
}
