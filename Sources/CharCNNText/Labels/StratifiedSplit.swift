/// Splits examples into a training and a validation part with the same mixture of classes.
///
/// Each class is shuffled by itself and gives the rounded fraction of its examples to validation, but never its last
/// one. The result depends on the arguments only, on every platform.
/// - Parameters:
///   - labels: The class of each example; any numbers.
///   - validationFraction: The part wanted for validation, limited to 0...1.
///   - seed: Another seed gives another choice.
///   - maximumValidation: The greatest size of the validation part; classes then give less in proportion.
/// - Returns: The positions of the examples of both parts, rising.
public func stratifiedSplit(
  labels: [Int32], validationFraction: Double, seed: UInt64, maximumValidation: Int = 10_000
) -> (train: [Int], validation: [Int]) {
  var classes: [Int32: [Int32]] = [:]
  for (position, label) in labels.enumerated() { classes[label, default: []].append(Int32(position)) }
  let order = classes.keys.sorted()
  let members = order.map { classes[$0] ?? [] }
  let fraction = validationFraction > 0 ? min(validationFraction, 1) : 0
  let wanted = members.map { min(Int((Double($0.count) * fraction).rounded()), $0.count - 1) }
  let sizes = shares(of: max(0, maximumValidation), wanted: wanted)

  var isValidation = [Bool](repeating: false, count: labels.count)
  for (index, positions) in members.enumerated() where sizes[index] > 0 {
    var generator = SplitMix64(seed: seed, stream: UInt64(bitPattern: Int64(order[index])))
    var positions = positions
    for place in 0..<sizes[index] {
      positions.swapAt(place, place + generator.next(below: positions.count - place))
      isValidation[Int(positions[place])] = true
    }
  }
  var (train, validation): ([Int], [Int]) = ([], [])
  // Grown by doubling, the positions of many millions of examples would be held three times for a moment.
  let held = sizes.reduce(0, +)
  validation.reserveCapacity(held)
  train.reserveCapacity(labels.count - held)
  for position in labels.indices {
    if isValidation[position] { validation.append(position) } else { train.append(position) }
  }
  return (train, validation)
}

/// Scales what is wanted to at most `limit` in all: whole parts first, then one each to the greatest remainders.
private func shares(of limit: Int, wanted: [Int]) -> [Int] {
  let total = wanted.reduce(0, +)
  guard total > limit else { return wanted }
  let products = wanted.map { $0.multipliedFullWidth(by: limit) }
  let divided = products.map { total.dividingFullWidth($0) }
  var sizes = divided.map(\.quotient)
  let ranked = divided.indices.sorted {
    (divided[$1].remainder, $0) < (divided[$0].remainder, $1)
  }
  for index in ranked.prefix(limit - sizes.reduce(0, +)) { sizes[index] += 1 }
  return sizes
}
