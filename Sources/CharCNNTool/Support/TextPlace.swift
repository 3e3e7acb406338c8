#if Tool
internal import CharCNN
import CharCNNText

/// A part of a text as JSON tells it: by Unicode scalars, as Python counts, and by bytes of UTF-8.
struct TextPlace {
  let start: Int
  let end: Int
  let utf8Start: Int
  let utf8End: Int

  /// - Parameters:
  ///   - range: The part.
  ///   - text: The text.
  ///   - places: Of the same text.
  init(_ range: Range<String.Index>, of text: String, _ places: inout ScalarPlaces) {
    let utf8 = text.utf8
    let start = utf8.distance(from: utf8.startIndex, to: range.lowerBound)
    self.init(start..<start + utf8.distance(from: range.lowerBound, to: range.upperBound), &places)
  }

  /// - Parameters:
  ///   - offsets: The part by bytes of UTF-8.
  ///   - places: Of the text.
  init(_ offsets: Range<Int>, _ places: inout ScalarPlaces) {
    let scalars = places.range(offsets)
    (start, end) = (scalars.lowerBound, scalars.upperBound)
    (utf8Start, utf8End) = (offsets.lowerBound, offsets.upperBound)
  }
}
#endif
