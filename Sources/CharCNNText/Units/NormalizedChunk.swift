/// A piece of text that nothing combines with from outside, on its way through decomposition, canonical ordering and
/// composition (UAX #15), with every scalar's range in the original.
struct NormalizedChunk {
  /// The scalars so far.
  private(set) var scalars: [UInt32] = []
  /// Where the original of each scalar begins and ends, as UTF-8 offsets.
  private(set) var starts: [Int] = []
  private(set) var ends: [Int] = []
  private var classes: [UInt8] = []

  /// Forgets the scalars and keeps the memory.
  mutating func removeAll() {
    scalars.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    classes.removeAll(keepingCapacity: true)
  }

  /// Appends the folded decomposition of a scalar.
  mutating func append(_ value: UInt32, start: Int, end: Int, rules: borrowing NormalizationRules) {
    if rules.composes, Hangul.syllables.contains(value) {
      Hangul.decompose(value) { push($0, start, end) }
      return
    }
    let expansion = Unicode.Scalar(value).map { rules.expansions[$0] } ?? 0
    if expansion == 0 { return push(value, start, end) }
    let offset = Int(expansion & 0xFF_FFFF)
    for position in offset..<offset + Int(expansion >> 24) { push(rules.storage[position], start, end) }
  }

  private mutating func push(_ value: UInt32, _ start: Int, _ end: Int) {
    scalars.append(value)
    starts.append(start)
    ends.append(end)
    classes.append(Unicode.Scalar(value)?.properties.canonicalCombiningClass.rawValue ?? 0)
  }

  /// Brings the scalars into canonical order and composes the pairs that can be; ranges of what is composed unite.
  mutating func compose(_ compositions: [UInt64: UInt32]) {
    order()
    var starter: Int?
    var written = 0
    var lastClass: UInt8 = 0
    for position in scalars.indices {
      let value = scalars[position]
      let ownClass = classes[position]
      // A scalar is blocked from the starter by one between them of the same or a higher class, or by any starter.
      if let first = starter, written == first + 1 || lastClass < ownClass && lastClass != 0 {
        let pair = scalars[first]
        if let composite = Hangul.compose(pair, value) ?? compositions[Decompositions.key(pair, value)] {
          scalars[first] = composite
          starts[first] = min(starts[first], starts[position])
          ends[first] = max(ends[first], ends[position])
          continue
        }
      }
      if ownClass == 0 { starter = written }
      lastClass = ownClass
      scalars[written] = value
      starts[written] = starts[position]
      ends[written] = ends[position]
      written += 1
    }
    scalars.removeLast(scalars.count - written)
    starts.removeLast(starts.count - written)
    ends.removeLast(ends.count - written)
    classes.removeLast(classes.count - written)
  }

  /// Sorts every run of non-starters by class, keeping the order within a class.
  private mutating func order() {
    var begin = 0
    while begin < classes.count {
      if classes[begin] == 0 {
        begin += 1
        continue
      }
      var end = begin
      var sorted = true
      while end < classes.count, classes[end] != 0 {
        if end > begin, classes[end] < classes[end - 1] { sorted = false }
        end += 1
      }
      if !sorted { sort(begin..<end) }
      begin = end
    }
  }

  private mutating func sort(_ run: Range<Int>) {
    let order = run.sorted { (classes[$0], $0) < (classes[$1], $1) }
    let moved = order.map { (scalars[$0], starts[$0], ends[$0], classes[$0]) }
    for (position, item) in zip(run, moved) {
      (scalars[position], starts[position], ends[position], classes[position]) = item
    }
  }
}
