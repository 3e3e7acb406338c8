import Foundation
import TestSupport
import Testing

struct ExportTests {
  @Test func `Exported character vectors start another training`() async throws {
    let folder = try TemporaryFolder()
    let vectors = folder.url.appendingPathComponent("characters.vec").path
    let bundle = try await Samples.bundle()
    let exported = try await Executable.run(["export", bundle, "--embeddings", vectors])
    #expect(exported.status == 0, "\(exported.error)")
    let header = try #require(String(contentsOfFile: vectors, encoding: .utf8).split(separator: "\n").first)
    let dimension = try #require(header.split(separator: " ").last.flatMap { Int($0) })

    let data = try folder.write(Data(Samples.csv().utf8), to: "data.csv")
    let output = folder.url.appendingPathComponent("again.charcnn").path
    let trained = try await Executable.run([
      "train", data, "--output", output, "--embeddings", vectors, "--frozen-embeddings", "--set",
      "embedding=\(dimension)", "filters=16", "blocks=2", "epochs=1",
    ])
    #expect(trained.status == 0, "\(trained.error)")

    let wrong = try await Executable.run([
      "train", data, "--output", "\(output)2", "--embeddings", vectors, "--set", "embedding=\(dimension + 1)",
    ])
    #expect(wrong.status == 64 && wrong.error.contains("error: embedding is \(dimension + 1)"))
  }

  @Test func `A file that is there stays`() async throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(Data("mine".utf8), to: "mine.vec")
    let result = try await Executable.run(["export", try await Samples.bundle(), "--embeddings", file])
    #expect(result.status == 73)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
  }
}
