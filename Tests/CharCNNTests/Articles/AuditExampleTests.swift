import CharCNN
import Foundation
import TestSupport
import Testing

/// The Swift code of the articles on auditing and splitting data.
@Suite struct AuditExampleTests {
  @Test func `the example of an audit works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      try ArticleFolder.writeReviews(to: "reviews.csv", in: folder)
      try ArticleFolder.writeReviews(to: "more-reviews.csv", in: folder)

      let tickets = try Examples<LabeledText>(contentsOf: "reviews.csv")
      let audit = try LabeledText.Audit(of: tickets, against: [Examples(contentsOf: "more-reviews.csv")])
      for finding in audit.findings { print(finding.gravity, finding.message) }

      let found = try TextClassifier.labelSuspects(in: tickets)
      for suspect in found.suspects { print(suspect.place.row, suspect.label, suspect.suggested) }

      try #require(audit.leaks.filter { $0.likeness != .near }.count == 40 && found.judged == 40)
    }
  }

  @Test func `the example of a split works`() async {
    await #expect(processExitsWith: .success) {
      let folder = try ArticleFolder.makeCurrent()
      try ArticleFolder.writeReviews(to: "reviews.csv", in: folder)

      let examples = try Examples<LabeledText>(contentsOf: "reviews.csv")
      let parts = try examples.split([0.8, 0.1, 0.1])
      let grouped = try examples.split([0.9, 0.1], group: { $0.text.split(separator: " ").last.map(String.init) })

      var counts = [0, 0, 0]
      for (part, examples) in parts.enumerated() { try examples.forEach({ _, _, _ in counts[part] += 1 }) }
      try #require(counts == [32, 4, 4] && grouped.count == 2)
    }
  }
}
