import CharCNNCompute
import CharCNNNetworks
import CharCNNText
import CharCNNTraining
import Foundation
import Testing

@Suite struct EncodedPairsTests {
  @Test func `pairs that are read again from their file are the pairs that memory has`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pairs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "pairs.csv").path
    let rows = (0..<500).map { "\"text \($0),\nof two lines\",\(String(repeating: "b", count: $0 % 40)),\($0 % 2)\n" }
    try Data(("first,second,label\n" + rows.joined()).utf8).write(to: URL(fileURLWithPath: path))
    let source = try TextPairSource(path: path)
    let encoder = TextEncoder(
      settings: TextSettings(),
      alphabet: try Alphabet(units: Array("text of two lines,b0123456789\n").map(String.init).uniqued()))
    let labels = LabelSet(["0", "1"])
    var memory = EncodedPairs(encoder: encoder)
    var file = EncodedPairs(encoder: encoder, source: source, memoryBudget: 1_000)
    try source.forEachPair { pair, reference in
      memory.append(pair, labels: labels, score: 0)
      file.append(pair, labels: labels, score: 0, reference: reference)
    }
    #expect(memory.count == 500 && file.count == 500 && memory.characters == file.characters)
    #expect(
      (0..<500).allSatisfy { memory.length(of: $0) == file.length(of: $0) && memory.labels[$0] == file.labels[$0] })
    let workspace = Workspace()
    for chosen in [[0, 1, 2], [499, 3, 77, 200], [40]] {
      func characters(_ pairs: EncodedPairs) throws -> [Int32] {
        workspace.reset()
        let batch = try pairs.batch(of: chosen, workspace: workspace)
        return Array(batch.characters.host.prefix(batch.sequences.rows))
      }
      #expect(try characters(memory) == characters(file))
    }
  }
}

extension [String] {
  fileprivate func uniqued() -> [String] { Array(Set(self)).sorted() }
}
