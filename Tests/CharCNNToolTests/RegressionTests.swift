import Foundation
import TestSupport
import Testing

/// Models of scores, from the command line.
struct RegressionTests {
  private static let small = [
    "--set", "filters=16", "embedding=8", "blocks=2", "epochs=4", "rate=0.01", "minimumCount=1", "batchTexts=16",
  ]

  /// A table of texts whose score is how often they say a word.
  static func table(_ count: Int, factor: Double = 1) -> String {
    let others = ["table", "window", "river", "paper", "yellow", "garden", "seven"]
    return "review,stars\n"
      + (0..<count).map { number in
        let grade = (number * 7 + number / 5) % 5
        let words = (0..<5).map { others[(number * 3 + $0 * $0) % 7] } + Array(repeating: "splendid", count: grade)
        return "\(words.joined(separator: " ")) \(number),\(Double(grade + 1) * factor)\n"
      }.joined()
  }

  @Test func `Scores are learned, measured and predicted`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.table(200), to: "stars.csv")
    let bundle = folder.path("stars.charcnn")
    let trained = try await Executable.run(
      ["train", data, "--task", "regression", "--output", bundle, "--json"] + Self.small)
    #expect(trained.status == 0, "\(trained.error)")
    #expect(trained.error.contains("label = column 2 \"stars\""), "\(trained.error)")
    #expect(trained.error.contains("scores: 1 to 5, mean 3"), "\(trained.error)")
    let result = try trained.json()
    for key in ["pearson", "spearman", "meanAbsoluteError", "rootMeanSquaredError"] { #expect(result[key] is Double) }
    #expect(result["labels"] == nil && result["accuracy"] == nil)

    let report = try await Executable.run(["evaluate", bundle, data, "--json"])
    let json = try report.json()
    #expect(
      try #require(json["pearson"] as? Double) > 0.8 && json["areaUnderROC"] is Double && json["cut"] as? Double == 3)
    #expect(report.error.contains("--cut names another"), "\(report.error)")
    let cut = try await Executable.run(["evaluate", bundle, data, "--cut", "3.5"])
    #expect(cut.output.contains("scores above 3.5") && !cut.error.contains("--cut"), "\(cut.output)\(cut.error)")
    for word in ["pearson", "spearman", "mean absolute error", "root mean squared error"] {
      #expect(cut.output.contains(word))
    }
    let answers = folder.path("answers.csv")
    let predictions = try await Executable.run(["evaluate", bundle, data, "--predictions", answers, "--quiet"])
    #expect(predictions.status == 0, "\(predictions.error)")
    let rows = try String(contentsOfFile: answers, encoding: .utf8).split(separator: "\n")
    #expect(rows[0] == "row,score,predicted,text" && rows.count == 201 && rows[1].hasPrefix("1,1,"))

    let texts = try await Executable.run(["predict", bundle, "splendid splendid splendid", "river"])
    let scores = texts.lines.filter { !$0.isEmpty }.compactMap { Double($0) }
    #expect(scores.count == 2 && scores[0] > scores[1] && scores.allSatisfy { (1...5).contains($0) })
    let object = try await Executable.run(["predict", bundle, "river", "--json"]).json()
    #expect(object["score"] is Double && object["grade"] == nil && object["text"] as? String == "river")
    let file = try await Executable.run(["predict", bundle, "--input", data])
    #expect(file.lines[0] == "review,stars,score" && file.lines.filter { !$0.isEmpty }.count == 201)
    let top = try await Executable.run(["predict", bundle, "river", "--top", "2"])
    #expect(top.status == 64 && top.errors.count == 1)
    let inspected = try await Executable.run(["inspect", bundle])
    #expect(inspected.output.contains("1.0 to 5.0") && inspected.output.contains("Pearson"), "\(inspected.output)")
    let card = try await Executable.run(["card", bundle])
    #expect(
      card.status == 0 && card.output.contains("Gives a text a score from 1 to 5."), "\(card.output)\(card.error)")
  }

  @Test func `Grades are learned as grades`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.table(200), to: "stars.csv")
    let bundle = folder.path("grades.charcnn")
    let trained = try await Executable.run(
      [
        "train", data, "--task", "regression", "--output", bundle, "--json", "--model", "ngrams", "--set",
        "ordinal=true",
      ])
    #expect(trained.status == 0 && trained.error.contains("grades: 1, 2, 3, 4, 5"), "\(trained.error)")
    let result = try trained.json()
    #expect(result["quadraticKappa"] is Double && result["accuracy"] is Double && result["labels"] as? Int == 5)
    let report = try await Executable.run(["evaluate", bundle, data])
    for word in ["accuracy", "quadratic kappa", "spearman", "scores above 3"] { #expect(report.output.contains(word)) }
    let answer = try await Executable.run(["predict", bundle, "splendid splendid splendid", "--top", "2"])
    let fields = answer.lines[0].split(separator: "\t").compactMap { Double($0) }
    #expect(fields.count == 5 && fields[2] >= fields[4] && fields[2] <= 1, "\(answer.output)")
    let object = try await Executable.run(["predict", bundle, "river", "--json", "--top", "5"]).json()
    #expect(object["grade"] is Double && (object["predictions"] as? [Any])?.count == 5)
    let input = try await Executable.run(["predict", bundle, "--input", data])
    #expect(input.lines[0] == "review,stars,score,grade,probability", "\(input.lines[0])")
    let other = folder.path("other.charcnn")
    let second = try await Executable.run(
      ["train", data, "--task", "regression", "--output", other, "--model", "ngrams", "--quiet"])
    #expect(second.status == 0, "\(second.error)")
    let difference = try await Executable.run(["diff", bundle, other])
    #expect(
      difference.output.contains("scale.ordinal") || difference.output.contains("scale.grades"), "\(difference.output)")
  }

  @Test func `Labels that are scores name the task that learns them`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(
      Self.table(60, factor: 0.37).replacingOccurrences(of: "0.37\n", with: "0.375\n"), to: "stars.csv")
    let more = data + ".more.csv"
    let rows = (0..<60).map { "a text number \($0),\(Double($0 % 9) * 0.25)\n" }
    try ("text,label\n" + rows.joined()).write(toFile: more, atomically: true, encoding: .utf8)
    let trained = try await Executable.run(
      ["train", more, "--output", folder.path("m.charcnn"), "--model", "ngrams"])
    #expect(
      trained.error.contains("scores are learned with `--task regression`")
        || trained.error.contains("scores are learned with --task regression"), "\(trained.error)")
    let audited = try await Executable.run(["audit", more])
    #expect(audited.output.contains("--task regression"), "\(audited.output)")
  }

  @Test func `What is wrong is told in one line`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.table(40), to: "stars.csv")
    let output = folder.path("m.charcnn")
    let start = ["train", data, "--task", "regression", "--output", output]
    for arguments in [
      ["--balance"], ["--cascade"], ["--size", "1MB"], ["--labels", "several"], ["--embeddings", "x.vec"],
      ["--thesaurus", "x.dat"], ["--label", "stars", "--label", "review"], ["--label-separator", ";"],
      ["--second", "review"], ["--set", "chunkLength=100"], ["--set", "lowest=3", "highest=2"], ["--set", "nothing=1"],
      ["--model", "nothing"], ["--folds", "1"],
    ] {
      let result = try await Executable.run(start + arguments)
      #expect(result.status == 64 && result.errors.count == 1, "\(arguments): \(result.status) \(result.error)")
      #expect(!FileManager.default.fileExists(atPath: output))
    }
    let faulty = try folder.write(Self.table(40) + "bad,good\nworse,NaN\n", to: "faulty.csv")
    let faults = try await Executable.run(["train", faulty, "--task", "regression", "--output", output])
    #expect(faults.status == 65 && faults.error.contains("faulty.csv:42"), "\(faults.error)")
    #expect(faults.error.contains("2 records are faulty") && faults.error.contains("--skip-invalid"), "\(faults.error)")
    let left = try await Executable.run(
      ["train", faulty, "--task", "regression", "--output", output, "--skip-invalid", "--model", "ngrams"])
    #expect(left.status == 0 && left.error.contains("2 faulty records were left out"), "\(left.error)")
    let classifier = try await Samples.bundle()
    let cut = try await Executable.run(["evaluate", classifier, data, "--cut", "3"])
    #expect(cut.status == 64 && cut.error.contains("--cut is for models of scores"), "\(cut.error)")
    for arguments in [["--noise"], ["--against", classifier], ["--outside", data], ["--cut", "nan"]] {
      let result = try await Executable.run(["evaluate", output, data] + arguments)
      #expect(result.status == 64 && result.errors.count == 1, "\(arguments): \(result.error)")
    }
    for arguments in [
      ["explain", output, "river", "--label", "3"], ["explain", output, "river", "--top", "2"],
      ["calibrate", output, data],
      ["report", output, data, "--html", folder.path("r.html")],
      ["audit", data, "--against", output],
    ] {
      let result = try await Executable.run(arguments)
      #expect(result.status == 64 && result.errors.count == 1, "\(arguments): \(result.status) \(result.error)")
    }
  }

  @Test func `A score is explained in its own unit`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.table(90), to: "stars.csv")
    let output = folder.path("m.charcnn")
    let training = try await Executable.run(
      ["train", data, "--task", "regression", "--output", output, "--model", "ngrams"])
    #expect(training.status == 0, "\(training.error)")
    let page = folder.path("why.html")
    let result = try await Executable.run(["explain", output, "splendid river", "--json", "--html", page])
    #expect(result.status == 0, "\(result.error)")
    let explanation = try result.json()
    let values = try #require(explanation["contributions"] as? [[String: Any]]).compactMap { $0["value"] as? Double }
    let total = try #require(explanation["total"] as? Double)
    let baseline = try #require(explanation["baseline"] as? Double)
    #expect(values.count == 14 && abs(values.reduce(0, +) - (total - baseline)) < 1e-5)
    #expect(explanation["score"] is Double && explanation["probability"] == nil)
    // Each character stands in a mark of its own.
    let shown = try String(decoding: folder.read("why.html"), as: UTF8.self).replacing(/<[^>]*>/, with: "")
    #expect(shown.contains("splendid river"))
    // More texts than a batch, from a file.
    let many = try await Executable.run(["explain", output, "--input", data, "--json", "--quiet"])
    #expect(many.status == 0 && many.output.split(separator: "\n").count == 90, "\(many.error)")
  }

  @Test func `Folds and seeds tell mean and spread, and an interrupted training goes on`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Self.table(90), to: "stars.csv")
    let folds = try await Executable.run(
      ["train", data, "--task", "regression", "--folds", "3", "--seeds", "2", "--model", "ngrams", "--json"])
    #expect(folds.status == 0, "\(folds.error)")
    let mean = try #require(try folds.json()["mean"] as? [String: Any])
    #expect(mean["pearson"] is Double && mean["meanAbsoluteError"] is Double)
  }
}
