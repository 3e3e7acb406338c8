import CharCNNFiles
import Testing

@Suite struct TextTableTests {
  @Test func `numbers stand to the right, and no line ends with spaces`() {
    let table = TextTable(rows: [["name", "count"], ["é", "7"], ["中文", "10"], ["last"]])
    #expect(table.text() == "name  count\né         7\n中文     10\nlast\n")
  }

  @Test func `as many columns as asked for stand to the left`() {
    #expect(TextTable(rows: [["a", "b", "1"], ["aa", "", "10"]], leftColumns: 2).text() == "a   b   1\naa     10\n")
    #expect(TextTable(rows: [["a"], ["10"]], leftColumns: 0).text() == " a\n10\n")
  }

  @Test func `short cells are cut and have no control characters`() {
    let rows = [["\u{1B}[31m\u{2028}"], [String(repeating: "字", count: 30)], [String(repeating: "a", count: 40)]]
    let lines = TextTable(rows: rows).text().split(separator: "\n")
    #expect(lines[0] == "\u{FFFD}[31m\u{FFFD}")
    #expect(lines[1] == String(repeating: "字", count: 19) + "…")
    #expect(lines[2] == String(repeating: "a", count: 40))
  }

  @Test func `whole cells spell their control characters out`() {
    let long = String(repeating: "a", count: 100)
    #expect(TextTable(rows: [["\u{1B}[31m"], [long]], cells: .whole).text() == "\\u{1B}[31m\n\(long)\n")
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("中文", 4), ("한글", 4), ("ｱ", 1), ("Ａ", 2), ("ひらがな", 8),
    ("😀", 2), ("👩‍👩‍👧", 2), ("ไทย", 3), ("กี่", 1), ("עברית", 5), ("❤️", 2), ("❤", 1),
  ])
  func widthIsThatOfTerminals(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }
}
