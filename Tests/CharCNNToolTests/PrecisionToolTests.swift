import Foundation
import TestSupport
import Testing

/// `--precision`: what it takes, and what it says.
@Suite struct PrecisionToolTests {
  private let folder: TemporaryFolder
  private let texts: String

  init() throws {
    folder = try TemporaryFolder()
    let rows = (0..<120).map { $0 % 2 == 0 ? "apple and plum \($0),fruit" : "iron and zinc \($0),metal" }
    texts = try folder.write("text,label\n" + rows.joined(separator: "\n") + "\n", to: "t.csv")
  }

  private func train(_ name: String, _ options: String...) async throws -> Executable.Result {
    try await Executable.run(["train", texts, "--output", folder.path(name), "--threads", "1"] + options)
  }

  @Test func `n-grams have nothing to multiply, whatever the processor can do`() async throws {
    let automatic = try await train("a.charcnn", "--model", "ngrams", "--precision", "automatic")
    #expect(automatic.status == 0 && !automatic.error.contains("precision:"), "\(automatic.error)")
    let asked = try await train("b.charcnn", "--model", "ngrams", "--precision", "bf16")
    #expect(asked.status == 65 || asked.status == 64, "\(asked.status)")
    #expect(asked.errors.count == 1 && asked.error.contains("precision"), "\(asked.error)")
    let steps = try await train(
      "d.charcnn", "--model", "ngrams", "--precision", "bf16", "--set", "ngramTraining=steps", "epochs=1")
    #expect(steps.status == 64 && steps.error.contains("precision"), "\(steps.error)")
    for command in [["predict", folder.path("a.charcnn"), "apple"], ["evaluate", folder.path("a.charcnn"), texts]] {
      for precision in ["automatic", "bf16"] {
        let asked = try await Executable.run(command + ["--precision", precision])
        #expect(asked.status == 0 && asked.error.contains("multiplies no floats"), "\(asked.error)")
      }
    }
    let none = try await train("c.charcnn", "--precision", "double")
    #expect(none.status == 64 && none.error.contains("single"), "\(none.error)")
  }

  @Test func `automatic says what it takes, unless nothing is to be said`() async throws {
    let small = ["--epochs", "1", "--set", "filters=8", "embedding=4", "blocks=1"]
    let trained = try await Executable.run(
      ["train", texts, "--output", folder.path("m.charcnn"), "--precision", "automatic"] + small)
    #expect(trained.status == 0 && trained.error.contains("precision: "), "\(trained.error)")
    let model = folder.path("m.charcnn")
    let loud = try await Executable.run(["predict", model, "apple", "--precision", "automatic"])
    #expect(loud.status == 0 && loud.error.contains("precision: "), "\(loud.error)")
    for precision in ["automatic", "bf16"] {
      let quiet = try await Executable.run(["predict", model, "apple", "--precision", precision, "--quiet"])
      #expect(quiet.status == 0 && quiet.error.isEmpty, "\(quiet.error)")
      #expect(quiet.output == loud.output || precision == "bf16")
    }
    let twice = try await train("d.charcnn", "--precision", "bf16", "--set", "precision=single")
    #expect(twice.status == 64 && twice.error.contains("--precision"), "\(twice.error)")
    // A model differs in nothing from itself, whatever the precision.
    let itself = try await Executable.run(["evaluate", model, texts, "--against", model, "--precision", "bf16"])
    #expect(
      itself.status == 0 && itself.output.contains("of 120 texts 0 are right by"), "\(itself.output) \(itself.error)")
    // Nor where its answers hang by a thread: these labels follow no rule, and rounding turns some over.
    let rows = (0..<4_000).map { row in
      let word = String(row &* 2_654_435_761 % 1_000_000_007, radix: 36) + String(row * row * 31 % 46_657, radix: 36)
      return "\(word),\((row &* 2_654_435_761 >> 13) & 1 == 1 ? "one" : "two")\n"
    }
    let noise = try folder.write("text,label\n" + rows.prefix(2_000).joined(), to: "noise.csv")
    let more = try folder.write("text,label\n" + rows.dropFirst(2_000).joined(), to: "more.csv")
    let undecided = folder.path("undecided.charcnn")
    let learned = try await Executable.run(["train", noise, "--output", undecided] + small)
    #expect(learned.status == 0, "\(learned.error)")
    let same = try await Executable.run([
      "evaluate", undecided, more, "--against", undecided, "--precision", "bf16",
    ])
    #expect(same.status == 0 && same.output.contains("of 2000 texts 0 are right by"), "\(same.output) \(same.error)")
    // Bytes are multiplied in no other way.
    let bytes = folder.path("bytes.charcnn")
    let quantized = try await Executable.run(["quantize", model, "--output", bytes])
    #expect(quantized.status == 0, "\(quantized.error)")
    let lines = try folder.write("apple\niron\n", to: "lines.txt")
    let plain = try await Executable.run(["embed", bytes, "--texts", lines])
    for precision in ["automatic", "bf16"] {
      let asked = try await Executable.run(["embed", bytes, "--texts", lines, "--precision", precision])
      #expect(asked.status == 0 && asked.error.contains("multiplies no floats"), "\(asked.error)")
      #expect(asked.output == plain.output)
    }
    let floats = try await Executable.run(["embed", model, "--texts", lines, "--precision", "bf16"])
    #expect(floats.status == 0 && !floats.error.contains("multiplies no floats"), "\(floats.error)")
    // A run is repeated in its own precision, and in another one where that is asked for.
    let half = try await Executable.run(
      ["train", texts, "--output", folder.path("half.charcnn"), "--precision", "bf16"] + small)
    #expect(half.status == 0, "\(half.error)")
    let again = try await Executable.run(
      ["train", "--config", folder.path("half.charcnn"), "--output", folder.path("again.charcnn")])
    #expect(again.status == 0 && !again.error.contains("for bf16 and"), "\(again.error)")
    let run = try String(decoding: Data(folder.read("half.charcnn/run.json")), as: UTF8.self)
    let said = try #require(run.firstMatch(of: /"instructions for bf16" : "([a-z0-9-]+)"/), "\(run)")
    let foreign = try folder.write(
      run.replacingCharacters(
        in: said.range, with: "\"instructions for bf16\" : \"\(said.1 == "scalar" ? "avx2" : "scalar")\""),
      to: "run.json")
    let moved = try await Executable.run([
      "train", texts, "--config", foreign, "--output", folder.path("moved.charcnn"),
    ])
    #expect(moved.status == 0 && moved.error.contains("differ by rounding"), "\(moved.error)")
    let (first, second) = ("half.charcnn/model.safetensors", "again.charcnn/model.safetensors")
    #expect(try folder.read(first) == folder.read(second))
    let other = try await Executable.run(
      [
        "train", "--config", folder.path("half.charcnn"), "--output", folder.path("other.charcnn"), "--precision",
        "single",
      ])
    #expect(other.status == 0, "\(other.error)")
    #expect(try folder.read(first) != folder.read("other.charcnn/model.safetensors"))
  }
}
