import CharCNNText
import TestSupport
import Testing

@Suite struct CharacterVectorsTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read(_ text: String) throws -> CharacterVectors {
    try CharacterVectors(path: try folder.write(text, to: "a.vec"))
  }

  private func error(_ text: String) throws -> DataError? {
    #expect(throws: DataError.self) { try read(text) }
  }

  @Test func `entries of one character are kept and words are counted`() throws {
    let vectors = try read("4 2\na 0.5 -1e-3\nword 1 2\né 3 4 \n你 5\t6\n")
    #expect(vectors.dimension == 2 && vectors.units == ["a", "é", "你"] && vectors.skippedEntries == 1)
    #expect(vectors["a"].map(Array.init) == [0.5, -0.001])
    #expect(vectors["你"].map(Array.init) == [5, 6])
    #expect(vectors["b"] == nil && vectors.unknown == nil)
    // Composed and decomposed are two characters.
    #expect(vectors["e\u{301}"] == nil)
  }

  @Test func `the header may be missing and lines may end as on Windows`() throws {
    let vectors = try read("\u{FEFF}a 1 2 3\r\nb 4 5 6\r\n")
    #expect(vectors.dimension == 3 && vectors.units == ["a", "b"])
  }

  @Test func `spelled white space, the space itself and the unknown character are read`() throws {
    let vectors = try read("<U+000A> 1 2\n<unk> 3 4\n  5 6\n<U+00> 7 8\n<U+ZZ> 7 8\n<U+110000> 7 8\n")
    #expect(vectors.units == ["\n", " ", "\u{0}"] && vectors.skippedEntries == 2)
    #expect(vectors[" "].map(Array.init) == [5, 6])
    #expect(vectors.unknown == [3, 4])
  }

  @Test func `entries with spaces in them and entries that are not UTF-8 are skipped`() throws {
    let path = try folder.write("a 1 2\n. . . 3 4\n", to: "a.vec")
    #expect(try CharacterVectors(path: path).skippedEntries == 1)
    let bytes = Array("a 1 2\n".utf8) + [0xC3] + Array(" 1 2\n".utf8)
    #expect(try CharacterVectors(path: try folder.write(bytes, to: "b.vec")).skippedEntries == 1)
  }

  @Test func `reading what was written gives the same bits`() throws {
    var vectors = try CharacterVectors(dimension: 3)
    let numbers: [Float] = [0.1, -1 / 3, 1e-38, 3.4e38, .leastNonzeroMagnitude, -0.0, 1, 16_777_216, 1e-5]
    for (place, unit) in ["a", " ", "\r\n", "👩‍👩‍👧", "\u{2028}", "é"].enumerated() {
      let isNew = try vectors.add(unit, numbers[place..<place + 3])
      #expect(isNew)
    }
    try vectors.setUnknown([7, 8, 9])
    #expect(try read(vectors.fileText()) == vectors)
  }

  @Test func `a character is added once`() throws {
    var vectors = try CharacterVectors(dimension: 1)
    let first = try vectors.add("a", [1])
    let second = try vectors.add("a", [2])
    #expect(first && !second)
    #expect(vectors["a"].map(Array.init) == [1] && vectors.units == ["a"])
  }

  @Test(arguments: [
    ("2 2\na 1 2\nb 1\n", 3), ("a 1 2\nb 1 2 3\n", 2), ("2 2\na 1 2\nword 1\n", 3), ("a 1 x\n", 1),
    ("2 2\na 1 2\nb nan 2\n", 3), ("a 1 inf\n", 1), ("a 1 2\nb 1 2\na 3 4\n", 3), ("<unk> 1\n<unk> 2\n", 2),
    ("3 2\na 1 2\nb 1 2\n", 3), ("1 2\na 1 2\nb 1 2\n", 3), ("word\n", 1), ("2 0\na\nb\n", 2),
  ])
  func `faults are errors with file and line`(text: String, line: Int) throws {
    let error = try error(text)
    #expect(error?.line == line, "\(error?.description ?? "")")
    #expect(error?.path.hasSuffix("a.vec") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func `empty and missing files are errors`() throws {
    #expect(try error("")?.kind == .emptyFile)
    #expect(try error("\n \n")?.kind == .emptyFile)
    let missing = #expect(throws: DataError.self) { try CharacterVectors(path: "/no/such.vec") }
    #expect(missing?.kind == .missingFile)
  }
}
