#if Tool
internal import CharCNN
import CharCNNFiles
internal import CharCNNFiles
import CharCNNStorage
import CharCNNTraining

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A file that TensorBoard draws curves of while a training runs. It is a row of records, each an `Event` of TensorFlow's
/// `event.proto`, framed as in its `RecordWriter`: length, checksum of the length, bytes, checksum of the bytes.
final class EventFile {
  /// Where it is.
  let path: String
  private let descriptor: Int32

  /// Makes a new file in a folder, which is made where it is missing.
  ///
  /// - Throws: `StorageError` where nothing can be written there.
  init(in folder: String, now: Date = Date()) throws(StorageError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw StorageError(
        .notWritable, path: folder, problem: "cannot be made a folder",
        advice: "choose another folder for --tensorboard")
    }
    // TensorBoard knows its files by the third word, and reads them in the order of their names.
    path = "\(folder)/events.out.tfevents.\(Int(now.timeIntervalSince1970)).charcnn.\(getpid())"
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw StorageError(
        .notWritable, path: path, problem: "cannot be made: \(String(cString: strerror(errno)))",
        advice: "choose another folder for --tensorboard")
    }
    write(EventRecord(seconds: now.timeIntervalSince1970).framed)
  }

  deinit { close(descriptor) }

  /// Whether everything so far was written.
  private(set) var isWhole = true

  /// Adds figures of a step.
  func add(_ figures: [(tag: String, value: Double)], step: Int, now: Date = Date()) {
    write(EventRecord(seconds: now.timeIntervalSince1970, step: step, figures: figures).framed)
  }

  private func write(_ bytes: [UInt8]) {
    isWhole = isWhole && bytes.withUnsafeBytes { Descriptor.writeAll($0, to: descriptor) == 0 }
  }
}

/// An event in the wire format of Protocol Buffers.
struct EventRecord {
  private var bytes: [UInt8] = []

  /// The first event of a file: the version of the format.
  init(seconds: Double) {
    addDouble(seconds, field: 1)
    addBytes(Array("brain.Event:2".utf8), field: 3)
  }

  /// Figures of a step.
  init(seconds: Double, step: Int, figures: [(tag: String, value: Double)]) {
    addDouble(seconds, field: 1)
    addNumber(UInt64(max(step, 0)), field: 2)
    var summary = EventRecord()
    for (tag, value) in figures {
      var entry = EventRecord()
      entry.addBytes(Array(tag.utf8), field: 1)
      entry.addKey(field: 2, type: 5)
      entry.addFixed(Float(value).bitPattern)
      summary.addBytes(entry.bytes, field: 1)
    }
    addBytes(summary.bytes, field: 5)
  }

  private init() {}

  /// The record with its length and checksums.
  var framed: [UInt8] {
    var length = EventRecord()
    length.addFixed(UInt64(bytes.count))
    var result = length
    result.addFixed(Checksum.masked(length.bytes))
    result.bytes += bytes
    result.addFixed(Checksum.masked(bytes))
    return result.bytes
  }

  private mutating func addKey(field: UInt64, type: UInt64) { addVarint(field << 3 | type) }

  private mutating func addNumber(_ number: UInt64, field: UInt64) {
    addKey(field: field, type: 0)
    addVarint(number)
  }

  private mutating func addDouble(_ number: Double, field: UInt64) {
    addKey(field: field, type: 1)
    addFixed(number.bitPattern)
  }

  private mutating func addBytes(_ content: [UInt8], field: UInt64) {
    addKey(field: field, type: 2)
    addVarint(UInt64(content.count))
    bytes += content
  }

  private mutating func addVarint(_ number: UInt64) {
    var rest = number
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func addFixed(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }
}

/// The checksum of records: CRC-32C (RFC 3720, appendix B.4), rotated and shifted, so that checksums of bytes that hold checksums do
/// not come out alike.
enum Checksum {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 1 ? rest >> 1 ^ 0x82F6_3B78 : rest >> 1 }
  }

  /// CRC-32C.
  static func crc32c(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(($0 ^ UInt32($1)) & 0xFF)] ^ $0 >> 8 }
  }

  /// As records have it.
  static func masked(_ bytes: [UInt8]) -> UInt32 {
    let crc = crc32c(bytes)
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }
}
#endif
