import Foundation
import Testing

/// The built `charcnn`, run as its users run it.
enum Executable {
  /// What a run left behind.
  struct Result {
    let status: Int32
    let output: String
    let error: String

    /// The lines of standard output.
    var lines: [String] { output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) }

    /// The lines of standard error that tell of an error.
    var errors: [String] { error.split(separator: "\n").map(String.init).filter { $0.hasPrefix("error: ") } }

    /// Standard output as a JSON object.
    func json() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "not JSON: \(output)")
    }
  }

  /// Beside the test bundle, where the package manager puts both.
  static let url: URL? = {
    let paths = CommandLine.arguments + Bundle.allBundles.map(\.bundlePath) + [Bundle.main.bundlePath]
    for path in paths {
      guard let end = path.range(of: ".xctest") else { continue }
      let folder = URL(fileURLWithPath: String(path[..<end.upperBound])).deletingLastPathComponent()
      let candidate = folder.appendingPathComponent("charcnn")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    return nil
  }()

  /// Runs the tool to its end.
  static func run(_ arguments: [String], input: Data = Data()) async throws -> Result {
    let running = try Running(arguments, input: input)
    return try await running.result()
  }

  /// Runs the tool to its end with lines of text as its standard input.
  static func run(_ arguments: [String], input: String) async throws -> Result {
    try await run(arguments, input: Data(input.utf8))
  }
}
