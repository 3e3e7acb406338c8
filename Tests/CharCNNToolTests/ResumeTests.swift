import Foundation
import TestSupport
import Testing

/// Interrupted trainings of the tool.
struct ResumeTests {
  let folder: TemporaryFolder
  let data: String
  let output: String
  let checkpoints: String

  init() throws {
    folder = try TemporaryFolder()
    data = try folder.write(Samples.csv(), to: "data.csv")
    output = folder.path("m.charcnn")
    checkpoints = output + ".checkpoint"
  }

  /// Eight epochs of nine small steps.
  private func arguments(_ output: String, _ more: [String] = []) -> [String] {
    ["train", data, "--output", output] + Samples.small.dropLast()
      + ["ngramBits=8", "epochs=8", "batchTexts=4", "patience=none"] + more
  }

  private func reference() async throws -> [String: [UInt8]] {
    let result = try await Executable.run(arguments(folder.path("whole.charcnn"), ["--no-checkpoint"]))
    try #require(result.status == 0, "\(result.error)")
    return try folder.files(of: "whole.charcnn")
  }

  private static func hasCheckpoint(_ folder: String) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.contains { $0.hasPrefix("checkpoint-") }
  }

  /// A training that has written a checkpoint and stands still.
  private func stopped(_ arguments: [String], checkpoints: String) async throws -> Running {
    let running = try Running(arguments)
    try await running.wait(for: "a checkpoint", thenSend: SIGSTOP) { _ in Self.hasCheckpoint(checkpoints) }
    return running
  }

  @Test func `A killed training goes on to the same bundle and needs no other argument`() async throws {
    let expected = try await reference()
    let running = try await stopped(arguments(output, ["--checkpoint-every", "0"]), checkpoints: checkpoints)
    running.send(SIGKILL)
    #expect(try await running.result().status == 128 + SIGKILL)
    let result = try await Executable.run(["train", "--resume", checkpoints, "--threads", "3", "--json"])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.contains("going on after step"))
    #expect(try result.json()["epochs"] as? Int == 8)
    #expect(try folder.files(of: "m.charcnn") == expected)
    #expect(!FileManager.default.fileExists(atPath: checkpoints), "deleted when the run has ended well")
  }

  @Test func `A training of a base goes on where its vectors have moved`() async throws {
    let lines = (0..<300).map { Samples.text($0, isFruit: $0.isMultiple(of: 2)) }
    let texts = try folder.write(lines.map { $0 + "\n" }.joined(), to: "texts.txt")
    let rows = lines.map { line in
      let number = line.utf8.reduce(0) { $0 + Int($1) }
      return "{\"text\": \"\(line)\", \"vector\": [\(number % 7 - 3), \(number % 5 - 2), 0.5]}\n"
    }
    let small = ["--set", "rank=4", "epochs=3", "batchTexts=8", "minimumTexts=1", "patience=none"]
    let first = try await Executable.run(
      ["distill", folder.write(rows.joined(), to: "rows.jsonl"), "--output", folder.path("first.charcnn")] + small)
    #expect(first.status == 0, "\(first.error)")
    let vectors = folder.path("vectors.npy")
    #expect(
      try await Executable.run(["embed", folder.path("first.charcnn"), "--texts", texts, "--output", vectors]).status
        == 0)
    let run = ["distill", texts, "--vectors", vectors] + small
    let whole = try await Executable.run(run + ["--output", folder.path("whole.charcnn")])
    #expect(whole.status == 0, "\(whole.error)")
    let running = try await stopped(run + ["--output", output, "--checkpoint-every", "0"], checkpoints: checkpoints)
    running.send(SIGKILL)
    #expect(try await running.result().status == 128 + SIGKILL)
    let elsewhere = folder.path("elsewhere.npy")
    try FileManager.default.moveItem(atPath: vectors, toPath: elsewhere)
    let lost = try await Executable.run(["distill", "--resume", checkpoints])
    #expect(lost.status == 66 && lost.error.contains("--vectors FILE"), "\(lost.error)")
    let none = try await Executable.run(
      ["distill", "--resume", checkpoints, "--vectors", elsewhere, "--validation-vectors", elsewhere])
    #expect(none.status == 64 && none.error.contains("validation"), "\(none.status) \(none.error)")
    let found = try await Executable.run(["distill", "--resume", checkpoints, "--vectors", elsewhere])
    #expect(found.status == 0, "\(found.error)")
    for name in ["model.safetensors", "ngrams.safetensors", "config.json"] {
      #expect(try folder.read("m.charcnn/\(name)") == folder.read("whole.charcnn/\(name)"), "\(name)")
    }
  }

  @Test func `Ctrl-C keeps the best model and leaves a checkpoint`() async throws {
    let expected = try await reference()
    let running = try await stopped(arguments(output, ["--checkpoint-every", "0"]), checkpoints: checkpoints)
    running.send(SIGINT)
    running.send(SIGCONT)
    let interrupted = try await running.result()
    #expect(interrupted.status == 0, "\(interrupted.error)")
    #expect(interrupted.error.contains("train --resume"))
    #expect(FileManager.default.fileExists(atPath: output))
    let refused = try await Executable.run(["train", "--resume", checkpoints])
    #expect(refused.status == 73 && refused.errors.count == 1)
    let result = try await Executable.run(["train", "--resume", checkpoints, "--overwrite", "--quiet"])
    #expect(result.status == 0, "\(result.error)")
    #expect(try folder.files(of: "m.charcnn") == expected)
  }

  @Test func `A checkpoint of an earlier training is not replaced unasked`() async throws {
    let running = try await stopped(arguments(output, ["--checkpoint-every", "0"]), checkpoints: checkpoints)
    let locked = try await Executable.run(["train", "--resume", checkpoints])
    #expect(locked.status == 73 && locked.errors.first?.contains("in use") == true, "\(locked.error)")
    running.send(SIGKILL)
    _ = try await running.result()
    let refused = try await Executable.run(arguments(output))
    #expect(refused.status == 73 && refused.errors.first?.contains("--resume") == true, "\(refused.error)")
    #expect(try await Executable.run(arguments(output, ["--overwrite"])).status == 0)
    #expect(!FileManager.default.fileExists(atPath: checkpoints))
  }

  @Test func `A training that fails at once costs no checkpoint of an earlier one`() async throws {
    let expected = try await reference()
    let running = try await stopped(arguments(output, ["--checkpoint-every", "0"]), checkpoints: checkpoints)
    running.send(SIGKILL)
    _ = try await running.result()
    let faulty = try folder.write(Samples.csv() + "only one field\n", to: "faulty.csv")
    for arguments in [["train", faulty], ["train", data, "--embeddings", folder.path("none.vec")]] {
      let failed = try await Executable.run(arguments + ["--output", output, "--overwrite"] + Samples.small)
      #expect(failed.status != 0 && failed.errors.count == 1, "\(failed.error)")
      #expect(Self.hasCheckpoint(checkpoints))
    }
    let result = try await Executable.run(["train", "--resume", checkpoints])
    #expect(result.status == 0, "\(result.error)")
    #expect(try folder.files(of: "m.charcnn") == expected)
  }

  @Test func `An output that somebody takes meanwhile sends the model elsewhere`() async throws {
    let expected = try await reference()
    let running = try await stopped(
      arguments(output, ["--checkpoint-every", "0", "--overwrite"]), checkpoints: checkpoints)
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    try folder.write(Data("mine".utf8), to: "m.charcnn/thesis.txt")
    running.send(SIGCONT)
    let failed = try await running.result()
    #expect(failed.status == 73 && failed.errors.first?.contains("--output OTHER") == true, "\(failed.error)")
    let other = folder.path("other.charcnn")
    let result = try await Executable.run(["train", "--resume", checkpoints, "--output", other])
    #expect(result.status == 0, "\(result.error)")
    #expect(try folder.files(of: "other.charcnn") == expected)
  }

  @Test func `Changed data are refused`() async throws {
    let running = try await stopped(arguments(output, ["--checkpoint-every", "0"]), checkpoints: checkpoints)
    running.send(SIGKILL)
    _ = try await running.result()
    _ = try folder.write(Samples.csv().replacingOccurrences(of: "cherry", with: "damson"), to: "data.csv")
    let result = try await Executable.run(["train", "--resume", checkpoints])
    #expect(result.status == 65 && result.errors.first?.contains("data.csv") == true, "\(result.error)")
    #expect(Self.hasCheckpoint(checkpoints))
  }

  /// A killed training in the folder `old`, with its data and its output, and the model that it would have made.
  private func killed() async throws -> [String: [UInt8]] {
    let expected = try await reference()
    try FileManager.default.createDirectory(atPath: folder.path("old"), withIntermediateDirectories: true)
    let own = try folder.write(Samples.csv(), to: "old/data.csv")
    var arguments = arguments(folder.path("old/m.charcnn"), ["--checkpoint-every", "0"])
    arguments[1] = own
    let running = try await stopped(arguments, checkpoints: folder.path("old/m.charcnn.checkpoint"))
    running.send(SIGKILL)
    _ = try await running.result()
    return expected
  }

  @Test func `A training that was moved with its data and its output goes on where they are now`() async throws {
    let expected = try await killed()
    try FileManager.default.moveItem(atPath: folder.path("old"), toPath: folder.path("new"))
    let result = try await Executable.run(["train", "--resume", folder.path("new/m.charcnn.checkpoint")])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.contains("is not there any more; found \(folder.path("new/data.csv"))"), "\(result.error)")
    #expect(try folder.files(of: "new/m.charcnn") == expected)
  }

  @Test func `Data that is elsewhere is asked for, and other data is refused`() async throws {
    let expected = try await killed()
    let checkpoints = folder.path("old/m.charcnn.checkpoint")
    let moved = folder.path("moved.csv")
    try FileManager.default.moveItem(atPath: folder.path("old/data.csv"), toPath: moved)
    let missing = try await Executable.run(["train", "--resume", checkpoints])
    #expect(missing.status == 66 && missing.errors.count == 1, "\(missing.error)")
    #expect(missing.error.contains("train --resume \(checkpoints) DATA"), "\(missing.error)")
    let other = try folder.write(Samples.csv().replacingOccurrences(of: "cherry", with: "damson"), to: "other.csv")
    let changed = try await Executable.run(["train", "--resume", checkpoints, other])
    #expect(changed.status == 65 && changed.errors.count == 1, "\(changed.error)")
    let extra = try await Executable.run(["train", "--resume", checkpoints, moved, "--validation", other])
    #expect(extra.status == 64 && extra.errors.count == 1, "\(extra.error)")
    let result = try await Executable.run(["train", "--resume", checkpoints, moved])
    #expect(result.status == 0, "\(result.error)")
    #expect(try folder.files(of: "old/m.charcnn") == expected)
  }

  @Test func `A model that cannot be written is not lost`() async throws {
    let expected = try await reference()
    let folders = folder.path("out")
    try FileManager.default.createDirectory(atPath: folders, withIntermediateDirectories: true)
    let checkpoints = folder.path("kept")
    let running = try await stopped(
      arguments(folders + "/m.charcnn", ["--checkpoint", checkpoints, "--checkpoint-every", "0"]),
      checkpoints: checkpoints)
    try FileManager.default.removeItem(atPath: folders)
    running.send(SIGCONT)
    let failed = try await running.result()
    #expect(failed.status == 73 && failed.errors.first?.contains("train --resume \(checkpoints)") == true)
    let result = try await Executable.run(["train", "--resume", checkpoints, "--output", output])
    #expect(result.status == 0, "\(result.error)")
    #expect(try folder.files(of: "m.charcnn") == expected)
  }

  @Test func `A full disk costs the checkpoints, with one warning, and not the training`() async throws {
    let expected = try await reference()
    let largest = try #require(expected.values.map(\.count).max())
    let running = try Running(
      arguments(output, ["--checkpoint-every", "0"]), largestFile: (largest + 511) / 512 + 1)
    let result = try await running.result()
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.split(separator: "\n").count { $0.hasPrefix("warning: a checkpoint") } == 1, "\(result.error)")
    #expect(try folder.files(of: "m.charcnn") == expected)
    #expect(!FileManager.default.fileExists(atPath: checkpoints))
  }

  @Test func `Folders of checkpoints that cannot be are found before training`() async throws {
    for path in [data, data + "/checkpoints", folder.path("no/such")] {
      let result = try await Executable.run(arguments(output, ["--checkpoint", path]))
      #expect(result.status == 73 && result.errors.count == 1, "\(result.error)")
      #expect(!result.error.contains("epoch 1/"))
    }
  }

  @Test(
    arguments: [
      (["train", "--resume", "none"], 66), (["train", "--resume", "none", "--epochs", "3"], 64),
      (["train", "data.csv", "--resume", "none"], 66), (["train", "--resume", "none", "--set", "filters=8"], 64),
      (["train", "data.csv", "--output", "m", "--checkpoint", "m"], 64),
      (["train", "data.csv", "--output", "m", "--checkpoint-every", "soon"], 64),
    ] as [([String], Int32)])
  func `Wrong usage`(arguments: [String], status: Int32) async throws {
    let result = try await Executable.run(arguments)
    #expect(result.status == status && result.errors.count == 1, "\(result.error)")
  }
}
