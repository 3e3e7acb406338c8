import CharCNNFiles
import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Checkpoints that are not as they were written: an older one is used, or the error says what is wrong.
@Suite struct DamagedCheckpointTests {
  let folder: TemporaryFolder
  let texts = Examples<LabeledText>(ToyTexts.texts(40))
  private var older: String { folder.path("run/checkpoint-000003") }
  private var newer: String { folder.path("run/checkpoint-000004") }
  private var run: String { folder.path("run") }

  init() throws {
    folder = try TemporaryFolder()
    var options = try ToyTexts.options("ngramBits=6", "filters=8", "embedding=4", "batchTexts=12")
    options.checkpoint = CheckpointOptions(folder: folder.path("run"), interval: .zero)
    let steps = Guarded(0)
    // The fourth checkpoint is the one of the cancelling.
    let stop = {
      @Sendable () -> Bool in
      steps.withLock {
        $0 += 1
        return $0 > 3
      }
    }
    _ = try TextClassifier.train(
      on: texts, validation: Examples(ToyTexts.texts(12, seed: 2)), options: options, isCancelled: stop)
    try #require(FileManager.default.contentsOfDirectory(atPath: run).count == 2)
  }

  private func read(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

  private func write(_ bytes: Data, _ path: String) throws { try bytes.write(to: URL(fileURLWithPath: path)) }

  /// Replaces a file of the newer checkpoint, and its size and checksum in the manifest, as only a malicious hand would.
  private func forge(_ name: String, _ bytes: Data) throws {
    let manifest = newer + "/manifest.json"
    var root = try #require(JSONSerialization.jsonObject(with: read(manifest)) as? [String: Any])
    var files = try #require(root["files"] as? [String: Any])
    files[name] = ["size": bytes.count, "sha256": SHA256.hexDigest(of: Array(bytes))] as [String: Any]
    root["files"] = files
    try write(JSONSerialization.data(withJSONObject: root), manifest)
    try write(bytes, "\(newer)/\(name)")
  }

  @Test func `the newest of two is used, and none is an error`() throws {
    do {
      let checkpoint = try TrainingCheckpoint(contentsOf: run)
      #expect(checkpoint.position.steps == 3 && checkpoint.warnings.isEmpty)
    }
    try FileManager.default.removeItem(atPath: newer)
    #expect(try TrainingCheckpoint(contentsOf: run).warnings.isEmpty)
    try FileManager.default.removeItem(atPath: older)
    let error = #expect(throws: StorageError.self) { try TrainingCheckpoint(contentsOf: run) }
    #expect(error?.kind == .missing)
    #expect(throws: StorageError.self) { try TrainingCheckpoint(contentsOf: folder.path("none")) }
  }

  @Test(arguments: ["frozenLayers", "layerDecay", "unfreezing"])
  func `a training with a setting that is gone is not gone on with`(setting: String) throws {
    try FileManager.default.removeItem(atPath: older)
    var root = try #require(JSONSerialization.jsonObject(with: read(newer + "/run.json")) as? [String: Any])
    var training = try #require(root["training"] as? [String: Any])
    training[setting] = 1
    root["training"] = training
    try forge("run.json", JSONSerialization.data(withJSONObject: root))
    let error = #expect(throws: StorageError.self) { try TrainingCheckpoint(contentsOf: run) }
    #expect(error?.kind == .newerVersion && error?.description.contains("trains with \(setting)") == true)
  }

  @Test(arguments: ["state.safetensors", "position.json", "run.json", "alphabet.json", "labels.json", "manifest.json"])
  func `a cut or changed file makes way for the older checkpoint`(name: String) throws {
    let path = "\(newer)/\(name)"
    let whole = try read(path)
    var stream = RandomStream(key: Randomness(seed: 5).key(.test))
    for trial in 0..<40 {
      var damaged = whole
      if trial % 2 == 0 {
        damaged.removeLast(1 + stream.below(whole.count))
      } else {
        damaged[stream.below(whole.count)] ^= UInt8(1 << stream.below(8))
      }
      try write(damaged, path)
      let checkpoint = try TrainingCheckpoint(contentsOf: run)
      // White space in a manifest may change without harm.
      let isHarmless = name == "manifest.json" && checkpoint.warnings.isEmpty
      #expect(checkpoint.warnings.count == 1 || isHarmless)
    }
    try FileManager.default.removeItem(atPath: path)
    #expect(try TrainingCheckpoint(contentsOf: run).warnings.count == 1)
    try FileManager.default.removeItem(atPath: older)
    #expect(throws: StorageError.self) { try TrainingCheckpoint(contentsOf: run) }
    // The older one is gone for good; the damaged one is not, since nothing replaced it.
    #expect(FileManager.default.fileExists(atPath: newer))
  }

  @Test func `the older checkpoint goes on, and outlives the damaged one`() throws {
    try write(Data(), newer + "/state.safetensors")
    let checkpoint = try TrainingCheckpoint(contentsOf: run)
    let (_, summary) = try TextClassifier.resume(
      checkpoint, on: texts, validation: Examples(ToyTexts.texts(12, seed: 2)))
    #expect(summary.stopReason == .finished)
    #expect(!FileManager.default.fileExists(atPath: newer))
  }

  @Test func `a state cut anywhere in its header is refused even with the right checksum`() throws {
    try FileManager.default.removeItem(atPath: older)
    let state = try read(newer + "/state.safetensors")
    let header = 8 + state.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    try #require(header < state.count)
    for length in 0..<header {
      try forge("state.safetensors", state.prefix(length))
      #expect(throws: StorageError.self) { try TrainingCheckpoint(contentsOf: run) }
    }
  }

  @Test func `a state with a bit of its header flipped and the right checksum never traps`() throws {
    try FileManager.default.removeItem(atPath: older)
    let state = try read(newer + "/state.safetensors")
    let header = 8 + state.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    var stream = RandomStream(key: Randomness(seed: 6).key(.test))
    for _ in 0..<150 {
      var damaged = state
      damaged[stream.below(header)] ^= UInt8(1 << stream.below(8))
      try forge("state.safetensors", damaged)
      do {
        let checkpoint = try TrainingCheckpoint(contentsOf: run)
        _ = try TextClassifier.resume(
          checkpoint, on: texts, validation: Examples(ToyTexts.texts(12, seed: 2)), isCancelled: { true })
        // A change without harm went on, and left a checkpoint.
        try FileManager.default.removeItem(atPath: folder.path("run/checkpoint-000005"))
      } catch let error as StorageError {
        #expect(!error.description.isEmpty)
      }
    }
  }

  @Test(arguments: [
    ("epochs", "-1"), ("epochs", "2"), ("epochs", "9223372036854775807"), ("batches", "-1"), ("batches", "1000"),
    ("batches", "9223372036854775807"), ("steps", "-5"), ("steps", "0"), ("characters", "-1"), ("seconds", "-1"),
    ("seconds", "1e99"), ("steps", "1.5"), ("steps", "\"3\""),
  ])
  func `counters that no run has are refused`(name: String, value: String) throws {
    try FileManager.default.removeItem(atPath: older)
    let position = String(decoding: try read(newer + "/position.json"), as: UTF8.self)
    let changed = position.replacing(try Regex("\"\(name)\" : [0-9.e+-]+"), with: "\"\(name)\" : \(value)")
    try #require(changed != position)
    try forge("position.json", Data(changed.utf8))
    let error = #expect(throws: StorageError.self) {
      try TextClassifier.resume(
        TrainingCheckpoint(contentsOf: run), on: texts, validation: Examples(ToyTexts.texts(12, seed: 2)))
    }
    #expect(error?.kind == .corrupted || error?.kind == .invalidJSON)
  }

  @Test func `counters and threads that no run has make way for the older checkpoint`() throws {
    for (file, name, value) in [
      ("position.json", "epochs", Int.max), ("run.json", "epochs", -1), ("run.json", "threads", Int.max),
    ] {
      let whole = try read("\(newer)/\(file)")
      var object = try #require(JSONSerialization.jsonObject(with: whole) as? [String: Any])
      object[name] = value
      try forge(file, JSONSerialization.data(withJSONObject: object))
      let checkpoint = try TrainingCheckpoint(contentsOf: run)
      #expect(checkpoint.warnings.count == 1 && checkpoint.warnings[0].hasSuffix("an older checkpoint is used"))
      #expect(checkpoint.warnings.first?.contains("bundle") == false)
      #expect(checkpoint.position.epochs < 2)
      try forge(file, whole)
    }
  }

  @Test func `another network, alphabet or class list is refused`() throws {
    try FileManager.default.removeItem(atPath: older)
    let run = String(decoding: try read(newer + "/run.json"), as: UTF8.self)
    try forge("run.json", Data(run.replacingOccurrences(of: "\"filters\" : 8", with: "\"filters\" : 16").utf8))
    #expect(throws: StorageError.self) {
      try TextClassifier.resume(
        TrainingCheckpoint(contentsOf: self.run), on: texts, validation: Examples(ToyTexts.texts(12, seed: 2)))
    }
    try forge("run.json", Data(run.utf8))
    try forge("labels.json", Data("[\"fruit\", \"metal\", \"sea\"]".utf8))
    #expect(throws: StorageError.self) {
      try TextClassifier.resume(
        TrainingCheckpoint(contentsOf: self.run), on: texts, validation: Examples(ToyTexts.texts(12, seed: 2)))
    }
  }
}
