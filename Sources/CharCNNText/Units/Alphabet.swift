internal import CharCNNFiles

/// The units a model knows, each with its index; index 0 is the unknown unit.
///
/// A unit is a string: one scalar, one grapheme cluster, or, for byte units, the scalar of the byte's value.
/// Units are told apart by their scalars, so two canonically equivalent spellings are two units.
public struct Alphabet: Sendable {
  /// The index of every unit that is not in the alphabet.
  public static let unknown: Int32 = 0

  /// The known units, in order of their indices from 1.
  public let units: [String]

  /// Indices of units of one scalar.
  let scalars: ScalarTable<Int32>
  /// Indices of units of several scalars.
  let clusters: [ExactText: Int32]

  /// The number of indices, the unknown unit included.
  public var count: Int { units.count + 1 }

  /// An alphabet of the given units, which get the indices 1, 2, 3 and so on.
  /// - Throws: ``AlphabetError`` if a unit is empty or occurs twice.
  public init(units: [String]) throws(AlphabetError) {
    guard units.count < Int(Int32.max) else { throw AlphabetError.tooManyUnits(units.count) }
    let (scalars, clusters, fault) = Self.index(units)
    if let fault {
      throw units[fault].isEmpty
        ? AlphabetError.emptyUnit(index: fault + 1)
        : AlphabetError.duplicateUnit(units[fault], index: fault + 1)
    }
    self.units = units
    self.scalars = scalars
    self.clusters = clusters
  }

  /// An alphabet of units known to be distinct and not empty.
  init(distinct units: [String]) {
    self.units = units
    (scalars, clusters, _) = Self.index(units)
  }

  /// Looks all units up in advance; gives the position of the first that is empty or was there before.
  private static func index(_ units: [String]) -> (ScalarTable<Int32>, [ExactText: Int32], fault: Int?) {
    var scalars = ScalarTable<Int32>()
    var clusters: [ExactText: Int32] = [:]
    for (position, unit) in units.enumerated() {
      let index = Int32(position + 1)
      let all = unit.unicodeScalars
      guard let first = all.first else { return (scalars, clusters, position) }
      if all.index(after: all.startIndex) == all.endIndex {
        guard scalars[first] == 0 else { return (scalars, clusters, position) }
        scalars[first] = index
      } else if clusters.updateValue(index, forKey: ExactText(text: unit)) != nil {
        return (scalars, clusters, position)
      }
    }
    return (scalars, clusters, nil)
  }

  /// The index of a unit, or ``unknown``.
  public subscript(unit: String) -> Int32 {
    let all = unit.unicodeScalars
    guard let first = all.first else { return Alphabet.unknown }
    if all.index(after: all.startIndex) == all.endIndex { return self[first] }
    return clusters[ExactText(text: unit)] ?? Alphabet.unknown
  }

  /// The index of a unit of one scalar, or ``unknown``.
  public subscript(scalar: Unicode.Scalar) -> Int32 { scalars[scalar] }

  /// The unit with an index; nil for the unknown unit and for an index outside the alphabet.
  public func unit(at index: Int32) -> String? {
    index > 0 && Int(index) <= units.count ? units[Int(index) - 1] : nil
  }
}

extension Alphabet: Equatable {
  /// Whether both have the same units, by their scalars, in the same order.
  public static func == (left: Alphabet, right: Alphabet) -> Bool {
    left.units.count == right.units.count
      && zip(left.units, right.units).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}

extension Alphabet: Codable {
  private enum CodingKeys: String, CodingKey { case units }

  /// Decodes `{"units": […]}`; the unknown unit is not written.
  /// - Throws: `DecodingError` if a unit is empty or occurs twice.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let units = try container.decode([String].self, forKey: .units)
    do {
      self = try Alphabet(units: units)
    } catch let error {
      throw DecodingError.dataCorruptedError(
        forKey: .units, in: container, debugDescription: error.description)
    }
  }

  /// Encodes as `{"units": […]}`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(units, forKey: .units)
  }
}
