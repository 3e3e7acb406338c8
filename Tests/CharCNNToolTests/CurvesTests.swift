import Foundation
import TestSupport
import Testing

/// The curves of a training: in the model, as a table, for TensorBoard, and in a few lines for people.
struct CurvesTests {
  let folder: TemporaryFolder
  let data: String

  init() throws {
    folder = try TemporaryFolder()
    data = try folder.write(Samples.csv(), to: "data.csv")
  }

  private func train(_ more: [String], output: String = "m.charcnn", small: [String] = Samples.small) async throws
    -> Executable.Result
  {
    try await Executable.run(["train", data, "--output", folder.path(output)] + small + more)
  }

  /// The table's rows by the names of its columns.
  private func table(_ name: String) throws -> [[String: String]] {
    let text = try String(contentsOfFile: folder.path(name), encoding: .utf8)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    #expect(header == ["epoch", "step", "trainingLoss", "validationLoss", "accuracy", "macroF1", "isBest"])
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  @Test func `All say the same of every epoch`() async throws {
    let result = try await train(
      ["epochs=70", "patience=none", "--history", folder.path("h.csv"), "--json"])
    #expect(result.status == 0, "\(result.error)")
    let rows = try table("h.csv")
    #expect(rows.compactMap { $0["epoch"] } == (1...70).map { "\($0)" })
    let history = try #require(try result.json()["history"] as? [[String: Any]])
    let stored = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: folder.path("m.charcnn/history.json"))))
        as? [String: [[String: Any]]])
    let epochs = try #require(stored["epochs"])
    #expect(history.count == 70 && epochs.count == 70)
    for (row, (one, other)) in zip(rows, zip(history, epochs)) {
      let validation = try #require(one["validation"] as? [String: Double])
      #expect(other["validation"] as? [String: Double] == validation)
      for (column, value) in [
        ("accuracy", validation["accuracy"]), ("validationLoss", validation["loss"]),
        ("trainingLoss", one["trainingLoss"] as? Double),
      ] {
        // Foundation's reader of JSON is not exact in the last digit.
        let expected = try #require(value)
        #expect(row[column].flatMap(Double.init).map { abs($0 - expected) <= 1e-12 * abs(expected) } == true)
      }
      #expect(row["step"].flatMap(Int.init) == one["step"] as? Int)
    }
    let best = try #require(try result.json()["bestEpoch"] as? Int)
    #expect(rows.last { $0["isBest"] == "true" }?["epoch"] == "\(best)")
    // A line for people each, no wider than a terminal.
    let lines = result.error.split(separator: "\n").filter { $0.contains("▁") }
    #expect(lines.count == 4 && lines[0].hasPrefix("training loss") && lines.allSatisfy { $0.count < 80 })
    // Training made for people has no curves of two epochs, and a quiet one says nothing.
    let short = try await train(["epochs=2"], output: "short.charcnn")
    #expect(short.status == 0 && !short.error.contains("▁"))
    let quiet = try await train(["--quiet"], output: "quiet.charcnn")
    #expect(quiet.error.isEmpty)
  }

  @Test func `A model keeps some of very many epochs, the table all`() async throws {
    let result = try await train(
      ["epochs=450", "patience=none", "--history", folder.path("h.csv"), "--size", "100kB", "--json"])
    #expect(result.status == 0, "\(result.error)")
    #expect(try table("h.csv").count == 450)
    let stored = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(fileURLWithPath: folder.path("m.charcnn/history.json"))))
        as? [String: [[String: Any]]])
    let epochs = try #require(stored["epochs"]).compactMap { $0["epoch"] as? Int }
    let best = try #require(try result.json()["bestEpoch"] as? Int)
    #expect(epochs == epochs.sorted() && Set(epochs).count == epochs.count)
    #expect((150...202).contains(epochs.count) && epochs.last == 450 && epochs.contains(best))
    let files = try folder.files(of: "m.charcnn").values
    #expect(files.reduce(0) { $0 + $1.count } <= 100_000)
    let same = try await train(["--history", folder.path("n.charcnn")], output: "n.charcnn")
    #expect(same.status == 64, "\(same.error)")
  }

  @Test func `A run that goes on has the epochs before`() async throws {
    let arguments = ["epochs=6", "patience=none", "batchTexts=4", "--checkpoint-every", "0"]
    let whole = try await train(arguments + ["--history", folder.path("whole.csv")], output: "whole.charcnn")
    #expect(whole.status == 0, "\(whole.error)")
    let checkpoints = folder.path("m.charcnn.checkpoint")
    let running = try Running(["train", data, "--output", folder.path("m.charcnn")] + Samples.small + arguments)
    try await running.wait(for: "a checkpoint", thenSend: SIGSTOP) { _ in
      ((try? FileManager.default.contentsOfDirectory(atPath: checkpoints)) ?? []).contains {
        $0.hasPrefix("checkpoint-")
      }
    }
    running.send(SIGKILL)
    _ = try await running.result()
    let events = folder.path("events")
    let result = try await Executable.run(
      ["train", "--resume", checkpoints, "--history", folder.path("resumed.csv"), "--tensorboard", events])
    #expect(result.status == 0, "\(result.error)")
    #expect(try table("resumed.csv") == table("whole.csv"))
    #expect(try folder.files(of: "m.charcnn") == folder.files(of: "whole.charcnn"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: events).count == 1)
  }

  @Test func `TensorBoard's file has whole records with right checksums`() async throws {
    let events = folder.path("a/b")
    for seed in ["1", "2"] {
      let result = try await train(
        ["--tensorboard", events, "--seed", seed, "--overwrite", "--history", folder.path("h.csv")])
      #expect(result.status == 0, "\(result.error)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: events)
    #expect(names.count == 2 && names.allSatisfy { $0.hasPrefix("events.out.tfevents.") })
    for name in names {
      var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(events)/\(name)")))[...]
      var records: [[UInt8]] = []
      while !bytes.isEmpty {
        let length = Int(number(bytes.prefix(8)))
        #expect(number(bytes.dropFirst(8).prefix(4)) == UInt64(masked(bytes.prefix(8))))
        let content = bytes.dropFirst(12).prefix(length)
        #expect(content.count == length)
        #expect(number(bytes.dropFirst(12 + length).prefix(4)) == UInt64(masked(content)))
        records.append(Array(content))
        bytes = bytes.dropFirst(16 + length)
      }
      let texts = records.map { String(decoding: $0, as: UTF8.self) }
      #expect(texts[0].contains("brain.Event:2"))
      #expect(texts.count { $0.contains("validation/accuracy") && $0.contains("training/epochLoss") } == 3)
    }
  }

  private func number(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

  /// The masked CRC-32C, bit by bit.
  private func masked(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var rest = ~UInt32(0)
    for byte in bytes {
      rest ^= UInt32(byte)
      for _ in 0..<8 { rest = rest & 1 == 1 ? rest >> 1 ^ 0x82F6_3B78 : rest >> 1 }
    }
    let crc = ~rest
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }

  @Test func `What cannot be written is told before anything is read`() async throws {
    let taken = try folder.write("mine", to: "taken.csv")
    let missing = folder.path("nowhere.csv")
    for more in [["--history", taken], ["--tensorboard", taken], ["--history", folder.path("no/folder/h.csv")]] {
      let result = try await Executable.run(
        ["train", missing, "--output", folder.path("m.charcnn")] + Samples.small + more)
      #expect(result.status == 73 || result.status == 77, "\(more): \(result.status) \(result.error)")
      #expect(!result.error.contains("nowhere.csv"), "\(result.error)")
    }
    #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine")
    // Nobody's file is replaced but a table of epochs.
    let precious = try await train(["--history", taken, "--overwrite"])
    #expect(precious.status == 73 && precious.error.contains("no table of epochs"), "\(precious.error)")
    #expect(try String(contentsOfFile: taken, encoding: .utf8) == "mine")
    // With n-grams alone there are no epochs.
    let alone = try await train(["--model", "ngrams", "--history", folder.path("h.csv")], small: [])
    #expect(alone.status == 64 && alone.error.contains("no epochs to write down"), "\(alone.error)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("h.csv")))
  }
}
