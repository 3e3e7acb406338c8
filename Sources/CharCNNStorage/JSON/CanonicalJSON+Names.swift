internal import CharCNNFiles

extension CanonicalJSON {
  /// The place of the first member of a JSON text that another one does not have, such as `$.options.rate`; nil where it has them all.
  ///
  /// Members whose value is null count as absent, and arrays of different lengths are not compared.
  package static func firstName(in bytes: [UInt8], missingIn known: [UInt8]) -> String? {
    guard let value = value(bytes), let known = Self.value(known) else { return nil }
    return difference(value, known, at: "$")
  }

  private static func value(_ bytes: [UInt8]) -> JSONValue? { bytes.withUnsafeBytes { try? JSONParser.parse($0) } }

  private static func difference(_ value: JSONValue, _ known: JSONValue, at place: String) -> String? {
    switch (value, known) {
    case (.object(let members), .object(let others)):
      for member in members where member.value != .null {
        let name = "\(place).\(member.name)"
        guard let other = others.first(where: { $0.name == member.name }) else { return name }
        if let found = difference(member.value, other.value, at: name) { return found }
      }
    case (.array(let values), .array(let others)) where values.count == others.count:
      for (number, pair) in zip(values, others).enumerated() {
        if let found = difference(pair.0, pair.1, at: "\(place)[\(number)]") { return found }
      }
    default: break
    }
    return nil
  }
}
