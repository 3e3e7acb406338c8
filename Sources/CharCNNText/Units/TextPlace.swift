/// A part of a text as JSON tells it: by Unicode scalars, as Python counts, and by bytes of UTF-8.
package struct TextPlace: Sendable, Hashable {
  package let start: Int
  package let end: Int
  package let utf8Start: Int
  package let utf8End: Int

  /// - Parameters:
  ///   - range: The part.
  ///   - text: The text.
  ///   - places: Of the same text.
  package init(_ range: Range<String.Index>, of text: String, _ places: inout ScalarPlaces) {
    let utf8 = text.utf8
    let start = utf8.distance(from: utf8.startIndex, to: range.lowerBound)
    self.init(start..<start + utf8.distance(from: range.lowerBound, to: range.upperBound), &places)
  }

  /// - Parameters:
  ///   - offsets: The part by bytes of UTF-8.
  ///   - places: Of the text.
  package init(_ offsets: Range<Int>, _ places: inout ScalarPlaces) {
    let scalars = places.range(offsets)
    (start, end) = (scalars.lowerBound, scalars.upperBound)
    (utf8Start, utf8End) = (offsets.lowerBound, offsets.upperBound)
  }
}
