/// Turns text into indices of an alphabet: normalizes, cuts into units, looks them up. Immutable, so one encoder serves
/// any number of threads.
public struct TextEncoder: Sendable {
  /// How text becomes units.
  public let settings: TextSettings
  /// The units and their indices.
  public let alphabet: Alphabet

  private let normalizer: Normalizer

  /// An encoder. The first in a process reads the Unicode data it needs, which takes some hundredths of a second.
  public init(settings: TextSettings, alphabet: Alphabet) {
    self.settings = settings
    self.alphabet = alphabet
    normalizer = Normalizer(settings: settings)
  }

  /// The encoder with another greatest number of units: what it gives of a text is the beginning of what one gives that
  /// reads more.
  package func limited(to length: Int) -> TextEncoder {
    var settings = settings
    settings.maximumLength = length
    return TextEncoder(settings: settings, alphabet: alphabet)
  }

  /// Appends the indices of a text's units to `indices`.
  @discardableResult
  public func encode(_ text: String, into indices: inout [Int32]) -> EncodingOutcome {
    guard settings.unit == .scalar else {
      let encoded = encodeWithRanges(text)
      indices += encoded.indices
      return EncodingOutcome(
        count: encoded.indices.count, wasCut: encoded.wasCut, unknownCount: encoded.unknownCount)
    }
    let before = indices.count
    return alphabet.scalars.pages.withUnsafeBufferPointer { pages in
      alphabet.scalars.values.withUnsafeBufferPointer { values in
        var sink = ScalarIndexSink(
          pages: pages, values: values, limit: before + min(settings.maximumLength, Int.max - before), indices: [])
        // Moved into the sink and back, so that the array stays the only one of its storage.
        swap(&sink.indices, &indices)
        normalizer.normalize(text, into: &sink)
        swap(&sink.indices, &indices)
        return EncodingOutcome(
          count: indices.count - before, wasCut: sink.wasCut, unknownCount: sink.unknownCount)
      }
    }
  }

  /// Whether a text has any unit: one of nothing but characters that are left out has none, like an empty text.
  public func hasUnits(_ text: String) -> Bool {
    settings.dropsInvisible ? text.unicodeScalars.contains { !VisibleText.isInvisible($0) } : !text.isEmpty
  }

  /// Encodes a text and tells where each unit came from in it.
  public func encodeWithRanges(_ text: String) -> EncodedText {
    let indices: [Int32]
    let ranges: [Range<Int>]
    let wasCut: Bool
    if settings.unit == .scalar {
      var sink = RangedScalarSink(limit: settings.maximumLength)
      normalizer.normalize(text, into: &sink)
      indices = sink.scalars.map { value in Unicode.Scalar(value).map { alphabet[$0] } ?? Alphabet.unknown }
      (ranges, wasCut) = (sink.ranges, sink.wasCut)
    } else {
      let sequence = UnitSequence(text, settings: settings, normalizer: normalizer)
      indices = sequence.units.map { alphabet[$0] }
      (ranges, wasCut) = (sequence.ranges, sequence.wasCut)
    }
    return EncodedText(
      indices: indices, ranges: ranges, wasCut: wasCut,
      unknownCount: indices.count { $0 == Alphabet.unknown })
  }
}
