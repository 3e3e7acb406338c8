import Foundation
import TestSupport
import Testing

/// `charcnn calibrate`, and what other commands do with a calibrated model.
struct CalibrateTests {
  let folder: TemporaryFolder
  let model: String
  let held: String
  let other: String

  init() async throws {
    folder = try TemporaryFolder()
    model = folder.path("m.charcnn")
    let kinds = [["apple", "plum", "pear"], ["iron", "zinc", "tin"]]
    func rows(_ numbers: Range<Int>) -> String {
      numbers.map { number in
        let kind = kinds[number % 2]
        return "\(kind[number / 2 % 3]) and \(kind[number / 6 % 3]) \(number % 13),\(["fruit", "metal"][number % 2])\n"
      }.joined()
    }
    let data = try folder.write("text,label\n" + rows(0..<300), to: "train.csv")
    held = try folder.write("text,label\n" + rows(300..<420), to: "held.csv")
    other = try folder.write((0..<40).map { "wwww \($0) vvvv\n" }.joined(), to: "other.txt")
    _ = try await Executable.run(["train", data, "--output", model, "--model", "ngrams"])
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `a calibrated model says that it does not know, wherever it is asked`() async throws {
    let careful = folder.path("careful.charcnn")
    let found = try await Executable.run(
      ["calibrate", model, held, "--outside", other, "--output", careful, "--json"])
    #expect(found.status == 0, "\(found.error)")
    let result = try object(found.output)
    #expect(result["outsideRefused"] as? Double ?? 0 > 0.9 && result["output"] as? String == careful)
    #expect((result["threshold"] as? Double ?? 0) > 0 && result["texts"] as? Int == 120)

    let asked = try await Executable.run(["predict", careful, "apple and pear 3", "wwww 5 vvvv"]).output
    let lines = asked.split(separator: "\n")
    #expect(lines[0].hasPrefix("fruit\t") && lines[1].hasPrefix("unknown\t"))
    let objects = try await Executable.run(["predict", careful, "apple and pear 3", "wwww 5 vvvv", "--json"]).output
      .split(separator: "\n").map(String.init)
    let first = try object(objects[0])["label"] as? String
    #expect(objects[1].contains("\"label\":null") && first == "fruit")
    let table = try folder.write("text\napple and pear 3\nwwww 5 vvvv\n", to: "new.csv")
    let answered = try await Executable.run(["predict", careful, "--input", table]).output.split(separator: "\n")
    #expect(answered[1].contains(",fruit,") && answered[2].contains(",unknown,"))
    let list = try folder.write("{\"text\":\"wwww 5 vvvv\"}\n{\"text\":\"zinc and tin 1\"}\n", to: "new.jsonl")
    let nulls = try await Executable.run(["predict", careful, "--input", list]).output
    #expect(nulls.contains("\"label\":null"))

    let answers = folder.path("answers.csv")
    let measured = try await Executable.run(
      ["evaluate", careful, held, "--outside", other, "--predictions", answers, "--json"])
    let figures = try object(measured.output)
    for key in ["coverage", "accuracyAnswered", "expectedCalibrationError", "brierScore", "accuracy"] {
      #expect(figures[key] as? Double != nil, "\(key)")
    }
    #expect((figures["outside"] as? [String: Any])?["refused"] as? Double == result["outsideRefused"] as? Double)
    let shown = try await Executable.run(["evaluate", careful, held, "--outside", other]).output
    #expect(shown.contains("area under ROC") && shown.contains("if answered"))
    #expect(try await Executable.run(["inspect", careful]).output.contains("unknown where the certainty is below"))
    let detected = try await Executable.run(["detect", careful, "wwww vvvv"])
    #expect(detected.output.hasPrefix("unknown\t"))
  }

  @Test func `nothing is written unless it is said where`() async throws {
    let before = try folder.files(of: "m.charcnn")
    let shown = try await Executable.run(["calibrate", model, held, "--precision", "0.99"])
    #expect(shown.status == 0 && shown.error.contains("nothing was written") && shown.output.contains("temperature"))
    #expect(try folder.files(of: "m.charcnn") == before)
    let refused = try await Executable.run(["calibrate", model, held, "--output", model])
    #expect(refused.status == 73, "\(refused.error)")
    let over = try await Executable.run(["calibrate", model, held, "--coverage", "0.5", "--overwrite"])
    #expect(over.status == 0 && over.output.contains("answered"), "\(over.error)")
    #expect(try folder.files(of: "m.charcnn") != before)
  }

  @Test(
    arguments: [
      ["--precision", "1"], ["--precision", "-1"], ["--coverage", "0"], ["--coverage", "0.5", "--precision", "0.5"],
    ])
  func `goals out of their range are refused`(options: [String]) async throws {
    #expect(try await Executable.run(["calibrate", model, held] + options).status == 64)
  }

  @Test func `what nobody asked for is not lost: a card, a file of texts, records that are faulty`() async throws {
    let card = try folder.write("# Mine\n", to: "card.md")
    _ = try await Executable.run(["card", model, "--edit", card])
    let output = folder.path("with-card.charcnn")
    let found = try await Executable.run(["calibrate", model, held, "--coverage", "0.9", "--output", output])
    #expect(found.status == 0 && found.error.contains("stays as it is"), "\(found.error)")
    #expect(try await Executable.run(["card", output]).output == "# Mine\n")

    let outside = try folder.write("text\nwwww\nvvvv\n", to: "outside.csv")
    let refused = try await Executable.run(
      ["evaluate", model, held, "--outside", outside, "--predictions", outside, "--overwrite"])
    #expect(refused.status == 64)
    #expect(try folder.read("outside.csv") == Array("text\nwwww\nvvvv\n".utf8))

    let lines = (0..<40).map {
      "{\"text\":\"\(["apple", "zinc"][$0 % 2]) \($0)\",\"label\":\"\(["fruit", "metal"][$0 % 2])\"}\n"
    }
    let holes = try folder.write(lines.joined() + "{\"text\":\"x\"}\n", to: "holes.jsonl")
    let told = try await Executable.run(["calibrate", model, holes, "--coverage", "0.9", "--skip-invalid"])
    #expect(told.status == 0 && told.error.contains("left out"), "\(told.error)")
    let wrong = try folder.write(
      "text,label\n" + (0..<30).map { "\(["apple", "zinc"][$0 % 2]) \($0),\(["metal", "fruit"][$0 % 2])\n" }.joined(),
      to: "wrong.csv")
    let never = try await Executable.run([
      "calibrate", model, wrong, "--precision", "0.9", "--output", folder.path("n"),
    ])
    #expect(never.status != 0 && never.error.contains("reached by no threshold"), "\(never.error)")
  }
}
