import CharCNNNetworks
import Testing

/// The settings of an architecture as a whole.
@Suite struct ArchitectureTests {
  @Test func `settings of another kind are an error and change nothing`() throws {
    var classifier = Architecture.gated(GatedConfiguration())
    let before = classifier
    #expect(throws: ConfigurationError.self) { try classifier.use(CharacterTaggerConfiguration()) }
    #expect(throws: ConfigurationError.self) { try classifier.use(MatcherConfiguration()) }
    #expect(classifier == before)
    try classifier.use(KimConfiguration())
    #expect(classifier.name == "kim")
    var tagger = TaggerArchitecture(.word)
    #expect(throws: ConfigurationError.self) { try tagger.use(GatedConfiguration()) }
    #expect(tagger == TaggerArchitecture(.word))
    try tagger.use(CharacterTaggerConfiguration())
    #expect(tagger.unit == .character)
  }

  @Test func `sizes that come from the data leave the rest as it is`() throws {
    var architecture = Architecture.gated(GatedConfiguration())
    try architecture.set("filters", to: "24")
    architecture.setSizes(alphabetSize: 7, classes: 4)
    #expect(architecture.configuration.alphabetSize == 7 && architecture.configuration.classes == 4)
    #expect(architecture.configuration.value(of: "filters") == "24")
    architecture.setSizes(alphabetSize: -1, classes: 0)
    #expect(throws: ConfigurationError.self) { try architecture.makeNetwork() }
  }
}
