/// Places in a text by Unicode scalars, as Python counts them, for places by UTF-8 bytes; counted on from the place that was
/// asked for last, so that places in order cost one walk through the text.
package struct ScalarPlaces {
  private let utf8: [UInt8]
  private var offset = 0
  private var count = 0

  /// Places of a text.
  package init(_ text: String) { utf8 = Array(text.utf8) }

  /// The scalars before the beginning and before the end of a range of UTF-8 offsets. What lies outside of the text is moved
  /// to its ends.
  package mutating func range(_ range: Range<Int>) -> Range<Int> {
    let start = scalars(before: range.lowerBound)
    return start..<max(start, scalars(before: range.upperBound))
  }

  private mutating func scalars(before place: Int) -> Int {
    let place = min(max(place, 0), utf8.count)
    // Every scalar has one byte that goes on with none.
    let between = utf8[min(place, offset)..<max(place, offset)].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    count += place < offset ? -between : between
    offset = place
    return count
  }
}
