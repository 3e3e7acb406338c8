/// The largest values that each of some columns was offered, with the numbers of the candidates: a heap a column, whose
/// root is the value to beat. Among equal values the candidate of the lower number is kept.
///
/// Unchecked: the owner decides who offers when; a device lets no two threads offer to one column.
public final class LargestValues: @unchecked Sendable {
  /// Number of columns.
  public let columns: Int
  /// Values that a column keeps.
  public let capacity: Int
  private let values: UnsafeMutablePointer<Float>
  private let numbers: UnsafeMutablePointer<Int>
  private let counts: UnsafeMutablePointer<Int>
  /// What a value must exceed to enter a column.
  let thresholds: UnsafeMutablePointer<Float>

  /// Nothing offered yet.
  public init(columns: Int, capacity: Int) {
    precondition(columns >= 0 && capacity >= 1, "a heap holds at least one value")
    self.columns = columns
    self.capacity = capacity
    values = .allocate(capacity: max(columns * capacity, 1))
    numbers = .allocate(capacity: max(columns * capacity, 1))
    counts = .allocate(capacity: max(columns, 1))
    counts.initialize(repeating: 0, count: max(columns, 1))
    // Whole vectors of columns are compared; those beyond the last one let nothing in.
    let padded = (columns + 15) / 16 * 16
    thresholds = .allocate(capacity: max(padded, 1))
    thresholds.initialize(repeating: .infinity, count: max(padded, 1))
    thresholds.update(repeating: -.infinity, count: columns)
  }

  deinit {
    values.deallocate()
    numbers.deallocate()
    counts.deallocate()
    thresholds.deallocate()
  }

  /// What a column keeps, the largest first.
  public func sorted(_ column: Int) -> [(value: Float, number: Int)] {
    let first = column * capacity
    return (first..<first + counts[column]).map { (values[$0], numbers[$0]) }.sorted {
      $0.value == $1.value ? $0.number < $1.number : $0.value > $1.value
    }
  }

  /// Offers a value. Candidates come in the order of their numbers, so that an equal one never displaces another.
  func offer(_ value: Float, number: Int, to column: Int) {
    let (values, numbers) = (self.values + column * capacity, self.numbers + column * capacity)
    if counts[column] < capacity {
      var place = counts[column]
      counts[column] += 1
      while place > 0 {
        let parent = (place - 1) / 2
        guard isWorse(value, number, than: values[parent], numbers[parent]) else { break }
        (values[place], numbers[place]) = (values[parent], numbers[parent])
        place = parent
      }
      (values[place], numbers[place]) = (value, number)
      if counts[column] == capacity { thresholds[column] = values[0] }
      return
    }
    guard value > values[0] else { return }
    var place = 0
    while true {
      var child = 2 * place + 1
      guard child < capacity else { break }
      if child + 1 < capacity, isWorse(values[child + 1], numbers[child + 1], than: values[child], numbers[child]) {
        child += 1
      }
      guard isWorse(values[child], numbers[child], than: value, number) else { break }
      (values[place], numbers[place]) = (values[child], numbers[child])
      place = child
    }
    (values[place], numbers[place]) = (value, number)
    thresholds[column] = values[0]
  }

  /// The order of the heap: the smaller value is worse, and among equals the higher number.
  private func isWorse(_ value: Float, _ number: Int, than other: Float, _ otherNumber: Int) -> Bool {
    value < other || (value == other && number > otherNumber)
  }
}
