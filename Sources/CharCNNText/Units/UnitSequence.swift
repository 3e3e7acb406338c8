/// A normalized text cut into units: for each unit its text and the UTF-8 range of its original.
struct UnitSequence {
  /// The units' scalars; one for scalars and bytes.
  private(set) var units: [String] = []
  /// The units' ranges in the original.
  private(set) var ranges: [Range<Int>] = []
  /// Whether there was more than the limit.
  private(set) var wasCut = false

  /// Cuts a text into at most `settings.maximumLength` units, normalizing only as much as that takes.
  init(_ text: String, settings: TextSettings, normalizer: Normalizer) {
    let limit = settings.maximumLength
    // A cluster can be any number of scalars, so take more until enough clusters are complete.
    var scalarLimit = settings.unit == .grapheme ? min(max(limit, 64), Int.max / 2) * 2 : limit
    while true {
      var sink = RangedScalarSink(limit: scalarLimit)
      normalizer.normalize(text, into: &sink)
      switch settings.unit {
      case .scalar: takeScalars(sink)
      case .byte: takeBytes(sink, limit: limit)
      case .grapheme:
        takeGraphemes(sink, limit: limit)
        // The last cluster of a cut text may go on.
        if sink.wasCut, units.count <= limit, !wasCut {
          scalarLimit = scalarLimit > Int.max / 2 ? Int.max : scalarLimit * 2
          continue
        }
      }
      return
    }
  }

  private mutating func takeScalars(_ sink: RangedScalarSink) {
    units = sink.scalars.map(Self.text)
    ranges = sink.ranges
    wasCut = sink.wasCut
  }

  private mutating func takeBytes(_ sink: RangedScalarSink, limit: Int) {
    wasCut = sink.wasCut
    for (value, range) in zip(sink.scalars, sink.ranges) {
      for byte in Self.text(value).utf8 {
        guard units.count < limit else {
          wasCut = true
          return
        }
        units.append(Self.text(UInt32(byte)))
        ranges.append(range)
      }
    }
  }

  private mutating func takeGraphemes(_ sink: RangedScalarSink, limit: Int) {
    units.removeAll(keepingCapacity: true)
    ranges.removeAll(keepingCapacity: true)
    wasCut = false
    var view = String.UnicodeScalarView()
    for value in sink.scalars { if let scalar = Unicode.Scalar(value) { view.append(scalar) } }
    var position = 0
    for character in String(view) {
      guard units.count < limit else {
        wasCut = true
        return
      }
      let next = position + character.unicodeScalars.count
      let parts = sink.ranges[position..<next]
      units.append(String(character))
      let start = parts.reduce(Int.max) { min($0, $1.lowerBound) }
      ranges.append(start..<parts.reduce(start) { max($0, $1.upperBound) })
      position = next
    }
  }

  private static func text(_ value: UInt32) -> String {
    Unicode.Scalar(value).map { String(Character($0)) } ?? ""
  }
}
