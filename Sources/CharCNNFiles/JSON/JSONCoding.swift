#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Values of Swift as JSON and back: all that the library needs of Foundation's coders.
package enum JSONCoding {
  /// The bytes of a value; names of members are sorted where it is for people to read, and stand as they come otherwise.
  ///
  /// - Throws: `EncodingError`, for instance for a number that is not finite.
  package static func bytes(_ value: some Encodable, isIndented: Bool) throws -> [UInt8] {
    let encoder = JSONEncoder()
    if isIndented { encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] }
    return Array(try encoder.encode(value))
  }

  /// The value that bytes hold.
  ///
  /// - Throws: `DecodingError`.
  package static func value<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}
