import CharCNNToolkit
import Foundation

extension FuzzTarget {
  /// A checkpoint whose checksums are right: the first byte chooses the file that the others replace.
  static let checkpoint = FuzzTarget(
    "checkpoint",
    seeds: {
      let sample = try SampleCheckpoint()
      return SampleCheckpoint.replaced.enumerated().map { number, name in
        [UInt8(number)] + (sample.files.first { $0.name == name }?.bytes ?? [])
      }
    },
    run: { bytes in
      guard let choice = bytes.first else { return }
      let name = SampleCheckpoint.replaced[Int(choice) % SampleCheckpoint.replaced.count]
      let sample = SampleCheckpoint.shared
      let folder = Scratch.emptyFolder("run")
      try ModelBundle.write(
        to: folder + "/checkpoint-000001",
        files: sample.files.map { $0.name == name ? BundleFile(name, bytes: Array(bytes.dropFirst())) : $0 })
      var checkpoint = try TrainingCheckpoint(contentsOf: folder)
      check(checkpoint.position.epochs >= 0 && checkpoint.position.epochs < .max, "an epoch that has no next one")
      // Another description may ask for any network, and thus for any memory.
      if name == "run.json" { return }
      checkpoint.threads = 1
      _ = try TextClassifier.resume(checkpoint, on: sample.texts, isCancelled: { true })
    })
}

/// A checkpoint of a very small training on made-up texts.
private struct SampleCheckpoint {
  static let shared: SampleCheckpoint = {
    do { return try SampleCheckpoint() } catch { preconditionFailure("\(error)") }
  }()
  static let replaced = ["position.json", "run.json", "state.safetensors", "alphabet.json", "labels.json"]

  let texts = Examples<LabeledText>(
    (0..<40).map { $0 % 2 == 0 ? (text: "red wine \($0)", label: "a") : (text: "cold tea \($0)", label: "b") })
  /// All files but the manifest.
  let files: [BundleFile]

  init() throws {
    var options = ClassificationOptions()
    options.threads = 1
    for assignment in [
      "filters=4", "embedding=4", "blocks=1", "epochs=2", "minimumCount=1", "ngramBits=4", "ngrams=1,2", "batchTexts=4",
    ] {
      try options.set(assignment)
    }
    let folder = Scratch.path("sample.checkpoint")
    options.checkpoint = CheckpointOptions(folder: folder, interval: .zero, overwrite: true)
    // Ends within the second epoch, at the first question after a checkpoint of it.
    _ = try TextClassifier.train(
      on: texts, options: options,
      isCancelled: { FileManager.default.fileExists(atPath: folder + "/checkpoint-000012") })
    guard let name = try FileManager.default.contentsOfDirectory(atPath: folder).filter({ $0.hasPrefix("c") }).max()
    else { preconditionFailure("no checkpoint was written") }
    let bundle = try ModelBundle(contentsOf: "\(folder)/\(name)")
    files = try bundle.fileNames.map { BundleFile($0, bytes: try bundle.data(named: $0)) }
  }
}
