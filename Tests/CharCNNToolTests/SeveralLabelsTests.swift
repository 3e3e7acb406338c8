import Foundation
import TestSupport
import Testing

/// What the commands do where a text may have several labels, or none.
struct SeveralLabelsTests {
  let folder: TemporaryFolder
  let output: String

  init() throws {
    folder = try TemporaryFolder()
    output = folder.path("m.charcnn")
  }

  /// Texts of up to three words that stand for labels.
  private static let texts: [(text: String, labels: [String])] = (0..<400).map { number in
    let labels = ["app", "pay", "ship"].enumerated().filter { number >> $0.offset & 1 == 1 || number % 11 == $0.offset }
      .map(\.element)
    return ("note \(number % 5) \(labels.map { "about \($0)ing" }.joined(separator: " and "))", labels)
  }

  private func lists() throws -> String {
    try folder.write(
      Self.texts.map { text, labels in
        #"{"text":"\#(text)","labels":[\#(labels.map { "\"\($0)\"" }.joined(separator: ","))]}"# + "\n"
      }.joined(), to: "data.jsonl")
  }

  private func train(_ data: String, _ more: String...) async throws -> Executable.Result {
    try await Executable.run(["train", data, "--output", output, "--model", "ngrams", "--overwrite"] + more)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `a model is trained, measured, asked and told about`() async throws {
    let data = try lists()
    let trained = try await train(data, "--json")
    #expect(trained.status == 0 && trained.error.contains("a text may have several, or none"), "\(trained.error)")
    let figures = try object(trained.output)
    for key in ["microF1", "macroF1", "subsetAccuracy"] { #expect(figures[key] as? Double ?? 0 > 0.95, "\(key)") }
    let measured = try object(try await Executable.run(["evaluate", output, data, "--json"]).output)
    for key in ["microF1", "macroF1", "subsetAccuracy", "rankingAveragePrecision"] {
      #expect(measured[key] as? Double ?? 0 > 0.95, "\(key)")
    }
    #expect((measured["thresholds"] as? [Double])?.count == 3)
    let asked = try await Executable.run(["predict", output, "note 1 about shiping and about apping", "note 2"])
    let lines = asked.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(Set(lines[0].split(separator: "\t").filter { Double($0) == nil }) == ["app", "ship"] && lines[1].isEmpty)
    let top = try await Executable.run(["predict", output, "--top", "3", "note 2"])
    #expect(top.output.split(separator: "\t").count == 6)
    let inspected = try object(try await Executable.run(["inspect", output, "--json"]).output)
    #expect(((inspected["bundle"] as? [String: Any])?["thresholds"] as? [Double])?.count == 3)
    let shown = try await Executable.run(["inspect", output]).output
    #expect(shown.contains("3, of which a text may have several: app, pay, ship") && shown.contains("micro F1"))
    let detected = try await Executable.run(["detect", output, "note"])
    #expect(detected.status == 64 && detected.error.contains("several labels"), "\(detected.error)")
  }

  @Test func `files are answered and predictions written as lists`() async throws {
    let data = try lists()
    _ = try await train(data)
    let answered = try await Executable.run(["predict", output, "--input", data])
    let first = try object(String(answered.output.split(separator: "\n")[3]))
    #expect(first["predicted_labels"] as? [String] != nil && (first["predicted_probabilities"] as? [Double]) != nil)
    let table = try folder.write("text,kind\nnote about apping and about paying,x\nnote,y\n", to: "t.csv")
    let rows = try await Executable.run(["predict", output, "--input", table]).output.split(separator: "\n")
    #expect(rows[0] == "text,kind,labels,probabilities" && rows[2] == "note,y,,")
    #expect(rows[1].contains("\"app,pay\"") || rows[1].contains("\"pay,app\""))
    let path = folder.path("p.csv")
    let measured = try await Executable.run(["evaluate", output, data, "--predictions", path])
    #expect(measured.status == 0, "\(measured.error)")
    let written = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(written[0] == "row,labels,predicted,probabilities,text" && written.count == 401)
  }

  @Test func `columns of 1 and 0, separators and several columns are the same labels`() async throws {
    let flags = try folder.write(
      "text,app,pay,ship\n"
        + Self.texts.map { text, labels in
          "\(text),\(["app", "pay", "ship"].map { labels.contains($0) ? "1" : "0" }.joined(separator: ","))\n"
        }.joined(), to: "flags.csv")
    let trained = try await train(flags)
    #expect(trained.status == 0 && trained.error.contains("(1 or 0)"), "\(trained.error)")
    let measured = try await Executable.run(["evaluate", output, flags, "--json"])
    #expect(try object(measured.output)["microF1"] as? Double ?? 0 > 0.95)
    let joined = try folder.write(
      "text,labels\n"
        + Self.texts.filter { !$0.labels.isEmpty }.map { "\($0),\($1.joined(separator: ";"))\n" }.joined(),
      to: "joined.csv")
    let separated = try await train(joined, "--label-separator", ";")
    #expect(separated.status == 0 && separated.error.contains("several with ; between"), "\(separated.error)")
    // The model remembers what stands between.
    let again = try await Executable.run(["evaluate", output, joined, "--json"])
    #expect(try object(again.output)["subsetAccuracy"] as? Double ?? 0 > 0.95)
  }

  @Test func `a label that looks like several is asked about`() async throws {
    let lines = (0..<60).map { "text \($0 % 7),\($0 % 2 == 0 ? "pos" : "neg")\n" }
    let data = try folder.write("text,label\n" + lines.joined() + "both,\"pos,neg\"\n", to: "d.csv")
    let asked = try await train(data)
    #expect(asked.status == 65 && asked.error.contains("--label-separator ,") && asked.error.contains("--labels one"))
    #expect(try await train(data, "--labels", "one").status == 0)
    let several = try await train(data, "--label-separator", ",")
    #expect(several.status == 0 && several.error.contains("2 labels"), "\(several.error)")
  }

  @Test func `what is for one label is refused`() async throws {
    let data = try lists()
    for option in ["--balance", "--cascade"] {
      let result = try await Executable.run(["train", data, "--output", output, option])
      #expect(result.status == 64 && result.error.contains("may have several"), "\(option): \(result.error)")
    }
    let matching = try await train(data, "--labels", "three")
    #expect(matching.status == 64)
    let other = try await Executable.run(
      ["train", data, "--output", output, "--task", "matching", "--labels", "several"])
    #expect(other.status == 64 && other.error.contains("for classifiers"), "\(other.error)")
  }
}
