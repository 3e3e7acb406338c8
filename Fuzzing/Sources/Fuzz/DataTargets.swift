import CharCNN
import Foundation

extension FuzzTarget {
  /// CSV and TSV. The first byte chooses the format, or leaves it to be recognized.
  static let tables = FuzzTarget(
    "tables",
    seeds: {
      let csv = "text,label\n\"a \"\"b\"\", c\",x\nd e,y\r\n\"f\ng\",x\n"
      let tsv = "label\ttext\nx\ta b\ny\tc\nx\td\n"
      return (UInt8(0)..<12).flatMap { [[$0] + Array(csv.utf8), [$0] + Array(tsv.utf8)] }
    },
    run: { bytes in
      guard let choice = bytes.first else { return }
      let names = ["data.csv", "data.tsv", "data.txt"]
      try read(
        bytes.dropFirst(), name: names[Int(choice >> 2) % 3], format: [nil, nil, .csv, .tsv][Int(choice & 3)],
        needsLabels: choice & 1 == 0)
    })

  /// JSON lines.
  static let jsonLines = FuzzTarget(
    "json-lines",
    seeds: {
      let lines = #"""
        {"text": "a \u00e9\ud83d\ude00\n", "label": "x", "n": [1, {"m": null}, -0.5e3, true]}
        {"label": 2, "text": "b"}
        """#
      return (UInt8(0)..<2).map { [$0] + Array(lines.utf8) }
    },
    run: { bytes in
      guard let choice = bytes.first else { return }
      try read(
        bytes.dropFirst(), name: "data.jsonl", format: choice & 2 == 0 ? .jsonLines : nil, needsLabels: choice & 1 == 0)
    })

  /// fastText lines, and plain lines.
  static let fastText = FuzzTarget(
    "fasttext",
    seeds: {
      let lines = "__label__x a b\n __label__y __label__z c\r\n__label__\n\n__label__x"
      return (UInt8(0)..<4).map { [$0] + Array(lines.utf8) }
    },
    run: { bytes in
      guard let choice = bytes.first else { return }
      try read(
        bytes.dropFirst(), name: "data.txt", format: [.fastText, nil, .lines, .fastText][Int(choice & 3)],
        needsLabels: choice & 1 == 0)
    })

  /// Folders of texts: the input is a list of `PATH` NUL `CONTENT` NUL, with one slash at most in a path.
  static let folders = FuzzTarget(
    "folders",
    seeds: {
      ["x.txt\0a\nb\0y.txt\0c\0", "x/1\0a\0x/2\0b\0y/1\0c\n\0", "data.csv\0text,label\n\0"].map { Array($0.utf8) }
    },
    run: { bytes in
      let folder = Scratch.emptyFolder("folders")
      let parts = bytes.split(separator: 0, maxSplits: 64, omittingEmptySubsequences: false)
      for number in stride(from: 0, to: parts.count - 1, by: 2) {
        let names = parts[number].split(separator: UInt8(ascii: "/"), maxSplits: 1).map {
          $0.prefix(100).filter { $0 != UInt8(ascii: "/") }
        }
        guard !names.isEmpty, names.allSatisfy({ $0 != [0x2E] && $0 != [0x2E, 0x2E] && !$0.isEmpty }) else { continue }
        var path = Array("\(folder)/".utf8) + names[0]
        if names.count == 2 {
          _ = (path + [0]).withUnsafeBytes { mkdir($0.bindMemory(to: CChar.self).baseAddress!, 0o700) }
          path += [UInt8(ascii: "/")] + names[1]
        }
        guard let file = (path + [0]).withUnsafeBytes({ fopen($0.bindMemory(to: CChar.self).baseAddress!, "w") }) else {
          continue
        }
        fwrite(Array(parts[number + 1]), 1, parts[number + 1].count, file)
        fclose(file)
      }
      try readAll(LabeledTextSource(path: folder))
    })

  /// Running text, repeated so often as the first byte says, so that it has several pieces: together they are the file.
  static let plainText = FuzzTarget(
    "plain-text",
    seeds: {
      ["\u{FEFF}one line\nand another\r\n", "\u{4F60}\u{597D}\u{1F600} no end", "\n\n\r"].flatMap { text in
        [UInt8(0), 40, 255].map { [$0] + Array(text.utf8) }
      }
    },
    run: { bytes in
      guard let choice = bytes.first else { return }
      let content = Array(repeatElement(bytes.dropFirst(), count: Int(choice) + 1).joined())
      let text = try PlainText(path: Scratch.write(content, to: "plain.txt"))
      var read: [UInt8] = []
      for number in 0..<text.count {
        let piece = try text.piece(number)
        check(!piece.isEmpty && piece.utf8.count <= 1 << 16, "a piece of \(piece.utf8.count) bytes")
        read += piece.utf8
      }
      check(read == content || [0xEF, 0xBB, 0xBF] + read == content, "the pieces are not the file")
    })

  private static func read(
    _ bytes: ArraySlice<UInt8>, name: String, format: DataFormat?, needsLabels: Bool
  ) throws {
    let path = Scratch.write(bytes, to: name)
    try readAll(LabeledTextSource(path: path, options: DataOptions(format: format, needsLabels: needsLabels)))
  }

  /// Reads all records, and each again by its reference.
  private static func readAll(_ source: LabeledTextSource) throws {
    check(!source.summary.isEmpty, "no summary")
    var records: [(LabeledText, RecordReference)] = []
    defer {
      for (record, reference) in records {
        do {
          let again = try source.record(at: reference)
          check(again == record, "\(record) is \(again) when it is read again")
        } catch {
          fatalError("the record of line \(record.line) cannot be read again: \(error)")
        }
      }
    }
    try source.forEachRecord { records.append(($0, $1)) }
  }
}
