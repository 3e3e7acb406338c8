import CharCNNToolkit
import Foundation
import Testing

/// Settings are listed by hand: nothing is forgotten, nothing changes its name or its place.
@Suite struct SettingKeysTests {
  /// A group of settings, looked at from outside.
  struct Group: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Names as they are listed, and as the first release listed them.
    let (listed, expected): ([String], [String])
    /// Stored properties of the group itself, and of the parts that it is composed of.
    let (own, parts): ([String], [String])
    /// Names in JSON where no setting is none.
    let written: @Sendable () throws -> [String]
    /// For each name, the stored properties that change with it.
    let changes: @Sendable () throws -> [(name: String, changed: [String])]

    /// Something for every kind of setting.
    private static let texts = [
      "solved", "bf16",
      "7", "0.5", "true", "false", "3,4", "causal", "average", "batch", "relu", "constant", "sgd", "classUniform",
      "full", "static", "convolution", "softmax", "regression", "nfc", "byte",
    ]

    init<Value: Settings>(_ value: Value, _ expected: String, parts: Set<String> = []) {
      testDescription = "\(Value.self)"
      listed = value.settingNames
      self.expected = expected.split(separator: " ").map(String.init)
      let children = Mirror(reflecting: value).children
      own = children.compactMap { $0.label.flatMap { parts.contains($0) ? nil : $0 } }
      self.parts = children.filter { parts.contains($0.label ?? "") }.flatMap {
        Mirror(reflecting: $0.value).children.compactMap(\.label)
      }
      @Sendable func changed(_ name: String, in value: Value) throws -> Value {
        for text in Self.texts {
          var other = value
          if (try? other.set(name, to: text)) != nil, other != value { return other }
        }
        throw ConfigurationError(setting: name, problem: "is not changed by any of the test's values")
      }
      @Sendable func leaves(_ value: Value) -> [String: String] {
        var leaves: [String: String] = [:]
        for child in Mirror(reflecting: value).children {
          guard let label = child.label else { continue }
          guard parts.contains(label) else {
            leaves[label] = "\(child.value)"
            continue
          }
          for inner in Mirror(reflecting: child.value).children { leaves[inner.label ?? ""] = "\(inner.value)" }
        }
        return leaves
      }
      written = {
        var all = value
        for name in value.settingNames
        where ["none", "automatic", "steps", "root", "16384", "8000000", "single"].contains(value.value(of: name)) {
          all = try changed(name, in: all)
        }
        let data = try JSONEncoder().encode(all)
        #expect(try JSONDecoder().decode(Value.self, from: data) == all)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any]).keys.sorted()
      }
      changes = {
        try value.settingNames.map { name in
          let (before, after) = (leaves(value), leaves(try changed(name, in: value)))
          return (name, before.keys.filter { before[$0] != after[$0] })
        }
      }
    }

    static let all = [
      Group(
        GatedConfiguration(),
        "alphabetSize classes embedding filters widths blocks stride dilations nonlinearity normalization residual pooling poolingWidth poolingStride globalPooling hidden characterDropout blockDropout dropout length padding"
      ),
      Group(
        MultikernelConfiguration(), "alphabetSize classes embedding widths rounds roundWidth hidden dropout length"),
      Group(KimConfiguration(), "alphabetSize classes variant embedding widths maps dropout maximumNorm length"),
      Group(
        ZhangConfiguration(),
        "alphabetSize classes alphabet reversed maps widths poolings hidden dropout deviation length"),
      Group(
        VDCNNConfiguration(),
        "alphabetSize classes embedding maps convolutions downsampling shortcut kMax hidden length"),
      Group(
        NgramConfiguration(),
        "ngrams wordNgrams wordPairs ngramTraining ngramCost ngramBalance ngramLength ngramSize ngramBits ngramWidth ngramDropout ngramRate ngramDecay ngramBayes"
      ),
      Group(
        CharacterTaggerConfiguration(),
        "alphabetSize classes embedding ngrams ngramBits filters widths blocks dilations nonlinearity normalization residual characterDropout ngramDropout inputDropout blockDropout dropout output",
        parts: ["gated"]),
      Group(
        WordTaggerConfiguration(),
        "alphabetSize classes embedding characterWidths characterFilters ngrams ngramBits ngramWidth filters widths blocks dilations nonlinearity normalization residual characterDropout ngramDropout inputDropout blockDropout dropout output",
        parts: ["gated"]),
      Group(
        MatcherConfiguration(),
        "alphabetSize classes objective symmetric positive margin lowest highest embedding filters widths blocks dilations nonlinearity normalization residual pooling poolingWidth poolingStride globalPooling ngrams ngramBits ngramWidth overlaps hidden characterDropout ngramDropout blockDropout dropout",
        parts: ["gated"]),
      Group(
        EmbedderConfiguration(),
        "alphabetSize dimension ngrams wordNgrams minimumTexts size rank hidden ngramDropout ngramRate"),
      Group(LanguageSettings(), "window maskRate maskSpan ngrams"),
      Group(LanguageDetector.Settings(), "minimumProbability minimumKnownShare switchCost"),
      Group(TextSettings(), "normalization foldsCase dropsInvisible unit maximumLength chunkLength"),
      Group(
        TrainingSettings(),
        "epochs seed sampling batchCharacters batchTexts optimizer rate schedule warmup finalRate halvingEpochs halvings weightDecay momentum rho beta1 beta2 clip labelSmoothing averaging patience precision"
      ),
      Group(DataSettings(), "validationFraction minimumCount maximumAlphabet cuts noise"),
      Group(
        RunSettings(),
        "epochs seed sampling batchCharacters batchTexts optimizer rate schedule warmup finalRate halvingEpochs halvings weightDecay momentum rho beta1 beta2 clip labelSmoothing averaging patience precision validationFraction minimumCount maximumAlphabet cuts noise",
        parts: ["training", "data"]),
    ]
  }

  @Test(arguments: Group.all) func `every stored property is listed`(group: Group) {
    #expect(Set(group.listed).count == group.listed.count)
    #expect(Set(group.own).isSubset(of: group.listed))
    #expect(Set(group.listed).isSubset(of: group.own + group.parts))
  }

  @Test(arguments: Group.all) func `names keep their order`(group: Group) { #expect(group.listed == group.expected) }

  @Test(arguments: Group.all) func `a name changes the property of that name, and no other`(group: Group) throws {
    for (name, changed) in try group.changes() {
      #expect(changed == [name])
    }
  }

  @Test(arguments: Group.all) func `files have every setting under its name, in one object`(group: Group) throws {
    #expect(try group.written() == group.listed.sorted())
  }

  @Test func `texts are read as values, or the error says what is possible`() throws {
    var settings = TrainingSettings()
    for (name, text, value) in [
      ("epochs", "1e3", "1000"), ("epochs", "2.0", "2"), ("epochs", "none", "none"), ("seed", "7", "7"),
      ("rate", "1", "1.0"), ("clip", "none", "none"), ("schedule", "halving", "halving"),
    ] {
      try settings.set(name, to: text)
      #expect(settings.value(of: name) == value)
    }
    func problem(_ name: String, _ text: String) -> String? {
      #expect(throws: ConfigurationError.self) { try settings.set(name, to: text) }?.problem
    }
    #expect(problem("epochs", "1.5") == "cannot be \"1.5\"; it is none now")
    #expect(problem("seed", "-1") == "cannot be \"-1\"; it is 7 now")
    #expect(problem("warmup", "none") == "cannot be \"none\"; it is 0.05 now")
    #expect(problem("rate", "nan") == "cannot be \"nan\"; it is 1.0 now")
    #expect(problem("rate", "1e39") == "cannot be \"1e39\"; it is 1.0 now")
    #expect(
      problem("schedule", "steep")
        == "cannot be \"steep\"; it can be cosine, halving, constant, and is halving now")
    let unknown = #expect(throws: ConfigurationError.self) { try settings.set("ratte", to: "1") }
    #expect(unknown?.problem == "is no setting")
    #expect(unknown?.advice?.hasPrefix("did you mean rate? there are epochs, seed, ") == true)
    var text = TextSettings()
    #expect(throws: ConfigurationError.self) { try text.set("maximumLength", to: "0") }
    #expect(throws: ConfigurationError.self) { try text.set("chunkLength", to: "-3") }
    try text.set("chunkLength", to: "none")
    var network = GatedConfiguration()
    try network.set("hidden", to: "none")
    try network.set("widths", to: "2,3")
    try network.set("pooling", to: "none")
    #expect(network.hidden.isEmpty && network.widths == [2, 3] && network.pooling == .none)
    #expect(throws: ConfigurationError.self) { try network.set("widths", to: "2,x") }
    #expect(throws: ConfigurationError.self) { try network.set("residual", to: "1") }
  }

  @Test func `options have the settings of training and data in one object of JSON, as always`() throws {
    func training(_ options: some RunOptions) throws -> [String: Any] {
      let data = try JSONEncoder().encode(options)
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(object["data"] == nil && object["run"] == nil)
      return try #require(object["training"] as? [String: Any])
    }
    var options = ClassificationOptions()
    try options.set("cuts=0.5")
    try options.set("minimumCount=3")
    let written = try training(options)
    #expect(written["cuts"] as? Double == 0.5 && written["minimumCount"] as? Int == 3 && written["warmup"] != nil)
    let again = try JSONDecoder().decode(ClassificationOptions.self, from: JSONEncoder().encode(options))
    #expect(again == options && again.data.minimumCount == 3)
    #expect(try training(LanguageOptions())["validationFraction"] as? Double == 0.05)
    #expect(try training(TaggingOptions(.word))["maximumAlphabet"] as? Int == 16_384)
    #expect(try training(MatchingOptions())["minimumCount"] as? Int == 2)
  }
}
