#if Server
import Foundation
import TestSupport
import Testing

/// Options of `charcnn serve`: where they may stand, and what is said of those that are none. What is served is tested with the server.
@Suite struct ServeOptionsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(arguments: [
    ([String](), 64, "name a bundle"), (["--port", "70000", "x.charcnn"], 64, "--port"),
    (["--threads", "0", "x.charcnn"], 64, "--threads"), (["x.charcnn", "--name", "a/b"], 64, "--name"),
    (["x.charcnn", "y.charcnn", "--name", "a"], 64, "--name is given 1 time for 2 bundles"),
    (["x.charcnn", "--certificate", "c.pem"], 64, "--private-key"),
    (["x.charcnn", "--patience", "0"], 64, "--patience"), (["x.charcnn", "--name", ".."], 64, "--name"),
    (["x.charcnn", "--origin", "nonsense"], 64, "--origin"),
    (["x.charcnn", "--origin", "https://example.org/"], 64, "--origin"),
    (["x.charcnn", "--origin", "https://example.org:8443", "--port", "70000"], 64, "--port"),
    (["x.charcnn", "--api-key", ""], 64, "--api-key"), (["x.charcnn", "--index", "x"], 64, "--index"),
    (["x.charcnn", "--index-texts", "x=t.txt"], 64, "--index-texts"),
    (["x.charcnn", "--log-texts", "--no-access-log"], 64, "--log-texts"),
    (["x.charcnn", "--body-limit", "much"], 64, "--body-limit"), (["x.charcnn", "--reload", "often"], 64, "--reload"),
    (["nowhere.charcnn"], 66, "nowhere.charcnn"), (["--models", "nowhere"], 66, "nowhere"),
    (["x.charcnn", "--api-key-file", "nowhere"], 66, "nowhere"), (["x.charcnn", "--config", "nowhere"], 66, "nowhere"),
  ])
  func `what is no option is told`(arguments: [String], status: Int, problem: String) async throws {
    let result = try await Executable.run(["serve"] + arguments)
    #expect(result.status == Int32(status) && result.errors.count == 1, "\(result.error)")
    #expect(result.error.contains(problem), "\(result.error)")
  }

  @Test(arguments: [
    ("", "one line"), ("\n\n", "one line"), ("one\ntwo\n", "one line"), (" secret\n", "blank"), ("secret \n", "blank"),
    (String(repeating: "k", count: 70_000), "longer than any key"),
  ])
  func `a file with a key says what is wrong with it`(text: String, problem: String) async throws {
    let path = try folder.write(text, to: "key.txt")
    let result = try await Executable.run(["serve", "x.charcnn", "--api-key-file", path])
    #expect(result.status == 65 && result.errors.count == 1, "\(result.error)")
    #expect(result.error.contains("key.txt") && result.error.contains(problem), "\(result.error)")
  }

  @Test func `a key is bytes of UTF-8, and a folder has none`() async throws {
    let path = folder.path("key.txt")
    try Data([0x6B, 0xFF, 0x0A]).write(to: URL(fileURLWithPath: path))
    let wrong = try await Executable.run(["serve", "x.charcnn", "--api-key-file", path])
    #expect(wrong.status == 65 && wrong.error.contains("UTF-8"), "\(wrong.error)")
    let none = try await Executable.run(["serve", "x.charcnn", "--api-key-file", folder.path("")])
    #expect(none.status == 66 && none.error.contains("cannot be read"), "\(none.error)")
  }

  @Test func `a key from a pipe is read to its end`() async throws {
    let path = folder.path("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    Thread.detachNewThread {
      guard let pipe = FileHandle(forWritingAtPath: path) else { return }
      // In two pieces, of which the second one is what is wrong.
      try? pipe.write(contentsOf: Data("secret".utf8))
      Thread.sleep(forTimeInterval: 0.3)
      try? pipe.write(contentsOf: Data(" \n".utf8))
      try? pipe.close()
    }
    let result = try await Executable.run(["serve", "x.charcnn", "--api-key-file", path])
    #expect(result.status == 65 && result.error.contains("blank"), "\(result.error)")
  }

  @Test(arguments: [
    ("{", 65, "is no JSON"), ("[]", 65, "has no object"), (#"{"prot": 1}"#, 65, "prot: there is no such option"),
    (#"{"port": "many", "model": "x"}"#, 64, "port"), (#"{"port": [1, 2]}"#, 64, "takes one value"),
    (#"{"access-log": "perhaps"}"#, 64, "must be true or false"), (#"{"port": null}"#, 65, "port"),
    (#"{"model": ["a.charcnn", "b.charcnn"], "name": ["a"]}"#, 64, "--name is given 1 time"),
    (#"{"models": "nowhere"}"#, 66, "nowhere"),
  ])
  func `a file of options says where it is wrong`(config: String, status: Int, problem: String) async throws {
    let path = try folder.write(config, to: "serve.json")
    let result = try await Executable.run(["serve", "--config", path])
    #expect(result.status == Int32(status), "\(result.error)")
    #expect(result.error.contains(problem), "\(result.error)")
  }

  @Test func `the command line counts before a file, and takes the names of its bundles with it`() async throws {
    let path = try folder.write(#"{"models": "elsewhere", "name": ["a", "b"], "port": 70000}"#, to: "serve.json")
    let result = try await Executable.run(["serve", "nowhere.charcnn", "--port", "0", "--config", path])
    // Neither the folder, nor the names, nor the port of the file is in the way.
    #expect(result.status == 66 && result.error.contains("nowhere.charcnn"), "\(result.error)")
  }

  @Test func `every option of the help may stand in a file`() async throws {
    let help = try await Executable.run(["serve", "--help"]).output
    let options = help.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(whereSeparator: { " /".contains($0) })
      guard let first = words.first, first.hasPrefix("--"), line.hasPrefix("  --") else { return nil }
      return String(first.dropFirst(2))
    }
    #expect(options.count > 25)
    for option in options where !["config", "version", "help"].contains(option) {
      let path = try folder.write("{\"\(option)\": {}}", to: "serve.json")
      let result = try await Executable.run(["serve", "--config", path])
      #expect(result.error.contains("\(option): must be"), "\(option): \(result.error)")
    }
  }
}
#endif
