import Foundation
import TestSupport
import Testing

struct TrainTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `Data and an output are enough`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    let result = try await Executable.run(["train", data, "--output", folder.path("m.charcnn")])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.output.contains("accuracy"))
    #expect(result.error.contains(#"text = column 1 "text", label = column 2 "label""#))
    #expect(result.error.contains("2 labels: fruit, tool"))
    let evaluation = try await Executable.run(["evaluate", folder.path("m.charcnn"), data, "--json"])
    #expect(try evaluation.json()["examples"] as? Int == 40)
  }

  @Test func `The result is one JSON object with all its keys`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    let result = try await Executable.run(
      ["train", data, "--output", folder.path("m.charcnn"), "--json", "--quiet", "--seed", "7"] + Samples.small)
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
    #expect(result.lines.count == 1)
    let json = try result.json()
    #expect(
      Set(json.keys) == [
        "output", "accuracy", "macroF1", "examples", "epochs", "bestEpoch", "seconds", "charactersPerSecond",
        "parameters", "labels", "stopReason", "history",
      ])
    #expect(json["epochs"] as? Int == 3)
    #expect(json["labels"] as? Int == 2)
    #expect(json["stopReason"] as? String == "finished")
    let inspection = try await Executable.run(["inspect", folder.path("m.charcnn"), "--json"])
    #expect(try inspection.json()["parameters"] as? Int == json["parameters"] as? Int)
  }

  @Test func `A time limit ends a long training with a model`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    let result = try await Executable.run(
      ["train", data, "--output", folder.path("m.charcnn"), "--json"] + Samples.small.dropLast()
        + ["patience=none", "--epochs", "100000", "--time-limit", "1s"])
    #expect(try result.json()["stopReason"] as? String == "timeLimit")
    #expect(FileManager.default.fileExists(atPath: folder.path("m.charcnn/model.safetensors")))
  }

  @Test func `Labels that training lacks are told and count as wrong`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    let held = try folder.write(Samples.csv(4) + "bus,vehicle\ntram,vehicle\ntaxi,vehicle\n", to: "held.csv")
    let output = folder.path("m.charcnn")
    let training = try await Executable.run(
      ["train", data, "--validation", held, "--output", output, "--json"] + Samples.small)
    #expect(training.status == 0)
    let warning = training.error.split(separator: "\n").first { $0.hasPrefix("warning: ") && $0.contains("vehicle") }
    #expect(warning?.contains("3") == true, "\(training.error)")
    #expect(try training.json()["examples"] as? Int == 7)
    #expect(try #require(training.json()["accuracy"] as? Double) <= 4.0 / 7 + 1e-9)
    let evaluation = try await Executable.run(["evaluate", output, held, "--json"])
    #expect(try evaluation.json()["unseenLabels"] as? [String: Int] == ["vehicle": 3])
    #expect(try #require(evaluation.json()["accuracy"] as? Double) <= 4.0 / 7 + 1e-9)
    #expect(evaluation.error.contains("warning: 3 texts"))
  }

  @Test func `A text of ten megabytes is cut, and that is said`() async throws {
    let long = String(repeating: "apple ", count: 10_000_000 / 6)
    let data = try folder.write(Samples.csv() + "\(long),fruit\n", to: "data.csv")
    let result = try await Executable.run(["train", data, "--output", folder.path("m.charcnn")] + Samples.small)
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.contains("cut"))
  }

  @Test func `One, two and five threads give the same bundle`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    for threads in ["1", "2", "5"] {
      let result = try await Executable.run(
        ["train", data, "--output", folder.path("\(threads).charcnn"), "--threads", threads] + Samples.small)
      #expect(result.status == 0, "\(result.error)")
    }
    let one = try folder.files(of: "1.charcnn")
    #expect(one.keys.contains("model.safetensors"))
    #expect(try folder.files(of: "2.charcnn") == one)
    #expect(try folder.files(of: "5.charcnn") == one)
  }

  @Test func `An existing bundle stays as it is without --overwrite`() async throws {
    let data = try folder.write(Samples.csv(), to: "data.csv")
    let arguments = ["train", data, "--output", folder.path("m.charcnn")] + Samples.small
    #expect(try await Executable.run(arguments).status == 0)
    let before = try folder.files(of: "m.charcnn")
    let refused = try await Executable.run(arguments + ["--seed", "2"])
    #expect(refused.status == 73)
    #expect(refused.errors.count == 1)
    #expect(refused.errors.first?.contains("m.charcnn") == true)
    #expect(try folder.files(of: "m.charcnn") == before)
    let replaced = try await Executable.run(arguments + ["--seed", "2", "--overwrite"])
    #expect(replaced.status == 0, "\(replaced.error)")
    #expect(try folder.files(of: "m.charcnn") != before)
  }
}
