public import CharCNNCompute

/// The gradient of a table: only the rows that a batch touched.
///
/// Unchecked: belongs to one trainer, which runs one step at a time.
public final class SparseGradient: @unchecked Sendable {
  /// For each table row its number among the touched rows of the step, or -1. Reset row by row, never as a whole.
  private var numbers: [Int32] = []
  /// The rows that the last step touched.
  public private(set) var rows: IndexTensor?
  /// Their gradients, in the same order.
  public private(set) var gradients: Tensor?
  /// The table.
  public let table: Parameter

  /// A gradient for a table.
  public init(of table: Parameter) {
    self.table = table
    numbers = Array(repeating: -1, count: table.shape[0])
  }

  /// Forgets the last step.
  package func clear() {
    rows = nil
    gradients = nil
  }

  /// Numbers the distinct rows in order of first occurrence.
  func number(_ rows: IndexTensor, workspace: Workspace) -> (compact: IndexTensor, touched: IndexTensor) {
    let compact = workspace.indices(count: rows.count)
    let touched = workspace.indices(count: rows.count)
    var count = 0
    numbers.withUnsafeMutableBufferPointer { numbers in
      for entry in 0..<rows.count {
        let row = Int(rows.host[entry])
        if row < 0 {
          compact.host[entry] = -1
          continue
        }
        if numbers[row] < 0 {
          numbers[row] = Int32(count)
          touched.host[count] = Int32(row)
          count += 1
        }
        compact.host[entry] = numbers[row]
      }
      for entry in 0..<count { numbers[Int(touched.host[entry])] = -1 }
    }
    return (compact, touched.prefix(count))
  }

  func set(rows: IndexTensor, gradients: Tensor) {
    self.rows = rows
    self.gradients = gradients
  }
}
