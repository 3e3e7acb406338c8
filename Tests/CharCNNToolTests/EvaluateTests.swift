import Foundation
import TestSupport
import Testing

struct EvaluateTests {
  @Test func `The table shows accuracy, every label and the confusion`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Samples.csv(20).replacingOccurrences(of: ",", with: "\t"), to: "held.tsv")
    let result = try await Executable.run(["evaluate", Samples.bundle(), data])
    #expect(result.status == 0, "\(result.error)")
    for word in ["accuracy", "macro F1", "fruit", "tool", "precision", "predicted"] {
      #expect(result.output.contains(word))
    }
  }

  @Test func `The report as JSON agrees with the predictions`() async throws {
    let folder = try TemporaryFolder()
    let data = try folder.write(Samples.csv(20), to: "held.csv")
    let bundle = try await Samples.bundle()
    let report = try await Executable.run(["evaluate", bundle, data, "--json", "--quiet"])
    #expect(report.error.isEmpty)
    let texts = (0..<20).map { Samples.text($0, isFruit: $0.isMultiple(of: 2)) }
    let predictions = try await Executable.run(["predict", bundle] + texts)
    let right = predictions.lines.enumerated().count {
      $0.element.hasPrefix($0.offset.isMultiple(of: 2) ? "fruit" : "tool")
    }
    let json = try report.json()
    #expect(json["examples"] as? Int == 20)
    #expect(abs(try #require(json["accuracy"] as? Double) - Double(right) / 20) < 1e-9)
    #expect(json["macroF1"] is Double)
  }
}
