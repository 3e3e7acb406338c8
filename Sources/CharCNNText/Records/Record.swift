/// One record of a source while it is read.
package struct Record {
  /// The fields that were asked for, in the order in which they were; nil where the record lacks one.
  package var values: [String?] = []
  /// Where it stands.
  package var reference: RecordReference
  /// Its bytes, without the end of the line; valid while it is handed out.
  package var bytes: UnsafeRawBufferPointer
  /// The labels of a record that may have several: a line of fastText, or an object with a list; nil for others.
  package var labels: [String]?
  /// The shares of the classes, of an object with an object of numbers as its label; nil for others.
  package var shares: [String: Double]?

  /// The line where it begins, from 1.
  package var line: Int { Int(reference.line) }
}

/// Records of fields: a file, or whatever else has such.
package protocol RecordSource: Sendable {
  /// What messages call it.
  var path: String { get }
  /// The format.
  var format: DataFormat { get }
  /// Hands every record to `body`. Faulty ones are reported and left out.
  ///
  /// - Parameters:
  ///   - fields: Positions of the fields that are wanted.
  ///   - report: Takes what is faulty.
  ///   - body: Receives the records; it may report more.
  /// - Throws: `DataError` where nothing more can be read, and what `body` throws.
  func forEachRecord(
    _ fields: [Int], report: inout ReadingReport, _ body: (Record, inout ReadingReport) throws -> Void
  ) throws
  /// Reads a record again and lends it to `body`.
  ///
  /// - Throws: `DataError` where it is not what it was.
  func withRecord<Result>(
    at reference: RecordReference, _ fields: [Int], _ body: (Record) throws(DataError) -> Result
  ) throws -> Result
}
