/// Counts the units of texts, to make an alphabet of those that are frequent enough.
public struct AlphabetBuilder: Sendable {
  private var scalarCounts = ScalarTable<Int>()
  private var clusterCounts: [ExactText: Int] = [:]

  /// A builder that has seen nothing.
  public init() {}

  /// Counts one unit `times` times; an empty one is ignored.
  public mutating func add(unit: String, times: Int = 1) {
    let all = unit.unicodeScalars
    guard let first = all.first else { return }
    if all.index(after: all.startIndex) == all.endIndex {
      scalarCounts[first] += times
    } else {
      clusterCounts[ExactText(text: unit), default: 0] += times
    }
  }

  /// Counts units.
  public mutating func add(_ units: some Sequence<String>) {
    for unit in units { add(unit: unit) }
  }

  /// Counts the units of a text as an encoder of these settings would see them, thus no further than `maximumLength`.
  public mutating func add(text: String, settings: TextSettings) {
    let normalizer = Normalizer(settings: settings)
    guard settings.unit == .scalar else {
      let sequence = UnitSequence(text, settings: settings, normalizer: normalizer)
      for unit in sequence.units { add(unit: unit) }
      return
    }
    var sink = CountingSink(counts: ScalarTable(), remaining: settings.maximumLength)
    swap(&sink.counts, &scalarCounts)
    normalizer.normalize(text, into: &sink)
    swap(&sink.counts, &scalarCounts)
  }

  /// Adds what another builder has counted.
  public mutating func merge(_ other: AlphabetBuilder) {
    other.scalarCounts.forEachNonzero { scalarCounts[$0] += $1 }
    clusterCounts.merge(other.clusterCounts, uniquingKeysWith: +)
  }

  /// The alphabet of the units that occur at least `minimumCount` times, the most frequent first, equally frequent ones
  /// by scalar value; at most `maximumSize` units, the unknown one included.
  public func build(minimumCount: Int = 1, maximumSize: Int = 65536) -> Alphabet {
    var counts: [(unit: String, count: Int)] = []
    scalarCounts.forEachNonzero { scalar, count in
      if count >= minimumCount { counts.append((String(Character(scalar)), count)) }
    }
    for (unit, count) in clusterCounts where count >= minimumCount { counts.append((unit.text, count)) }
    counts.sort { left, right in
      left.count != right.count
        ? left.count > right.count : left.unit.utf8.lexicographicallyPrecedes(right.unit.utf8)
    }
    return Alphabet(distinct: counts.prefix(max(0, min(maximumSize, Int(Int32.max)) - 1)).map(\.unit))
  }
}

/// Counts scalars.
private struct CountingSink: ScalarSink {
  var counts: ScalarTable<Int>
  var remaining: Int

  @inline(__always)
  mutating func take(_ scalar: UInt32, _ start: Int, _ end: Int) -> Bool {
    guard remaining > 0, let scalar = Unicode.Scalar(scalar) else { return false }
    remaining -= 1
    counts[scalar] += 1
    return true
  }
}
