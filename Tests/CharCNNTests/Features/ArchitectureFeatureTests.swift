import CharCNN
import Testing

/// No option reaches a vector that a classifier's network does not compute.
@Suite struct ArchitectureFeatureTests {
  private let texts = ["plum iron", "", String(repeating: "danube ", count: 400)]

  private func expectVectorsOrErrors(_ model: String, _ assignments: [String], layers: Int) throws {
    var options = ClassificationOptions()
    options.threads = 1
    try options.use(model: model)
    for assignment in assignments { try options.set(assignment) }
    let classifier = try TextClassifier.untrained(for: "plum iron danube", options: options)
    for level in FeatureOptions.Level.allCases {
      for layer in [nil, -1, 0, 1, 99] {
        let options = FeatureOptions(level: level, layer: layer)
        let exists = layer.map { $0 >= 0 && $0 < layers } ?? (level == .text || layers > 0)
        if exists {
          let dimension = try classifier.featureDimension(options)
          let features = try classifier.features(of: texts, options)
          #expect(features.count == texts.count && features.allSatisfy { $0.dimension == dimension })
          #expect(features.allSatisfy { $0.values.count == $0.ranges.count * dimension })
        } else {
          #expect(throws: ConfigurationError.self) { try classifier.featureDimension(options) }
          #expect(throws: ConfigurationError.self) { try classifier.features(of: texts, options) }
        }
      }
    }
  }

  @Test(
    arguments: [
      ([], 3), (["residual=false"], 3), (["residual=false", "widths=2,3"], 3), (["widths=2,3"], 3),
      (["nonlinearity=complementary", "residual=false"], 3), (["nonlinearity=relu", "residual=false"], 3),
      (["nonlinearity=gelu", "residual=false", "normalization=none"], 3), (["stride=3", "pooling=none"], 3),
      (["length=7", "normalization=batch"], 3), (["padding=causal", "dilations=1,4", "poolingWidth=3"], 3),
      (["blocks=12", "filters=16", "embedding=8"], 13), (["hidden=9,8", "globalPooling=maxAverage"], 3),
    ] as [([String], Int)])
  func `a gated network has the embedding and each block`(settings: [String], layers: Int) throws {
    let small = ["filters=16", "embedding=8", "blocks=2", "ngramBits=8"].filter { setting in
      !settings.contains { $0.split(separator: "=")[0] == setting.split(separator: "=")[0] }
    }
    try expectVectorsOrErrors("gated", small + settings, layers: layers)
  }

  @Test(arguments: ["kim", "gated-multikernel", "zhang-small", "vdcnn-9"])
  func `other networks have a vector for whole texts`(model: String) throws {
    try expectVectorsOrErrors(model, [], layers: 0)
  }
}
