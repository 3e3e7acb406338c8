internal import CharCNNFiles

/// Cuts records into parts of some shares, each with the same mixture of labels as far as that can be, so that records of one unit
/// stay together.
///
/// Each label is shared out by whole numbers, what is left over where most is missing, and the first part never lacks a label. Then the
/// units come in random order, large ones first, and each goes where the part of its labels that is still missing is greatest. The
/// result depends on the arguments only, on every platform.
///
/// - Parameters:
///   - labels: The label of each record; any numbers.
///   - units: What each record belongs to; any numbers.
///   - shares: How much each part is to have, in any unit; at least one above 0.
///   - seed: Another seed gives another choice.
/// - Returns: The part of each record.
package func groupedSplit(labels: [Int32], units: [Int32], shares: [Double], seed: UInt64) -> [UInt8] {
  var places: [Int32: Int] = [:]
  let classes = labels.map { label in
    let place = places[label] ?? places.count
    places[label] = place
    return place
  }
  var totals = [Int](repeating: 0, count: places.count)
  for label in classes { totals[label] += 1 }
  let targets = splitTargets(totals, shares: shares)
  var left = targets
  var members: [Int32: [Int32]] = [:]
  for (record, unit) in units.enumerated() { members[unit, default: []].append(Int32(record)) }
  var order = members.keys.sorted()
  var generator = SplitMix64(seed: seed)
  for place in order.indices { order.swapAt(place, place + generator.next(below: order.count - place)) }
  // Stable, so that units of one size stay in their random order.
  let ranked = order.enumerated().sorted {
    let (first, second) = (members[$0.element]?.count ?? 0, members[$1.element]?.count ?? 0)
    return (second, $0.offset) < (first, $1.offset)
  }
  var parts = [UInt8](repeating: 0, count: labels.count)
  for (_, unit) in ranked {
    let records = members[unit] ?? []
    let counts = records.reduce(into: [Int: Int]()) { $0[classes[Int($1)], default: 0] += 1 }
    let ordered = counts.sorted { $0.key < $1.key }
    func missing(in part: Int) -> Double {
      ordered.reduce(0) { sum, entry in
        let target = max(Double(targets[part][entry.key]), 0.5)
        return sum + Double(entry.value) * Double(left[part][entry.key] - entry.value) / target
      }
    }
    var best = (part: 0, missing: -Double.infinity)
    for part in shares.indices where shares[part] > 0 {
      let missing = missing(in: part)
      if missing > best.missing { best = (part, missing) }
    }
    for (label, count) in ordered { left[best.part][label] -= count }
    for record in records { parts[Int(record)] = UInt8(best.part) }
  }
  return parts
}

/// How many records of each label each part is to have, [parts, labels].
private func splitTargets(_ totals: [Int], shares: [Double]) -> [[Int]] {
  let whole = shares.reduce(0, +)
  var targets = shares.map { _ in [Int](repeating: 0, count: totals.count) }
  var missing = [Double](repeating: 0, count: shares.count)
  // Frequent labels first, whose rounding matters least.
  for label in totals.indices.sorted(by: { (totals[$1], $0) < (totals[$0], $1) }) {
    var rest = totals[label]
    for part in shares.indices {
      let exact = Double(totals[label]) * shares[part] / whole
      // What is whole but for rounding is whole.
      let target = min(Int((exact + 1e-9).rounded(.down)), rest)
      targets[part][label] = target
      missing[part] += exact - Double(target)
      rest -= target
    }
    while rest > 0 {
      let most =
        shares.indices.filter { shares[$0] > 0 }.max {
          missing[$0] < missing[$1] || missing[$0] == missing[$1] && $0 > $1
        } ?? 0
      targets[most][label] += 1
      missing[most] -= 1
      rest -= 1
    }
    if targets[0][label] == 0, totals[label] > 0, shares[0] > 0,
      let richest = shares.indices.max(by: { targets[$0][label] < targets[$1][label] })
    {
      targets[richest][label] -= 1
      targets[0][label] += 1
      missing[richest] += 1
      missing[0] -= 1
    }
  }
  return targets
}
