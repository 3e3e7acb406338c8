import Foundation
import TestSupport
import Testing

/// `charcnn train --folds` and `--seeds`, `charcnn evaluate --against` and `--noise`.
struct RepetitionTests {
  let folder: TemporaryFolder
  let data: String

  init() throws {
    folder = try TemporaryFolder()
    let kinds = [["apple", "plum", "pear"], ["iron", "zinc", "tin"]]
    let rows = (0..<120).map { number in
      let kind = kinds[number % 2]
      return
        "\(kind[number / 2 % 3]) and \(kind[number / 6 % 3]) \(number),\(["fruit", "metal"][number % 2]),c\(number * number % 13)\n"
    }
    data = try folder.write("text,label,customer\n" + rows.joined(), to: "data.csv")
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `folds and seeds tell mean and spread, and answers to what was left out`() async throws {
    let answers = folder.path("answers.csv")
    let found = try await Executable.run([
      "train", data, "--model", "ngrams", "--folds", "3", "--group", "customer", "--predictions", answers, "--json",
    ])
    #expect(found.status == 0 && found.error.contains("training 3 of 3, without part 3 of 3"), "\(found.error)")
    let result = try object(found.output)
    #expect((result["runs"] as? [Any])?.count == 3)
    #expect((result["mean"] as? [String: Double])?["accuracy"] ?? 0 > 0.9)
    #expect((result["spread"] as? [String: Double])?["accuracy"] != nil)
    let rows = try String(contentsOfFile: answers, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(rows.count == 120)
    var folds: [Int: Set<String>] = [:]
    var seen: Set<Int> = []
    for row in rows {
      let cells = row.split(separator: ",")
      let number = try #require(Int(cells[1]))
      seen.insert(number)
      // No shift of the rows gives the same customers.
      folds[(number - 1) * (number - 1) % 13, default: []].insert(String(cells[0]))
    }
    #expect(seen.count == 120 && folds.values.allSatisfy { $0.count == 1 }, "customers stay in one part")
    let seeds = try await Executable.run(["train", data, "--model", "ngrams", "--seeds", "2", "--seed", "7"])
    #expect(seeds.status == 0 && seeds.output.contains("±") && seeds.output.contains("8"), "\(seeds.error)")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path("")).sorted()
    #expect(files == ["answers.csv", "data.csv"], "no model is written: \(files)")
  }

  @Test(
    arguments: [
      ["--folds", "1"], ["--folds", "3", "--output", "m.charcnn"], ["--seeds", "0"], ["--group", "customer"],
      ["--folds", "2", "--history", "h.csv"], ["--folds", "2", "--predictions", "a.xml"],
    ])
  func `what goes with one training is refused`(options: [String]) async throws {
    let refused = try await Executable.run(["train", data] + options)
    #expect(refused.status == 64, "\(refused.error)")
  }

  @Test func `a model is compared with another, and with noise`() async throws {
    let (old, new) = (folder.path("old.charcnn"), folder.path("new.charcnn"))
    let few = try folder.write(
      "text,label\napple,fruit\nplum,fruit\niron,metal\ntin,metal\nzinc,metal\n", to: "few.csv")
    let wrong = try folder.write(
      "text,label\n" + (0..<40).map { "apple zinc \($0),\(["fruit", "metal"][$0 / 7 % 2])\n" }.joined(), to: "wrong.csv"
    )
    _ = try await Executable.run(["train", data, "--model", "ngrams", "--output", new])
    let trained = try await Executable.run(["train", wrong, "--model", "ngrams", "--output", old])
    #expect(trained.status == 0, "\(trained.error)")
    let shown = try await Executable.run(["evaluate", new, data, "--against", old, "--noise"])
    #expect(
      shown.status == 0 && shown.output.contains("McNemar") && shown.output.contains("lookalike"), "\(shown.error)")
    #expect(shown.output.contains("95 %: "))
    let figures = try object(
      try await Executable.run(["evaluate", new, data, "--against", old, "--noise", "--json"]).output)
    let comparison = try #require(figures["comparison"] as? [String: Any])
    #expect(comparison["pValue"] as? Double ?? 1 < 0.01 && comparison["difference"] as? Double ?? 0 > 0)
    #expect((figures["robustness"] as? [String: Any])?["rows"] != nil && figures["accuracyInterval"] != nil)
    let measured = try object(try await Executable.run(["evaluate", old, few, "--json"]).output)
    #expect((measured["surestErrors"] as? [[String: Any]])?.first?["row"] as? Int != nil)
  }
}
