import CharCNNText
import Foundation
import TestSupport
import Testing

/// What an audit says of texts, but for wrong labels.
@Suite struct AuditTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Texts of which none is like another: words are numbers in letters.
  private static func word(_ number: Int) -> String {
    var state = UInt64(number + 1) &* 0x9E37_79B9_7F4A_7C15
    state = (state ^ state >> 31) &* 0xBF58_476D_1CE4_E5B9
    return String((0..<6).map { Character(Unicode.Scalar(UInt8(97 + (state >> (6 + 9 * UInt64($0))) % 26))) })
  }

  static func text(_ number: Int) -> String {
    (0..<6).map { word(number * 6 + $0) }.joined(separator: " ") + " \(number)"
  }

  private static func texts(_ count: Int) -> [LabeledText] {
    (0..<count).map { LabeledText(text($0), label: ["x", "y", "z"][$0 % 3]) }
  }

  private func kinds(_ audit: LabeledText.Audit) -> [LabeledText.Audit.Kind] { audit.findings.map(\.kind) }

  @Test func `texts without faults have no findings, and their counts are told`() throws {
    let audit = try LabeledText.Audit(of: Examples(Self.texts(9_000)))
    #expect(audit.findings.isEmpty, "\(audit.findings)")
    let source = try #require(audit.sources.first)
    #expect(source.texts == 9_000 && source.labels == ["x": 3_000, "y": 3_000, "z": 3_000])
    #expect(source.lengths.longest == 41 + 5 && source.scripts == ["Latin": 9_000])
  }

  @Test func `copies, conflicts and near copies are told with their rows, across pieces of reading`() throws {
    var texts = Self.texts(9_000)
    texts[8_500] = LabeledText(texts[10].text, label: texts[10].label)
    texts[8_600] = LabeledText("“" + texts[20].text.uppercased() + "”!", label: texts[20].label)
    texts[8_700] = LabeledText(texts[30].text, label: "x" == texts[30].label ? "y" : "x")
    texts[8_800] = LabeledText(texts[40].text + " q", label: texts[40].label)
    // Full-width letters are the same letters.
    texts[8_900] = LabeledText(
      String(texts[50].text.unicodeScalars.map { Character($0.value > 32 ? Unicode.Scalar($0.value + 0xFEE0)! : $0) }),
      label: texts[50].label)
    let audit = try LabeledText.Audit(of: Examples(texts))
    let found = audit.duplicates.map { ($0.likeness, $0.places.map(\.row)) }
    #expect(found.map(\.0) == [.same, .similar, .same, .similar, .near])
    #expect(found.map(\.1) == [[11, 8_501], [21, 8_601], [31, 8_701], [51, 8_901], [41, 8_801]])
    #expect(audit.conflicts.map { $0.places.map(\.row) } == [[31, 8_701]] && audit.leaks.isEmpty)
    #expect(kinds(audit) == [.conflicts, .duplicates, .nearDuplicates])
    #expect(audit.findings.map(\.count) == [2, 4, 1])
    #expect(audit.findings[0].gravity == .grave && audit.findings[0].examples.map(\.row) == [31, 8_701])
  }

  @Test func `labels that differ only in case do not contradict each other`() throws {
    let texts = Self.texts(30) + [LabeledText(Self.text(0), label: "X"), LabeledText(Self.text(1), label: " y ")]
    let audit = try LabeledText.Audit(of: Examples(texts))
    #expect(audit.conflicts.isEmpty && audit.duplicates.count == 2)
    let lookalikes = try #require(audit.findings.first { $0.kind == .lookalikes })
    #expect(lookalikes.message.contains("x (10) and X (1)") && lookalikes.count == 1)
  }

  @Test func `leaks are texts to measure with that can be learned from, and labels that cannot`() throws {
    let training = Self.texts(5_000)
    var held = (5_000..<9_500).map { LabeledText(Self.text($0), label: ["x", "y", "z"][$0 % 3]) }
    held[4_400] = LabeledText(training[7].text + " !", label: "y")
    held[4_401] = LabeledText(Self.text(9_999) + " é", label: "w")
    held[4_402] = LabeledText(training[9].text + "q", label: "x")
    let path = try folder.write(
      "text,label\n" + held.map { "\($0.text),\($0.label ?? "")\n" }.joined(), to: "held.csv")
    let audit = try LabeledText.Audit(of: Examples(training), against: [Examples(contentsOf: path)])
    #expect(audit.leaks.map(\.likeness) == [.similar, .near])
    #expect(audit.leaks.map { $0.places.map(\.row) } == [[8, 4_401], [10, 4_403]])
    #expect(audit.leaks[0].places[1].file == path && audit.leaks[0].places[1].line == 4_402)
    #expect(Set(kinds(audit)) == [.leaks, .heldLabels, .nearLeaks, .unknownCharacters])
    let new = try #require(audit.findings.first { $0.kind == .heldLabels })
    #expect(new.message.contains("w (1)") && new.examples.first?.row == 4_402)
    #expect(audit.findings.first { $0.kind == .unknownCharacters }?.message.hasSuffix("2 in all: ! é") == true)
  }

  @Test func `faulty records, encodings, markup and empty texts are found with their places`() throws {
    var rows = (0..<40).map { "\(1_000 + $0),\"\(Self.text($0))\",\(["x", "y"][$0 % 2])" }
    rows[3] = "1003,\"CafÃ© \(Self.text(3))\",y"
    rows[4] = "1004,lost \u{FFFD},x"
    rows[5] = "1005,...,x"
    rows[6] = "1006,two <br /> lines &amp; more,x"
    rows[7] = "1007,too,many,fields"
    rows[8] = "1008,no label,"
    let path = try folder.write("\u{FEFF}id,text,label\r\n" + rows.map { $0 + "\r\n" }.joined(), to: "a.csv")
    let audit = try LabeledText.Audit(of: Examples(contentsOf: path, options: DataOptions(skipsInvalid: true)))
    #expect(
      kinds(audit) == [.faultyRecords, .encodingFaults, .emptyTexts, .markup, .identifierColumns])
    #expect(audit.findings[0].count == 2 && audit.findings[0].examples.map(\.line) == [9, 10])
    #expect(audit.findings[1].examples.map(\.row) == [4, 5] && audit.findings[2].examples.map(\.row) == [6])
    #expect(audit.findings[3].examples.map(\.row) == [7])
    #expect(audit.findings[4].message.contains("column 1 \"id\""))
    #expect(audit.sources[0].texts == 38 && audit.sources[0].faultyRecords == 2)
  }

  @Test func `columns of groups, labels that are identifiers, and labels without use are told`() throws {
    let rows = (0..<60).map { "customer\($0 % 15),\(Self.text($0)),ticket\($0)\n" }.joined()
    let path = try folder.write("who,text,label\n" + rows, to: "b.csv")
    let audit = try LabeledText.Audit(of: Examples(contentsOf: path))
    #expect(kinds(audit) == [.labelsLikeIdentifiers, .groupColumns], "\(audit.findings)")
    #expect(audit.findings[1].message.contains("column 1 \"who\""))
    let one = try LabeledText.Audit(of: Examples([LabeledText("a b", label: "x")]))
    #expect(kinds(one) == [.oneLabel])
    let none = try LabeledText.Audit(of: Examples([LabeledText("a b", label: nil), LabeledText("c", label: " ")]))
    #expect(kinds(none) == [.noLabels] && none.sources[0].withoutLabel == 2)
    let empty = try LabeledText.Audit(of: Examples([LabeledText]()))
    #expect(kinds(empty) == [.noLabels] && empty.sources[0].texts == 0)
    let skewed = Self.texts(60) + [LabeledText("rare", label: "NaN")]
    #expect(try kinds(LabeledText.Audit(of: Examples(skewed))) == [.placeholders, .rareLabels, .skew])
  }

  @Test func `in a folder the file of a text is told`() throws {
    for number in 0..<24 {
      _ = try folder.write(Self.text(number % 20), to: "t/\(["a", "b"][number % 2])/\(number).txt")
    }
    let audit = try LabeledText.Audit(of: Examples(contentsOf: folder.path("t")))
    #expect(audit.duplicates.count == 4)
    #expect(audit.duplicates.allSatisfy { $0.places.allSatisfy { $0.file.hasSuffix(".txt") && $0.line == 1 } })
  }

  @Test func `a million characters and a text of one template for all are no burden`() throws {
    let long = String(repeating: "ab cd ", count: 200_000)
    let texts =
      [LabeledText(long, label: "x"), LabeledText(long + "!", label: "y")]
      + (0..<3_000).map {
        LabeledText("order number \($0) has not arrived at my house yet", label: ["x", "y"][$0 % 2])
      }
    let audit = try LabeledText.Audit(of: Examples(texts))
    #expect(audit.conflicts.first?.places.map(\.row) == [1, 2])
    #expect(audit.findings.contains { $0.kind == .nearDuplicates && $0.count > 2_500 })
    #expect(audit.findings.contains { $0.kind == .longTexts && $0.count == 2 })
  }
}
