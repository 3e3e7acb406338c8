import CharCNNTool
import CharCNNToolkit
import TestSupport
import Testing

@Suite struct LocaleNamesTests {
  static let names = LocaleNames.collect()

  @Test func manyLanguagesHaveManyNames() {
    #expect(Self.names.languages.count >= 60)
    #expect(Set(["da", "de", "en", "ja", "sv"]).isSubset(of: Self.names.languages))
    #expect(Self.names.names.count > 10_000)
    #expect(Self.names.names.contains(LocaleName(text: "Frankreich", language: "de", key: "region/FR")))
    #expect(LocaleNames.englishName(ofLanguage: "fr") == "French")
  }

  @Test func everyTextBelongsToOneLanguage() {
    var languages: [String: Set<String>] = [:]
    for name in Self.names.names { languages[name.text, default: []].insert(name.language) }
    #expect(languages.values.allSatisfy { $0.count == 1 })
  }

  @Test func noKeyIsInBothParts() {
    let split = Self.names.split(heldOutFraction: 0.2, seed: 5)
    let train = Set(split.train.names.map(\.key))
    let heldOut = Set(split.heldOut.names.map(\.key))
    #expect(train.isDisjoint(with: heldOut) && !heldOut.isEmpty)
    #expect(Set(heldOut.map { $0.prefix { $0 != "/" } }) == ["region", "language", "currency"])
    #expect(split.heldOut.languages.count == Self.names.languages.count)
    #expect(Self.names.split(heldOutFraction: 0.2, seed: 5).heldOut == split.heldOut)
  }

  @Test func csvReadsBack() throws {
    let folder = try TemporaryFolder()
    var names = LocaleNames(names: Array(Self.names.names.prefix(500)))
    names.names.append(LocaleName(text: "a \"quoted\", text\nof two lines", language: "xx", key: "region/XX"))
    let source = try LabeledTextSource(path: try folder.write(names.csv(), to: "names.csv"))
    var read: [[String?]] = []
    try source.forEachRecord { record, _ in read.append([record.text, record.label]) }
    #expect(read == names.names.map { [$0.text, $0.language] })
  }
}
