internal import CharCNNFiles

/// Splits examples into a training and a validation part with the same mixture of classes.
///
/// Each class is shuffled by itself and gives the rounded fraction of its examples to validation, but never its last
/// one. Where all classes are so small that none gives any, and there are 20 examples or more, the
/// fraction is drawn from all of them without regard to their classes, but still never the last one of a class. The result
/// depends on the arguments only, on every platform.
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
  if wanted.allSatisfy({ $0 <= 0 }), fraction > 0, maximumValidation > 0, labels.count >= fewestExamplesToSplit {
    let size = min(max(Int((Double(labels.count) * fraction).rounded()), 1), maximumValidation)
    draw(size, of: labels, seed: seed, into: &isValidation)
  }
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

/// Examples from which on a validation part is drawn even where every class is too small to give its share.
package let fewestExamplesToSplit = 20

/// Marks examples at random, but never the last one of a class.
private func draw(_ size: Int, of labels: [Int32], seed: UInt64, into isDrawn: inout [Bool]) {
  var left: [Int32: Int] = [:]
  for label in labels { left[label, default: 0] += 1 }
  // No class has the number of this stream.
  var generator = SplitMix64(seed: seed, stream: 1 << 32)
  var positions = Array(labels.indices)
  var wanted = size
  for place in positions.indices where wanted > 0 {
    positions.swapAt(place, place + generator.next(below: positions.count - place))
    let label = labels[positions[place]]
    guard let others = left[label], others > 1 else { continue }
    left[label] = others - 1
    isDrawn[positions[place]] = true
    wanted -= 1
  }
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
