import CharCNNNetworks
import Foundation
import Testing

/// Temperatures of probabilities, and how sure these are.
@Suite struct TemperatureTests {
  private static func softmax(_ scores: [Double]) -> [Double] {
    let all = scores.map { exp($0) }
    return all.map { $0 / all.reduce(0, +) }
  }

  @Test(arguments: [0.25, 0.9, 1.5, 40]) func `probabilities are those of divided scores`(value: Double) throws {
    let scores = [2.0, -1, 0.5, 3, -7]
    let temperature = try #require(Temperature(value))
    let row = Self.softmax(scores).map { Float($0) }
    let found = temperature.applied(to: ([9] + row)[1...])
    for (one, other) in zip(found, Self.softmax(scores.map { $0 / value })) {
      #expect((Double(one) - other).magnitude < 1e-6)
    }
    let alone = try #require(Temperature(value, hasSeveral: true))
    let labels = scores.map { Float(1 / (1 + exp(-$0))) }
    for (one, score) in zip(alone.applied(to: labels[...]), scores) {
      #expect((Double(one) - 1 / (1 + exp(-score / value))).magnitude < 1e-5)
    }
  }

  @Test func `certain probabilities stay so, and 1 changes nothing`() throws {
    #expect(Temperature(1) == nil)
    #expect(try #require(Temperature(2)).applied(to: [0, 1, 0]) == [0, 1, 0])
    #expect(try #require(Temperature(0.01, hasSeveral: true)).applied(to: [0, 1, 0.9]) == [0, 1, 1])
  }

  @Test func `certainty is one over the number of classes that are as likely`() {
    #expect(Certainty.of([1, 0, 0]) == 1)
    #expect((Certainty.of([0.25, 0.25, 0, 0.25, 0.25]) - 0.25).magnitude < 1e-7)
    #expect(Certainty.of([0.7, 0.3, 0]) > Certainty.of([0.7, 0.15, 0.15]))
  }
}
