import CharCNNToolkit
import Foundation
import Synchronization
import TestSupport
import Testing

/// A run that goes on has the n-grams that its first epochs were measured beside.
@Suite struct ResumedSearchTests {
  private let folder: TemporaryFolder
  private let texts = Examples<LabeledText>(ToyTexts.texts(300))

  init() throws { folder = try TemporaryFolder() }

  private func options(_ settings: String...) throws -> ClassificationOptions {
    var options = ClassificationOptions()
    options.threads = 2
    for assignment in ["filters=16", "embedding=8", "blocks=1", "epochs=2", "ngramTraining=solved"] + settings {
      try options.set(assignment)
    }
    return options
  }

  /// Writes checkpoints in a folder until some were written, and ends with what the last of them has.
  private func interrupt(_ options: ClassificationOptions, after most: Int = 2) throws -> String {
    let path = folder.path("checkpoints")
    try TextClassifier.stop(afterCheckpoints: most, in: path, on: texts, options: options)
    return path
  }

  private func resume(_ path: String) throws -> (files: [String: [UInt8]], searches: Int, notes: [String]) {
    var (searches, notes) = (0, [String]())
    let (model, _) = try TextClassifier.resume(
      TrainingCheckpoint(contentsOf: path), on: texts,
      progress: { event in
        if case .solving = event { searches += 1 }
        if case .prepared(let data) = event { notes = data.notes }
      })
    let name = "resumed-\(searches).charcnn"
    try model.write(to: folder.path(name), overwrite: true)
    return (try folder.files(of: name), searches, notes)
  }

  /// Changes the files of the newest checkpoint.
  private func rewrite(_ path: String, _ change: (String, [UInt8]) -> [UInt8]?) throws {
    let newest = try #require(FileManager.default.contentsOfDirectory(atPath: path).sorted().last)
    let bundle = try ModelBundle(contentsOf: "\(path)/\(newest)")
    let files = try bundle.fileNames.compactMap { name in
      change(name, try bundle.data(named: name)).map { BundleFile(name, bytes: $0) }
    }
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try ModelBundle.write(to: "\(path)/checkpoint-000001", files: files)
  }

  @Test(arguments: ["ngramSize=none", "ngramSize=10000"])
  func `it does not search again, and searches where an earlier program kept nothing`(setting: String) throws {
    let options = try options(setting)
    let plain = try TextClassifier.train(on: texts, options: options).model
    try plain.write(to: folder.path("plain.charcnn"))
    let expected = try folder.files(of: "plain.charcnn")
    let path = try interrupt(options)
    let (files, searches, notes) = try resume(path)
    #expect(files == expected && searches == 0)
    #expect(notes.contains { $0.hasPrefix("n-grams: characters") })
    // The checkpoint of a program that did not keep the n-grams.
    CheckpointFolder.remove(path)
    _ = try interrupt(options)
    try rewrite(path) { name, bytes in name.hasPrefix("ngrams") || name == "search.json" ? nil : bytes }
    let (again, more, _) = try resume(path)
    #expect(again == expected && more > 0)
  }

  @Test func `n-grams of a search that would end otherwise today are kept`() throws {
    let others = try options("ngramCost=5", "epochs=1")
    try TextClassifier.train(on: texts, options: others).model.write(to: folder.path("others.charcnn"))
    let kept = try #require(try folder.files(of: "others.charcnn")["ngrams.safetensors"])
    let path = try interrupt(try options())
    try rewrite(path) { name, bytes in name.hasPrefix("ngrams") ? kept : bytes }
    let (files, searches, _) = try resume(path)
    #expect(files["ngrams.safetensors"] == kept && searches == 0)
  }

  /// Changes `search.json` of the newest checkpoint.
  private func rewriteSearch(_ path: String, _ change: (inout [String: Any]) -> Void) throws {
    try rewrite(path) { name, bytes in
      guard name == "search.json", var object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
      else { return bytes }
      change(&object)
      return (try? JSONSerialization.data(withJSONObject: object)).map { Array($0) }
    }
  }

  @Test func `numbers that no search comes to, and other n-grams, are refused`() throws {
    func outcome(_ key: String, _ value: Any) -> (inout [String: Any]) -> Void {
      { object in
        var outcome = object["outcome"] as? [String: Any] ?? [:]
        outcome[key] = value
        object["outcome"] = outcome
      }
    }
    let changes: [((inout [String: Any]) -> Void, StorageError.Kind)] = [
      ({ $0["seconds"] = 1e300 }, .corrupted), ({ $0["seconds"] = -1 }, .corrupted),
      (outcome("machines", -5), .corrupted), (outcome("unfinished", 99_999), .corrupted),
      (outcome("leftOut", Int.max), .corrupted), (outcome("foldedWeight", -1e30), .corrupted),
      (outcome("choice", ["cost": 0]), .corrupted), (outcome("choice", [String: Any]()), .corrupted),
      ({ $0["features"] = ["characters": [1], "words": [Int](), "pairs": [Int](), "minimumTexts": 2] }, .newerVersion),
    ]
    for (number, (change, kind)) in changes.enumerated() {
      let path = try interrupt(try options())
      try rewriteSearch(path, change)
      let error = #expect(throws: StorageError.self) { try resume(path) }
      #expect(error?.kind == kind, "\(number): \(String(describing: error))")
      CheckpointFolder.remove(path)
    }
    // A file that is said to be there and is not.
    let path = try interrupt(try options())
    try rewrite(path) { name, bytes in name == "ngrams-validated.safetensors" ? nil : bytes }
    #expect(throws: StorageError.self) { try resume(path) }
  }

  @Test func `what took longer than checkpoints are apart is in one before the first step`() throws {
    var options = try options()
    options.checkpoint = CheckpointOptions(folder: folder.path("checkpoints"), interval: .nanoseconds(1))
    var steps: [Int] = []
    _ = try TextClassifier.train(on: texts, options: options) { event in
      if case .checkpoint(let report) = event { steps.append(report.step) }
    }
    #expect(steps.first == 0)
    // It can be gone on from.
    let path = folder.path("first")
    options.checkpoint = CheckpointOptions(folder: path, interval: .nanoseconds(1))
    let isStopped = Atomic(false)
    #expect(throws: TrainingError.stoppedBeforeFirstStep) {
      try TextClassifier.train(
        on: texts, options: options,
        progress: { if case .checkpoint = $0 { isStopped.store(true, ordering: .relaxed) } },
        isCancelled: { isStopped.load(ordering: .relaxed) })
    }
    let (files, searches, _) = try resume(path)
    options.checkpoint = nil
    try TextClassifier.train(on: texts, options: options).model.write(to: folder.path("plain.charcnn"))
    #expect(try files == folder.files(of: "plain.charcnn") && searches == 0)
  }

  @Test(arguments: ["ngrams.safetensors", "search.json", "ngrams-validated.safetensors"])
  func `a part of it that is not what it should be is refused`(name: String) throws {
    let path = try interrupt(try options())
    try rewrite(path) { $0 == name ? Array($1.dropLast(9)) : $1 }
    let error = #expect(throws: StorageError.self) { try resume(path) }
    #expect(error?.path.hasSuffix(name) == true, "\(String(describing: error))")
  }
}
