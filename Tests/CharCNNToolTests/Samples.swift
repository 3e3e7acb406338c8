import Foundation
import TestSupport

/// Small data that a small network learns in no time.
enum Samples {
  /// Settings that make a network small.
  static let small = ["--set", "filters=16", "embedding=8", "blocks=2", "epochs=3"]

  /// Texts of two classes that differ in every word.
  static func text(_ number: Int, isFruit: Bool) -> String {
    let words = isFruit ? ["apple", "cherry", "melon", "plum"] : ["hammer", "wrench", "drill", "saw"]
    return "\(words[number % 4]) and \(words[(number / 4 + 1) % 4]) number \(number)"
  }

  /// A table with a header and `count` texts, half of them of each class.
  static func csv(_ count: Int = 40) -> String {
    var table = "text,label\n"
    for number in 0..<count {
      let isFruit = number.isMultiple(of: 2)
      table += "\(text(number, isFruit: isFruit)),\(isFruit ? "fruit" : "tool")\n"
    }
    return table
  }

  /// A bundle that all tests may read and none may change.
  static func bundle() async throws -> String { try await trained.value.path("shared.charcnn") }

  private static let trained = Task {
    let folder = try TemporaryFolder()
    let data = try folder.write(csv(80), to: "data.csv")
    _ = try await Executable.run(
      ["train", data, "--output", folder.path("shared.charcnn")] + small + ["epochs=20", "rate=0.01"])
    return folder
  }
}
