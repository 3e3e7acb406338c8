import CharCNNText
import Testing

@Suite struct ForeignBytesTests {
  static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
    text.utf16.flatMap { isBig ? [UInt8($0 >> 8), UInt8($0 & 0xFF)] : [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
  }

  static func utf32(_ text: String, isBig: Bool) -> [UInt8] {
    text.unicodeScalars.flatMap { scalar in
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: scalar.value >> (8 * $0)) }
      return isBig ? bytes.reversed() : bytes
    }
  }

  static func found(_ bytes: [UInt8]) -> ForeignBytes? { bytes.withUnsafeBytes { ForeignBytes($0) } }

  @Test(arguments: [
    "a line of words\nand another one\n", "привет, мир\nещё строка\n", "你好，世界\n再见\n", "a,b\n",
    "καλημέρα κόσμε\nκαληνύχτα\n", "שלום עולם\n",
  ])
  func `wide encodings are known with and without their mark`(text: String) {
    for isBig in [false, true] {
      let order: ForeignBytes.Order = isBig ? .big : .little
      #expect(Self.found(Self.utf16(text, isBig: isBig)) == .utf16(order, isMarked: false), "\(text)")
      #expect(Self.found(Self.utf16("\u{FEFF}" + text, isBig: isBig)) == .utf16(order, isMarked: true))
      #expect(Self.found(Self.utf32(text, isBig: isBig)) == .utf32(order, isMarked: false), "\(text)")
      #expect(Self.found(Self.utf32("\u{FEFF}" + text, isBig: isBig)) == .utf32(order, isMarked: true))
    }
  }

  @Test(arguments: [
    "", "a", "text", "\u{FEFF}text\n", "你好\n", "PK is no archive", "BZh is a word", "a\u{0}b and a long line\n",
  ])
  func `text in UTF-8 is not taken for anything else`(text: String) {
    #expect(Self.found(Array(text.utf8)) == nil)
  }

  @Test func `archives and workbooks are known by their bytes, with the command that converts them`() throws {
    func advice(_ bytes: [UInt8]) -> String? { Self.found(bytes)?.advice(path: "my file") }
    #expect(advice([0x1F, 0x8B, 8, 0]) == "unpack it: gunzip -k 'my file'")
    #expect(advice(Array("BZh91AY&SY".utf8)) == "unpack it: bunzip2 -k 'my file'")
    #expect(advice([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0]) == "unpack it: unxz -k 'my file'")
    #expect(advice([0x28, 0xB5, 0x2F, 0xFD]) == "unpack it: unzstd 'my file'")
    let archive: [UInt8] = [0x50, 0x4B, 3, 4, 20, 0]
    #expect(advice(archive + Array("a.txt".utf8)) == "unpack it: unzip 'my file'")
    let workbook = try #require(Self.found(archive + Array("[Content_Types].xml…xl/workbook.xml".utf8)))
    #expect(workbook == .spreadsheet("xlsx"))
    #expect(workbook.advice(path: "my file").contains("libreoffice --headless --convert-to csv"))
    #expect(workbook.advice(path: "my file").hasSuffix(" 'my file'"))
  }

  @Test func `names in advice are safe in a shell`() {
    func advice(_ path: String?) -> String { ForeignBytes.compressed("gzip", command: "gunzip -k").advice(path: path) }
    #expect(advice("it's $HOME.gz") == "unpack it: gunzip -k 'it'\\''s $HOME.gz'")
    #expect(advice("-k.gz") == "unpack it: gunzip -k ./-k.gz")
    #expect(advice("dir/a.gz") == "unpack it: gunzip -k dir/a.gz")
    #expect(advice(nil) == "unpack it: gunzip -k FILE")
    #expect(
      ForeignBytes.utf16(.big, isMarked: false).advice(path: "a.b/c.csv")
        == "convert it: iconv -f UTF-16BE -t UTF-8 a.b/c.csv > a.b/c.utf8.csv")
  }
}
