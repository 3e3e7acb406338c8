import CharCNNToolkit
import Foundation

extension FuzzTarget {
  /// Tables. The first three bytes choose the options; see ``DataChoice``.
  static let tables = FuzzTarget(
    "tables",
    seeds: {
      let texts = [
        "text,label\n\"a \"\"b\"\", c\",x\nd e,y\r\n\"f\ng\",x\n", "label\ttext\nx\ta b\ny\tc\nx\td\nx\n",
        "sep=;\nid;text;label\n1;'a;b';x\n2;c;y\n2;c\nid;text;label\n3;\"d;\u{A0}x\u{200B}\n", "a|x\nb|y\nc|x\n",
        "title,body,label\r\na,b,1\r\nc,d, 2 \r\n,,\r\n",
      ]
      return DataChoice.samples(formats: 3).flatMap { choice in texts.map { choice + Array($0.utf8) } }
    },
    run: { try read($0, names: ["data.csv", "data.tsv", "data.txt"], formats: [nil, .csv, .tsv]) })

  /// JSON lines; the same.
  static let jsonLines = FuzzTarget(
    "json-lines",
    seeds: {
      let lines = #"""
        {"text": "a \u00e9\ud83d\ude00\n", "label": " x\u200b", "n": [1, {"m": null}, -0.5e3, true]}
        {"label": 2, "text": "b", "title": "c"}
        {"label": [2], "text": "b"}
        """#
      return DataChoice.samples(formats: 2).map { $0 + Array(lines.utf8) }
    },
    run: { try read($0, names: ["data.jsonl", "data.txt"], formats: [.jsonLines, nil]) })

  /// fastText lines, and plain lines; the same.
  static let fastText = FuzzTarget(
    "fasttext",
    seeds: {
      let lines = "__label__x a b\n __label__y __label__z c\r\n__label__\n\n__label__x\nd __label__y\u{200B} e"
      return DataChoice.samples(formats: 3).map { $0 + Array(lines.utf8) }
    },
    run: { try read($0, names: ["data.txt"], formats: [.fastText, nil, .lines]) })

  /// Bytes that are no UTF-8: wide characters with a mark and without, other encodings, archives; the same.
  static let encodings = FuzzTarget(
    "encodings",
    seeds: {
      let text = "text,label\r\nf\u{FC}r \u{4F60}\u{1F600},x\n\"a\nb\",y\rc,x\n"
      let wide = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
      let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
      let contents: [[UInt8]] = [
        wide, [0xFF, 0xFE] + wide, big, [0xFE, 0xFF] + big, Array(text.utf8), [0xEF, 0xBB, 0xBF] + text.utf8,
        Array("text,label\nf".utf8) + [0xFC] + Array("r,x\nb,y\n".utf8), [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0],
        Array("text,label\n".utf8) + [0xC4, 0xE3, 0x2C, 0xBA, 0xC3, 0x0A, 0x81, 0x30, 0x81, 0x30],
        [0x1F, 0x8B, 8, 0], Array("PK\u{3}\u{4}xl/workbook.xml".utf8), Array("%PDF-1.5\n".utf8),
      ]
      return (UInt8(0)..<8).flatMap { encoding in
        contents.flatMap { [[0, encoding << 4, 0] + $0, [12, encoding << 4, 0] + $0] }
      }
    },
    run: { try read($0, names: ["data.csv"], formats: [nil, .csv, .lines, .tsv]) })

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
      // Marks of UTF-16 ask for a conversion, and where carriage returns alone end the lines they become line feeds.
      guard !content.starts(with: [0xFF, 0xFE]), !content.starts(with: [0xFE, 0xFF]) else { return }
      var expected = content.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(content.dropFirst(3)) : content
      if read != expected, !content.dropLast().contains(0x0A) { expected = expected.map { $0 == 0x0D ? 0x0A : $0 } }
      check(read == expected, "the pieces are not the file")
    })

  private static func read(_ bytes: [UInt8], names: [String], formats: [DataFormat?]) throws {
    guard let choice = DataChoice(bytes) else { return }
    let path = Scratch.write(bytes.dropFirst(DataChoice.count), to: names[choice.number % names.count])
    try readAll(LabeledTextSource(path: path, options: choice.options(formats)))
  }

  /// Reads all records, and each again by its reference; what is faulty is left out by one and an error to another.
  private static func readAll(_ source: LabeledTextSource) throws {
    check(!source.summary.isEmpty, "no summary")
    var records: [(LabeledText, RecordReference)] = []
    let outcome = Result { try source.forEachRecord { records.append(($0, $1)) } }
    for (record, reference) in records {
      check(isClean(record.label), "the label \(record.label ?? "") with what nobody sees")
      check(record.label != nil || !source.options.needsLabels, "a record without a label")
      do {
        let again = try source.record(at: reference)
        check(again == record, "\(record) is \(again) when it is read again")
      } catch {
        fatalError("the record of line \(record.line) cannot be read again: \(error)")
      }
    }
    try compare(outcome, read: records.map(\.0)) { options in
      var lenient: [LabeledText] = []
      let report = try LabeledTextSource(path: source.path, options: options).forEachRecord { record, _ in
        lenient.append(record)
      }
      return (report, lenient)
    } options: {
      source.options
    }
  }

  /// Compares a reading with the other one, which leaves out what is faulty, or does not.
  static func compare<Record: Equatable>(
    _ outcome: Result<ReadingReport, any Error>, read: [Record],
    again: (DataOptions) throws -> (ReadingReport, [Record]), options: () -> DataOptions
  ) throws {
    var others = options()
    others.skipsInvalid.toggle()
    let other = Result { try again(others) }
    let (lenient, records) = others.skipsInvalid ? (other.map(\.0), nil) : (outcome, read)
    let strict = others.skipsInvalid ? outcome : other.map(\.0)
    // What is no record, such as a header, cannot be left out.
    if case .failure(let error) = lenient, case .failure(let same) = strict, "\(error)" == "\(same)" { return }
    let kept = try records ?? other.map(\.1).get()
    switch (strict, lenient) {
    case (.success(let strict), .success(let lenient)):
      check(strict.faultCount == 0 && lenient.faultCount == 0, "faults in a reading that has none")
      check(strict.records == lenient.records, "\(strict.records) records, and \(lenient.records) without the faulty")
    case (.failure(let error), .success(let lenient)):
      check(lenient.faultCount > 0, "an error where nothing is faulty: \(error)")
      guard let error = error as? DataError else { fatalError("no error of data: \(error)") }
      check(lenient.faults[error.kind] != nil, "\(error) is no fault that is left out")
      if lenient.faultCount > 1 {
        check(error.problem.contains("\(lenient.faultCount) records are faulty"), "another number of faults: \(error)")
      }
    case (_, .failure(let error)): fatalError("an error in a reading that leaves faults out: \(error)")
    }
    if case .success(let report) = lenient { check(report.records == kept.count, "another number of records") }
  }

  /// Whether a label has neither blanks at its ends nor characters that nobody sees.
  static func isClean(_ label: String?) -> Bool {
    guard let scalars = label?.unicodeScalars else { return true }
    guard let first = scalars.first, let last = scalars.last else { return false }
    return !first.properties.isWhitespace && !last.properties.isWhitespace
      && !scalars.contains { ["\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{200E}", "\u{202E}"].contains($0) }
  }
}
