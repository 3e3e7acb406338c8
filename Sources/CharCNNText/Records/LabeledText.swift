/// A text and its class.
public struct LabeledText: Hashable, Codable, Sendable {
  /// The text as it stands in the file.
  public var text: String
  /// The label, nil where the data has none.
  public var label: String?
  /// The line where the record begins, from 1; 0 for one of no file.
  public var line: Int

  /// A text and its label.
  public init(_ text: String, label: String?) { self.init(text: text, label: label) }

  /// A text of a file.
  public init(text: String, label: String?, line: Int = 0) {
    self.text = text
    self.label = label
    self.line = line
  }
}

/// Where a record stands in its source, to read it again without keeping it.
public struct RecordReference: Hashable, Sendable, BitwiseCopyable {
  /// The offset of the record's first byte in the file.
  public var byteOffset: UInt64
  /// The record's length in bytes, without the end of the line.
  public var byteCount: UInt32
  /// The line where the record begins, from 1.
  public var line: Int32
  /// The position of the file in ``LabeledTextSource/files``.
  public var fileIndex: Int32

  /// A reference to what is known to stand there.
  package init(byteOffset: UInt64, byteCount: UInt32, line: Int32, fileIndex: Int32) {
    self.byteOffset = byteOffset
    self.byteCount = byteCount
    self.line = line
    self.fileIndex = fileIndex
  }
}
