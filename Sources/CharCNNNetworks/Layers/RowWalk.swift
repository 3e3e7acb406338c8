internal import CharCNNCompute

/// Operations on rows that are put off until all are known, so that they are done in one walk over the rows. Nothing of what they
/// write may be read before ``run(_:)``.
///
/// Where somebody looks at each layer they are done at once instead: a trace copies what a layer wrote as soon as it was asked to.
struct RowWalk {
  private let operations: UnsafeMutableBufferPointer<RowOperation>
  private let isPutOff: Bool
  private var count = 0

  /// - Parameters:
  ///   - capacity: Operations at most.
  ///   - pass: What they belong to.
  init(capacity: Int, _ pass: Pass) {
    operations = pass.workspace.records(of: RowOperation.self, count: capacity)
    isPutOff = pass.trace == nil
  }

  /// One more operation; all are of equally many rows.
  mutating func append(_ operation: RowOperation, _ pass: Pass) {
    operations[count] = operation
    count += 1
    if !isPutOff { run(pass) }
  }

  /// Does what was put off.
  mutating func run(_ pass: Pass) {
    pass.device.walk(UnsafeBufferPointer(rebasing: operations[..<count]))
    count = 0
  }
}
