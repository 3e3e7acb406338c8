import CharCNNText
import TestSupport
import Testing

@Suite struct ThesaurusTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let data = """
    UTF-8
    happy|2
    (adj)|cheerful|glad (similar term)|sad (antonym)
    (adj)|content|glad|happy
    Polish|1
    (noun)|Slavic (generic term) (related term)
    empty|1
    -|hollow (antonym)
    naïve|1
    |simple|

    """

  private func read(_ data: String, index: String? = nil) throws -> Thesaurus {
    let path = try folder.write(data, to: "th.dat")
    if let index { _ = try folder.write(index, to: "th.idx") }
    return try Thesaurus(path: path)
  }

  @Test func `synonyms come in the order of the meanings without remarks and antonyms`() throws {
    let thesaurus = try read(Self.data)
    #expect(thesaurus.count == 3)
    #expect(Array(thesaurus.synonyms(of: "happy")) == ["cheerful", "glad", "content"])
    #expect(Array(thesaurus.synonyms(of: "HAPPY")) == ["cheerful", "glad", "content"])
    #expect(Array(thesaurus.synonyms(of: "Polish")) == ["Slavic"])
    #expect(thesaurus.synonyms(of: "polish").isEmpty)
    #expect(thesaurus.synonyms(of: "empty").isEmpty)
    #expect(Array(thesaurus.synonyms(of: "naïve")) == ["simple"])
  }

  @Test func `an index that agrees is accepted, by any of the three names`() throws {
    let index = "UTF-8\n4\nhappy|6\nPolish|88\nempty|141\nnaïve|168\n"
    _ = try read(Self.data, index: index)
    for name in ["th.dat", "th.idx", "th"] { #expect(try Thesaurus(path: folder.path + "/" + name).count == 3) }
  }

  @Test func `Latin-1 is decoded`() throws {
    let bytes = Array("ISO8859-1\nna".utf8) + [0xEF] + Array("ve|1\n(adj)|caf".utf8) + [0xE9, 0x0A]
    let thesaurus = try Thesaurus(path: try folder.write(bytes, to: "l.dat"))
    #expect(Array(thesaurus.synonyms(of: "naïve")) == ["café"])
  }

  @Test(arguments: [
    ("KLINGON\na|1\n-|b\n", 1), ("UTF-8\na\n", 2), ("UTF-8\na|x\n-|b\n", 2), ("UTF-8\n|1\n-|b\n", 2),
    ("UTF-8\na|2\n-|b\n", 2), ("UTF-8\na|2\n-|b\nc|1\n-|d\n", 4), ("UTF-8\na|1\n(adj)\n", 3),
    ("UTF-8\na|1|2\n-|b\n", 2),
  ])
  func `malformed data is an error with file and line`(data: String, line: Int) throws {
    let error = #expect(throws: DataError.self) { try read(data) }
    #expect(error?.line == line, "\(error?.description ?? "")")
    #expect(error?.path.hasSuffix("th.dat") == true)
  }

  @Test(arguments: [
    ("ISO8859-1\n1\na|6\n", 1), ("UTF-8\nmany\na|6\n", 2), ("UTF-8\n2\na|6\n", 2), ("UTF-8\n1\na\n", 3),
    ("UTF-8\n1\na|7\n", 3), ("UTF-8\n1\na|-1\n", 3), ("UTF-8\n1\na|99999\n", 3), ("UTF-8\n1\nb|6\n", 3),
    ("UTF-8\n1\na|6\na|6\n", 4),
  ])
  func `an index that does not agree is an error with file and line`(index: String, line: Int) throws {
    let error = #expect(throws: DataError.self) { try read("UTF-8\na|1\n-|b\n", index: index) }
    #expect(error?.line == line, "\(error?.description ?? "")")
    #expect(error?.path.hasSuffix("th.idx") == true)
  }

  @Test func `empty and missing files are errors`() throws {
    let empty = #expect(throws: DataError.self) { try read("") }
    #expect(empty?.kind == .emptyFile)
    let missing = #expect(throws: DataError.self) { try Thesaurus(path: "/no/such") }
    #expect(missing?.kind == .missingFile)
  }
}
