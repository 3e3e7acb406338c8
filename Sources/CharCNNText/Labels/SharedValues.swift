/// How many values two lists have in common; one that both have several times counts as often.
///
/// - Parameters:
///   - first: Rising values.
///   - second: Rising values.
func sharedCount<Value: Comparable>(_ first: [Value], _ second: [Value]) -> Int {
  var (left, right, shared) = (0, 0, 0)
  while left < first.count, right < second.count {
    if first[left] == second[right] {
      shared += 1
      left += 1
      right += 1
    } else if first[left] < second[right] {
      left += 1
    } else {
      right += 1
    }
  }
  return shared
}
