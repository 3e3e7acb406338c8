import Foundation
import TestSupport
import Testing

struct QuantizeTests {
  @Test func `A quantized model is used like any other`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Data(Samples.csv().utf8), to: "data.csv")
    let output = folder.url.appendingPathComponent("small.charcnn").path
    let made = try await Executable.run(["quantize", try await Samples.bundle(), "--output", output, "--check", data])
    #expect(made.status == 0, "\(made.error)")
    #expect(made.lines.count == 3)

    let evaluated = try await Executable.run(["evaluate", output, data, "--json", "--quiet"])
    #expect(try evaluated.json()["accuracy"] as? Double ?? 0 > 0.9, "\(evaluated.error)")
    let predicted = try await Executable.run(["predict", output, Samples.text(1, isFruit: true)])
    #expect(predicted.output.hasPrefix("fruit\t"))
    let inspected = try await Executable.run(["inspect", output, "--json"])
    let bundle = try #require(try inspected.json()["bundle"] as? [String: Any])
    #expect(bundle["quantization"] as? String == "int8")

    #expect(made.error.contains(#"data.csv: csv, text = column 1 "text""#), "\(made.error)")

    let again = try await Executable.run(["quantize", output, "--output", "\(output)2"])
    #expect(
      again.status == 64 && again.errors.count == 1 && again.error.contains("small.charcnn: is quantized already"))
    let taken = try await Executable.run(["quantize", try await Samples.bundle(), "--output", output])
    #expect(taken.status == 73)
  }

  @Test func `Faulty texts to check with leave no output, and unknown labels are told`() async throws {
    let folder = try TemporaryFolder()
    let output = folder.path("small.charcnn")
    let faulty = try folder.write(Samples.csv() + "only one field\n", to: "faulty.csv")
    let refused = try await Executable.run(
      ["quantize", try await Samples.bundle(), "--output", output, "--check", faulty])
    #expect(refused.status == 65 && refused.errors.count == 1, "\(refused.error)")
    #expect(!FileManager.default.fileExists(atPath: output))

    let data = try folder.write(Samples.csv() + "brass and iron,metal\n", to: "data.csv")
    let made = try await Executable.run(["quantize", try await Samples.bundle(), "--output", output, "--check", data])
    #expect(made.status == 0 && made.lines.count == 3, "\(made.error)")
    #expect(made.error.contains("warning: 1 text counted as wrong"), "\(made.error)")
  }
}
