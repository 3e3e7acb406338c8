import Foundation
import TestSupport
import Testing

/// `charcnn tune` and `charcnn train --config`.
struct TuneTests {
  let folder: TemporaryFolder
  let data: String

  init() throws {
    folder = try TemporaryFolder()
    data = try folder.write(Samples.csv(120), to: "data.csv")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private var model: String { folder.path("m.charcnn") }

  @Test func `a search ends with a model, a table of trials and nothing else`() async throws {
    let trials = folder.path("t.csv")
    // What is said is not tried: few settings are left, so that the search ends long before its time.
    let command =
      ["tune", data, "--model", "ngrams", "--time-limit", "5m", "--output", model, "--trials", trials, "--set"]
      + ["minimumCount=1", "wordPairs=none", "ngramBalance=none", "foldsCase=true", "noise=none"]
    let found = try await Executable.run(command + ["--json"])
    #expect(found.status == 0 && found.error.contains("trial 1, "), "\(found.error)")
    let result = try object(found.output)
    let tried = try #require(result["trials"] as? [[String: Any]])
    #expect(tried.count > 5 && tried[0]["settings"] as? [String] == [])
    #expect(result["metric"] as? String == "accuracy" && (result["training"] as? [String: Any])?["output"] != nil)
    let rows = try String(contentsOfFile: trials, encoding: .utf8).split(separator: "\n")
    #expect(rows.count == tried.count + 1 && rows[0].hasPrefix("trial,settings,fraction"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted()
    #expect(files == ["data.csv", "m.charcnn", "t.csv"], "\(files)")
    // It makes itself again, file by file.
    let again = folder.path("again.charcnn")
    let repeated = try await Executable.run(["train", "--config", model, "--output", again, "--threads", "1"])
    #expect(repeated.status == 0, "\(repeated.error)")
    let bundle = try FileManager.default.contentsOfDirectory(atPath: model).sorted()
    #expect(try bundle == FileManager.default.contentsOfDirectory(atPath: again).sorted())
    #expect(bundle.contains("run.json"))
    for name in bundle {
      #expect(try folder.read("m.charcnn/\(name)") == folder.read("again.charcnn/\(name)"), "\(name)")
    }
    let refused = try await Executable.run(command)
    #expect(refused.status == 73, "\(refused.error)")
  }

  @Test func `a search that was killed goes on, and only one that was asked to`() async throws {
    let command = ["tune", data, "--time-limit", "60s", "--output", model] + Samples.small
    let running = try Running(command)
    try await running.wait(for: "the third trial", thenSend: SIGKILL) { $0.error.contains("trial 3, ") }
    _ = try await running.result()
    let journal = model + ".trials"
    let kept = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n").count - 1
    #expect(kept >= 3)
    let refused = try await Executable.run(command)
    #expect(refused.status == 73 && refused.error.contains("--resume"), "\(refused.error)")
    let gone = try await Executable.run(command + ["--resume", "--json"])
    #expect(gone.status == 0, "\(gone.error)")
    #expect((try object(gone.output)["trials"] as? [Any])?.count ?? 0 >= kept)
    #expect(!FileManager.default.fileExists(atPath: journal))
    let nothing = try await Executable.run(command + ["--resume", "--overwrite"])
    #expect(nothing.status == 64 && nothing.error.contains("missing"), "\(nothing.error)")
  }

  @Test func `a file that is no journal is not replaced`() async throws {
    let notes = try folder.write("my notes", to: "m.charcnn.trials")
    let refused = try await Executable.run(["tune", data, "--output", model, "--overwrite", "--time-limit", "5s"])
    #expect(refused.status == 73)
    #expect(try String(contentsOfFile: notes, encoding: .utf8) == "my notes")
  }

  @Test func `a run that is changed makes another model, and other data are told`() async throws {
    let first = try await Executable.run(["train", data, "--output", model] + Samples.small)
    #expect(first.status == 0)
    let changed = try await Executable.run(
      ["train", "--config", model + "/run.json", "--output", folder.path("n.charcnn"), "--set", "filters=8"])
    #expect(changed.status == 0, "\(changed.error)")
    #expect(
      try folder.read("m.charcnn/model.safetensors").count > folder.read("n.charcnn/model.safetensors").count)
    let other = try folder.write(Samples.csv(90), to: "other.csv")
    let told = try await Executable.run(["train", other, "--config", model, "--output", folder.path("o.charcnn")])
    #expect(told.status == 0 && told.error.contains("than the run that is repeated had"), "\(told.error)")
    let folds = try await Executable.run(["train", "--config", model, "--folds", "2"])
    #expect(folds.status == 0 && folds.output.contains("part 2"), "\(folds.error)")
    try FileManager.default.removeItem(atPath: data)
    let missing = try await Executable.run(["train", "--config", model, "--output", folder.path("p.charcnn")])
    #expect(missing.status == 66 && missing.error.contains("--config"), "\(missing.error)")
  }

  @Test(
    arguments: [
      ["--model", "kim"], ["--task", "tagging"], ["--label", "label"], ["--balance"], ["--size", "1MB"],
      ["--from", "x"], ["--resume", "x"],
    ])
  func `what a run brings is refused beside it`(options: [String]) async throws {
    let refused = try await Executable.run(["train", data, "--config", "m", "--output", model] + options)
    #expect(refused.status == 64, "\(refused.error)")
  }

  @Test func `a language model is made again by the command that makes such`() async throws {
    let text = try folder.write(String(repeating: "to be or not to be. ", count: 200), to: "text.txt")
    let made = try await Executable.run(
      ["pretrain", text, "--output", model, "--set", "filters=8", "embedding=8", "blocks=2", "dilations=1", "epochs=1"])
    #expect(made.status == 0, "\(made.error)")
    let again = folder.path("again.charcnn")
    let wrong = try await Executable.run(["train", "--config", model, "--output", again])
    #expect(wrong.status == 64 && wrong.error.contains("pretrain"), "\(wrong.error)")
    let repeated = try await Executable.run(["pretrain", "--config", model, "--output", again])
    #expect(repeated.status == 0, "\(repeated.error)")
    #expect(try folder.read("m.charcnn/manifest.json") == folder.read("again.charcnn/manifest.json"))
  }
}
