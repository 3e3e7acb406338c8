extension Architecture {
  private struct Preset: Sendable {
    let name: String
    let summary: String
    let architecture: Architecture
  }

  private static let all: [Preset] =
    [
      Preset(
        name: "gated", summary: "residual gated convolutions (the default)", architecture: .gated(GatedConfiguration())),
      Preset(
        name: "gated-tutorial", summary: "the worked example of the tutorial: d = 50, k = 100, n = 2, L = 200",
        architecture: .gated(.tutorial)),
      Preset(
        name: "gated-multikernel", summary: "the tutorial's equations to the letter: gated kernels of widths 2 to 7",
        architecture: .multikernel(MultikernelConfiguration())),
      Preset(
        name: "kim", summary: "Kim 2014: windows of 3, 4 and 5 with 100 maps each, maximum over the text",
        architecture: .kim(KimConfiguration())),
      Preset(
        name: "zhang-small", summary: "Zhang 2015: one-hot characters, six convolutions with 256 maps",
        architecture: .zhang(.small)),
      Preset(
        name: "zhang-large", summary: "Zhang 2015: one-hot characters, six convolutions with 1024 maps",
        architecture: .zhang(.large)),
      Preset(
        name: "zhang-small-full", summary: "zhang-small with letters in upper and lower case",
        architecture: .zhang(.small.keepingCase)),
      Preset(
        name: "zhang-large-full", summary: "zhang-large with letters in upper and lower case",
        architecture: .zhang(.large.keepingCase)),
    ]
    + VDCNNConfiguration.depths.keys.sorted().compactMap { depth in
      VDCNNConfiguration(depth: depth).map {
        Preset(
          name: "vdcnn-\(depth)", summary: "Conneau 2017: \(depth) convolutions of width 3 with batch normalization",
          architecture: .vdcnn($0))
      }
    } + [
      Preset(
        name: "ngrams",
        summary:
          "no network: a linear model of n-grams, which is solved in seconds, or a table where texts are very many",
        architecture: .ngrams)
    ]

  /// Names that ``init(named:)`` knows, with a line about each.
  public static var presets: [(name: String, summary: String)] { all.map { ($0.name, $0.summary) } }

  /// The preset of that name.
  ///
  /// - Throws: ``ConfigurationError`` for an unknown name, listing the known ones.
  public init(named name: String) throws(ConfigurationError) {
    guard let preset = Self.all.first(where: { $0.name == name }) else {
      let names = Self.all.map(\.name)
      throw ConfigurationError(
        setting: "model",
        problem: "\"\(name)\" is unknown",
        advice: "\(Spelling.question(name, names))there are \(names.joined(separator: ", "))")
    }
    self = preset.architecture
  }
}
