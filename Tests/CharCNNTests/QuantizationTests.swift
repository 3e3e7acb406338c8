import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Models in 8-bit integers, used as their users use them.
@Suite struct QuantizationTests {
  private static let texts = ToyTexts.texts(120, seed: 7).map(\.text)

  private func trained(_ assignments: [String] = [], model: String? = nil) throws -> TextClassifier {
    var options = try ToyTexts.options()
    if let model {
      options = ClassificationOptions()
      options.threads = 1
      try options.use(model: model)
      for assignment in ["epochs=1", "batchTexts=16", "minimumCount=1"] { try options.set(assignment) }
    }
    for assignment in assignments { try options.set(assignment) }
    return try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: options).model
  }

  private func probabilities(_ classifier: TextClassifier) -> [[String: Double]] {
    Self.texts.map { classifier.predictedLabelHypotheses(for: $0, maximumCount: 3) }
  }

  private func bytes(_ path: String) throws -> Int {
    try FileManager.default.contentsOfDirectory(atPath: path).reduce(0) {
      $0 + (try FileManager.default.attributesOfItem(atPath: "\(path)/\($1)")[.size] as? Int ?? 0)
    }
  }

  @Test func `answers stay close to those in floats`() throws {
    let original = try trained(["epochs=6", "rate=0.01"])
    let quantized = try original.quantized()
    let (before, after) = (probabilities(original), probabilities(quantized))
    for (a, b) in zip(before, after) {
      for (label, probability) in a { #expect(abs(probability - (b[label] ?? 0)) < 0.05) }
    }
    let same = Self.texts.count { original.predictedLabel(for: $0) == quantized.predictedLabel(for: $0) }
    #expect(same >= Self.texts.count * 97 / 100)
  }

  @Test(arguments: [
    ("kim", ["maps=12", "embedding=8"]), ("gated-multikernel", ["embedding=8"]),
    ("vdcnn-9", ["embedding=4", "maps=4,6,8,10", "hidden=12", "length=64"]),
  ])
  func `other networks predict in integers too`(model: String, settings: [String]) throws {
    let original = try trained(settings, model: model)
    let quantized = try original.quantized()
    let (before, after) = (probabilities(original), probabilities(quantized))
    for (a, b) in zip(before, after) {
      for (label, probability) in a { #expect(abs(probability - (b[label] ?? 0)) < 0.1) }
    }
    #expect(before != after)
  }

  @Test func `a quantized model is a quarter of the size and comes back as it was`() throws {
    let folder = try TemporaryFolder()
    let original = try trained(["filters=64", "embedding=32", "epochs=1", "ngramBits=15"])
    let quantized = try original.quantized()
    try original.write(to: folder.path("a.charcnn"))
    try quantized.write(to: folder.path("b.charcnn"))
    let ratio = Double(try bytes(folder.path("b.charcnn"))) / Double(try bytes(folder.path("a.charcnn")))
    #expect(ratio <= 0.3)
    let opened = try TextClassifier(contentsOf: folder.path("b.charcnn"), threads: 1)
    #expect(opened.quantization == .int8 && original.quantization == nil)
    #expect(probabilities(opened) == probabilities(quantized))
    try opened.write(to: folder.path("c.charcnn"))
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path("b.charcnn")) {
      let contents = ["b", "c"].map { FileManager.default.contents(atPath: folder.path("\($0).charcnn/\(name)")) }
      #expect(contents[0] == contents[1])
    }
    #expect(opened.embeddings != nil)
  }

  @Test func `PyTorch finds bytes and a scale for each output`() throws {
    let folder = try TemporaryFolder()
    try trained().quantized().write(to: folder.path("q.charcnn"))
    let file = try ModelBundle(contentsOf: folder.path("q.charcnn")).safetensors()
    #expect(try file.dtype(of: "blocks.1.convolutions.0.weight") == .int8)
    let shape = try file.shape(of: "blocks.1.convolutions.0.weight")
    #expect(try file.shape(of: "blocks.1.convolutions.0.scale") == [shape[0]])
    #expect(try file.dtype(of: "blocks.1.convolutions.0.scale") == .float32)
    #expect(try file.dtype(of: "output.bias") == .float32)
  }

  @Test func `the bits depend neither on threads nor on the company of a text`() throws {
    let folder = try TemporaryFolder()
    try trained().quantized().write(to: folder.path("q.charcnn"))
    let one = try TextClassifier(contentsOf: folder.path("q.charcnn"), threads: 1)
    let three = try TextClassifier(contentsOf: folder.path("q.charcnn"), threads: 3)
    let together = one.predictions(for: Self.texts)
    #expect(together == three.predictions(for: Self.texts))
    #expect(together == Self.texts.map { one.predictions(for: [$0])[0] })
    for integers in IntegerInstructionSet.allCases where integers.isAvailable {
      let other = try TextClassifier(contentsOf: folder.path("q.charcnn"), threads: 1, integers: integers)
      #expect(together == other.predictions(for: Self.texts))
    }
  }

  @Test func `a quantized model is not quantized again and not trained`() throws {
    let quantized = try trained().quantized()
    let error = #expect(throws: ConfigurationError.self) { try quantized.quantized() }
    #expect(error?.description.contains("quantized already") == true)
    let device = CPUDevice(threads: 1)
    let network = quantized.network
    let store = ParameterStore(layout: network.parameters, seed: 1, device: device).quantized(device: device)
    let task = ClassificationTask(
      network: network,
      data: ClassificationTask.Data(training: MemoryCorpus(), validation: MemoryCorpus(), labels: quantized.labels))
    let trainer = Trainer(task: task, store: store, settings: TrainingSettings(), device: device)
    #expect(throws: TrainingError.quantized) {
      _ = try trainer.run(epochs: 1, timeLimit: nil, isCancelled: { false }, progress: { _ in })
    }
  }

  @Test func `names of scales are names of nothing else`() throws {
    for preset in Architecture.presets {
      var architecture = try Architecture(named: preset.name)
      architecture.setSizes(alphabetSize: (architecture.configuration.fixedAlphabet?.count ?? 49) + 1, classes: 3)
      let layout = try architecture.makeNetwork().parameters
      let names = layout.all.map(\.name) + layout.all.filter(\.isQuantizable).map(\.scaleName)
      #expect(Set(names).count == names.count)
    }
  }

  @Test(arguments: [Float.nan, .infinity, 0, -1])
  func `a scale that is none is refused`(scale: Float) throws {
    try refuse { name, shape, values in
      name == "blocks.1.convolutions.0.scale" ? (shape, [scale] + values.dropFirst()) : (shape, values)
    }
  }

  @Test func `scales of another number are refused`() throws {
    try refuse { name, shape, values in
      name == "output.scale" ? ([shape[0] + 1], values + [1]) : (shape, values)
    }
  }

  @Test func `scales that overflow are refused`() throws {
    try refuse { name, shape, values in
      (shape, name.hasSuffix(".scale") ? values.map { _ in 3e38 } : values)
    }
  }

  @Test func `scales that overflow are refused in a network that counts nothing, too`() throws {
    try refuse { name, shape, values in
      if name == "ngrams.mixture" { return (shape, [0, 3]) }
      return (shape, name.hasSuffix(".scale") ? values.map { _ in 3e38 } : values)
    }
  }

  /// Changes the floats of a quantized bundle, with checksums that fit, and expects that it is not opened.
  private func refuse(_ change: (String, [Int], [Float]) -> (shape: [Int], values: [Float])) throws {
    let folder = try TemporaryFolder()
    let path = folder.path("good.charcnn")
    try trained().quantized().write(to: path)
    let bundle = try ModelBundle(contentsOf: path)
    let file = try bundle.safetensors()
    for isCrafted in [false, true] {
      var weights = SafetensorsWriter()
      for name in file.names {
        let shape = try file.shape(of: name)
        if try file.dtype(of: name) == .int8 {
          try weights.add(name, shape: shape, file.int8s(name))
        } else {
          let floats = try file.floats(name)
          let changed = isCrafted ? change(name, shape, floats) : (shape: shape, values: floats)
          try weights.add(name, shape: changed.0, changed.1)
        }
      }
      var files = try bundle.fileNames.filter { $0 != "model.safetensors" }.map {
        BundleFile($0, bytes: try bundle.data(named: $0))
      }
      files.append(BundleFile("model.safetensors", bytes: weights.bytes()))
      let copy = folder.path("copy\(isCrafted).charcnn")
      try ModelBundle.write(to: copy, files: files)
      if isCrafted {
        #expect(throws: StorageError.self) { try TextClassifier(contentsOf: copy) }
      } else {
        _ = try TextClassifier(contentsOf: copy)
      }
    }
  }
}
