import Foundation
import Testing

struct PredictTests {
  private static let fruit = Samples.text(101, isFruit: true)
  private static let tool = Samples.text(102, isFruit: false)

  @Test func `Texts as arguments get a label and a probability each`() async throws {
    let result = try await Executable.run(["predict", Samples.bundle(), Self.fruit, Self.tool])
    #expect(result.status == 0, "\(result.error)")
    #expect(result.error.isEmpty)
    let fields = result.lines.map { $0.split(separator: "\t").map(String.init) }
    #expect(fields.map(\.first) == ["fruit", "tool"])
    #expect(fields.allSatisfy { $0.count == 2 && (0.5...1).contains(Double($0[1]) ?? -1) })
  }

  @Test func `The best labels stand on one line, best first`() async throws {
    let result = try await Executable.run(["predict", Samples.bundle(), "--top", "5", Self.fruit])
    let fields = try #require(result.lines.first).split(separator: "\t").map(String.init)
    try #require(fields.count == 4)
    #expect([fields[0], fields[2]] == ["fruit", "tool"])
    let probabilities = fields.compactMap { Double($0) }
    #expect(probabilities.count == 2 && probabilities == probabilities.sorted(by: >))
  }

  @Test func `JSON has an object a line`() async throws {
    let text = #"plum "and" \ melon 😀"#
    let result = try await Executable.run(
      ["predict", Samples.bundle(), "--json", "--top", "2"], input: "\(text)\n\(Self.tool)\n")
    #expect(result.lines.count == 2)
    let line = Data(try #require(result.lines.first).utf8)
    let first = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
    #expect(first["text"] as? String == text)
    let predictions = try #require(first["predictions"] as? [[String: Any]])
    #expect(Set(predictions.compactMap { $0["label"] as? String }) == ["fruit", "tool"])
    #expect(abs(predictions.compactMap { $0["probability"] as? Double }.reduce(0, +) - 1) < 1e-3)
  }

  @Test func `Every line of standard input gets a line, whatever its end`() async throws {
    let bundle = try await Samples.bundle()
    let unix = try await Executable.run(["predict", bundle], input: "\(Self.fruit)\n\n\(Self.tool)")
    #expect(unix.lines.count == 3)
    let windows = try await Executable.run(
      ["predict", bundle, "-"], input: "\u{FEFF}\(Self.fruit)\r\n\r\n\(Self.tool)\r\n")
    #expect(windows.output == unix.output)
    #expect(try await Executable.run(["predict", bundle], input: "").output.isEmpty)
  }

  @Test func `Many lines give the same answers as one at a time`() async throws {
    let texts = (0..<5_000).map { Samples.text($0, isFruit: $0.isMultiple(of: 3)) }
    let result = try await Executable.run(["predict", Samples.bundle()], input: texts.joined(separator: "\n") + "\n")
    #expect(result.lines.count == texts.count)
    let few = try await Executable.run(["predict", Samples.bundle()] + texts[2_000..<2_010])
    #expect(few.lines == Array(result.lines[2_000..<2_010]))
  }

  @Test func `A line is answered before the next one comes`() async throws {
    let pipe = Pipe()
    let running = try Running(["predict", try await Samples.bundle()], pipe: pipe)
    try pipe.fileHandleForWriting.write(contentsOf: Data("\(Self.fruit)\n".utf8))
    try await running.wait(for: "the first answer") { $0.output.hasPrefix("fruit\t") && $0.output.hasSuffix("\n") }
    try pipe.fileHandleForWriting.write(contentsOf: Data("\(Self.tool)\n".utf8))
    try await running.wait(for: "the second answer") { $0.output.contains("\ntool\t") }
    try pipe.fileHandleForWriting.close()
    #expect(try await running.result().status == 0)
  }

  @Test func `A line of ten megabytes works`() async throws {
    let long = String(repeating: "apple ", count: 10_000_000 / 6)
    let result = try await Executable.run(["predict", Samples.bundle()], input: "\(long)\n\(Self.tool)\n")
    #expect(result.status == 0, "\(result.error)")
    #expect(result.lines.map { $0.prefix { $0 != "\t" } } == ["fruit", "tool"])
  }

  @Test func `Bytes that are not UTF-8 end it with the line's number, after the lines before`() async throws {
    let input = Data("\(Self.fruit)\n\(Self.tool)\n".utf8) + Data([0x61, 0xC3, 0x28, 0x0A, 0x62, 0x0A])
    let result = try await Executable.run(["predict", Samples.bundle()], input: input)
    #expect(result.status == 65)
    #expect(result.lines.count == 2)
    #expect(result.errors.count == 1)
    #expect(result.errors.first?.contains("standard input:3:") == true, "\(result.error)")
  }

  @Test func `It ends quietly when nobody reads its output`() async throws {
    let closed = Pipe()
    try closed.fileHandleForReading.close()
    let running = try Running(
      ["predict", try await Samples.bundle()], input: Data("\(Self.fruit)\n".utf8),
      output: closed.fileHandleForWriting)
    let result = try await running.result()
    #expect(result.status == 0)
    #expect(result.error.isEmpty)
  }
}
