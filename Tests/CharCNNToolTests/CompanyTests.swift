import Foundation
import TestSupport
import Testing

/// A line among hundreds gets the answer of the line alone, whatever the model and the number of threads.
struct CompanyTests {
  /// Lines of all lengths; several batches of characters.
  private static let lines = (0..<700).map { number in
    let words = (0..<(number * 7 % 23)).map { Samples.text(number + $0, isFruit: ($0 + number) % 3 == 0) }
    return number % 41 == 5 ? "" : number % 29 == 3 ? "🍎" : "我 " + words.joined(separator: " ") + "x"
  }

  private func expectSame(_ arguments: [String], lines: [String] = lines) async throws {
    func answer(_ lines: [String], threads: Int) async throws -> [String] {
      let result = try await Executable.run(
        arguments + ["--threads", "\(threads)"], input: lines.map { $0 + "\n" }.joined())
      #expect(result.status == 0, "\(result.error)")
      return result.lines
    }
    let together = try await answer(lines, threads: 1)
    #expect(together.count == lines.count)
    #expect(try await answer(lines, threads: 3) == together)
    for number in [0, 3, 5, lines.count / 2, lines.count - 2, lines.count - 1] {
      #expect(try await answer([lines[number]], threads: 1) == [together[number]], "\(arguments), line \(number)")
    }
  }

  @Test(arguments: Samples.Model.allCases)
  func `vectors`(model: Samples.Model) async throws {
    for level in model == .tagging ? ["text", "word"] : ["text", "word", "character"] {
      try await expectSame(["embed", Samples.bundle(model), "--level", level])
    }
  }

  @Test func `labels, languages and pairs`() async throws {
    try await expectSame(["predict", Samples.bundle(), "--json", "--top", "2"])
    try await expectSame(["detect", Samples.bundle(), "--json", "--top", "2"])
    let pairs = Self.lines.indices.map { "\(Self.lines[$0])\t\(Self.lines[($0 * 11 + 1) % Self.lines.count])" }
    try await expectSame(["predict", Samples.bundle(.matching), "--json"], lines: pairs)
  }

  @Test func `tags`() async throws {
    let lines = Self.lines.filter { !$0.isEmpty }
    try await expectSame(["predict", Samples.bundle(.tagging), "--json"], lines: lines)
  }

  @Test func `neighbours`() async throws {
    let folder = try TemporaryFolder()
    let corpus = try folder.write(Self.lines.map { $0 + "\n" }.joined(), to: "corpus.txt")
    for model in Samples.Model.allCases {
      let bundle = try await Samples.bundle(model)
      let result = try await Executable.run(
        ["neighbors", corpus, "--queries", corpus, "--bundle", bundle, "--top", "4", "--json"])
      #expect(result.status == 0 && result.lines.count == Self.lines.count, "\(result.error)")
      let times = Self.lines.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      for (number, line) in result.lines.enumerated() where times[Self.lines[number]] == 1 {
        let nearest = try #require(Neighbors(line)?.neighbors)
        // Nothing is nearer to a text than itself.
        #expect(nearest[0].score > 0.9999, "line \(number)")
        #expect(nearest.contains { $0.number == number + 1 } || nearest[3].score > 0.9999, "line \(number)")
      }
      for number in [2, 350, 699] {
        let alone = try await Executable.run(
          ["neighbors", corpus, Self.lines[number], "--bundle", bundle, "--top", "4", "--json"])
        #expect(try #require(Neighbors(alone.lines[0])).neighbors == Neighbors(result.lines[number])?.neighbors)
      }
    }
  }

  private struct Neighbors: Decodable {
    struct Neighbor: Decodable, Equatable {
      let number: Int
      let score: Double
    }
    let neighbors: [Neighbor]

    init?(_ line: String) {
      guard let read = try? JSONDecoder().decode(Self.self, from: Data(line.utf8)) else { return nil }
      self = read
    }
  }
}
