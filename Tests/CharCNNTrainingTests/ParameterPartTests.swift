import CharCNNNetworks
import CharCNNTraining
import Testing

/// Which part of a network each parameter belongs to: what fine-tuning goes by.
@Suite struct ParameterPartTests {
  static let networks: [String] = Architecture.presets.map(\.name)

  /// What the names of the library's own networks tell. A network of others may have other names.
  private func isOfTask(_ name: String) -> Bool {
    ["output", "crf", "hidden", "ngrams", "normalizations"].contains { name.hasPrefix($0 + ".") }
  }

  private func layer(_ name: String) -> String {
    let path = name.split(separator: ".")
    let isNumbered = path.count > 1 && Int(path[1]) != nil && path[0] != "characters"
    return path.prefix(isNumbered ? 2 : 1).joined(separator: ".")
  }

  private func check(_ layout: ParameterLayout) {
    var parts: [String: Set<Parameter.Part>] = [:]
    var layers: [Parameter.Part: Set<String>] = [:]
    for parameter in layout.all {
      let name = parameter.name
      switch parameter.part {
      case .embedding: #expect(name.hasSuffix("embedding.weight"), "\(name)")
      case .body: #expect(!isOfTask(name) && !name.contains("embedding"), "\(name)")
      case .head: #expect(isOfTask(name) && !name.hasPrefix("ngrams."), "\(name)")
      case .table: #expect(name.hasPrefix("ngrams."), "\(name)")
      }
      guard case .body = parameter.part else { continue }
      parts[layer(name), default: []].insert(parameter.part)
      layers[parameter.part, default: []].insert(layer(name))
    }
    // A layer has one part, and a part is one layer.
    #expect(parts.values.allSatisfy { $0.count == 1 } && layers.values.allSatisfy { $0.count == 1 }, "\(parts)")
  }

  @Test(arguments: networks) func `a classifier's parameters belong where their names say`(name: String) throws {
    var architecture = try Architecture(named: name)
    architecture.setSizes(alphabetSize: 30, classes: 3)
    let network = try architecture.makeNetwork()
    check(network.parameters)
    check(NgramConfiguration().widening(network, classes: 3).parameters)
  }

  @Test(arguments: TaggingUnit.allCases) func `so do a tagger's`(unit: TaggingUnit) throws {
    var architecture = TaggerArchitecture(unit)
    architecture.setSizes(alphabetSize: 30, classes: 3)
    check(try architecture.makeNetwork().parameters)
  }

  @Test(arguments: [MatchingObjective.classification, .contrastive]) func `so do a matcher's and a language model's`(
    objective: MatchingObjective
  ) throws {
    var configuration = MatcherConfiguration()
    configuration.objective = objective
    configuration.alphabetSize = 30
    configuration.classes = 2
    check(try MatcherNetwork(configuration).parameters)
    var language = GatedConfiguration.language(.causal)
    language.alphabetSize = 30
    language.classes = 30
    check(try LanguageNetwork(language, ngrams: 4).parameters)
  }
}
