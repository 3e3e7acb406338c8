import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// The bits of bases of vectors, their files, and where they come from.
@Suite struct EmbedderRunTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func files(_ model: TextEmbedder, _ name: String) throws -> [String: [UInt8]] {
    let path = folder.path(name)
    try model.write(to: path, overwrite: true)
    let bundle = try ModelBundle(contentsOf: path)
    return try Dictionary(uniqueKeysWithValues: bundle.fileNames.map { ($0, try bundle.data(named: $0)) })
  }

  @Test func `the number of threads changes no byte of the model`() throws {
    let models = try [1, 2, 5].map { threads in
      var options = try ToyVectors.options(["epochs=2", "ngramDropout=0.2"])
      options.threads = threads
      return try files(
        TextEmbedder.train(on: Examples(ToyVectors.texts(700)), options: options).model, "threads\(threads).charcnn")
    }
    #expect(models[0]["ngrams.safetensors"] != nil && models[0]["model.safetensors"] != nil)
    #expect(models[0] == models[1] && models[0] == models[2])
  }

  @Test func `going on from a checkpoint makes the same bytes`() throws {
    let texts = Examples(ToyVectors.texts(200), name: "toys")
    var options = try ToyVectors.options(["epochs=3"])
    let expected = try files(TextEmbedder.train(on: texts, options: options).model, "plain.charcnn")
    let path = folder.path("checkpoints")
    options.checkpoint = CheckpointOptions(folder: path, interval: .zero)
    var copies: [String] = []
    let (kept, _) = try TextEmbedder.train(on: texts, options: options) { event in
      guard case .checkpoint(let report) = event else { return }
      #expect(report.problem == nil)
      let copy = folder.path("copy-\(copies.count)")
      do {
        let newest = try FileManager.default.contentsOfDirectory(atPath: path).sorted().last ?? ""
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: "\(path)/\(newest)", toPath: "\(copy)/checkpoint-000001")
      } catch { Issue.record(error) }
      copies.append(copy)
    }
    #expect(try files(kept, "kept.charcnn") == expected, "checkpoints change nothing")
    #expect(copies.count > 4)
    for number in [0, copies.count / 2, copies.count - 2] {
      let checkpoint = try TrainingCheckpoint(contentsOf: copies[number])
      #expect(checkpoint.task == .embedding)
      let (resumed, _) = try TextEmbedder.resume(checkpoint, on: texts)
      #expect(try files(resumed, "resumed.charcnn") == expected, "checkpoint \(number)")
    }
    let changed = try TrainingCheckpoint(contentsOf: copies[1])
    #expect(throws: TrainingError.self) { try TextEmbedder.resume(changed, on: Examples(ToyVectors.texts(199))) }
  }

  @Test func `a model that was written answers to the bit as it did, and damage is found`() throws {
    let (base, _) = try TextEmbedder.train(
      on: Examples(ToyVectors.texts(200)), options: ToyVectors.options(["epochs=1"]))
    let path = folder.path("base.charcnn")
    try base.write(to: path)
    let texts = ToyVectors.texts(50, seed: 2).map(\.text)
    let opened = try TextEmbedder(contentsOf: path, threads: 2)
    #expect(opened.vectors(for: texts) == base.vectors(for: texts))
    #expect(opened.record == base.record && opened.givesUnits)
    #expect(try TextEmbedder(data: base.data()).vectors(for: texts) == base.vectors(for: texts))
    let extractor = try ModelBundle(contentsOf: path).featureExtractor()
    #expect(extractor.dimension == 8 && extractor.vectors(for: texts) == base.vectors(for: texts))
    #expect(throws: ConfigurationError.self) { try extractor.features(of: texts, FeatureOptions(level: .word)) }
    let error = #expect(throws: StorageError.self) { try TextClassifier(contentsOf: path) }
    #expect(error?.kind == .otherTask && error?.description.contains("TextEmbedder") == true)
    #expect(throws: StorageError.self) { try base.write(to: path) }
    for name in ["ngrams.safetensors", "model.safetensors", "config.json"] {
      let file = "\(path)/\(name)"
      let whole = try Data(contentsOf: URL(filePath: file))
      var bytes = whole
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(filePath: file))
      #expect(throws: StorageError.self) { try TextEmbedder(contentsOf: path) }
      try whole.write(to: URL(filePath: file))
    }
    #expect(try TextEmbedder(contentsOf: path).dimension == 8)
  }
}
