extension NgramHash {
  /// The characters of every n-gram of a text, in the order of ``rows(of:into:)``; of marks alone none.
  func places(characters count: Int) -> [Range<Int>] {
    var places: [Range<Int>] = []
    places.reserveCapacity(self.count(characters: count))
    let last = count + 1
    for start in 0...last {
      for length in lengths where start + length <= last + 1 {
        // Position 0 is the mark before the text.
        let first = min(max(start - 1, 0), count)
        places.append(first..<max(first, min(start + length - 1, count)))
      }
    }
    return places
  }
}
