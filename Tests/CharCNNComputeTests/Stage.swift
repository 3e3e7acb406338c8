import CharCNNCompute

/// Device memory of one case: tensors lie in wider ones, whose other columns hold NaN, so that an operation that reads
/// or writes beside its columns is found out.
final class Stage {
  let device: CPUDevice
  let workspace = Workspace()
  private let gap: Int
  private let rounds: Bool
  private var surroundings: [(whole: Tensor, columns: Range<Int>)] = []

  /// - Parameter rounds: Whether what is written is rounded to bfloat16.
  init(_ device: CPUDevice, gap: Int, rounds: Bool = false) {
    (self.device, self.gap, self.rounds) = (device, gap, rounds)
  }

  /// The matrix among columns of NaN, or alone with `isContiguous`.
  func tensor(_ matrix: Matrix, isContiguous: Bool = false) -> Tensor {
    let gap = isContiguous ? 0 : gap
    let whole = workspace.tensor(rows: matrix.rows, columns: matrix.columns + 2 * gap)
    device.write(Array(repeating: .nan, count: whole.count), to: whole)
    let columns = gap..<gap + matrix.columns
    for row in 0..<matrix.rows {
      let values = (0..<matrix.columns).map { column in
        let value = Float(matrix[row, column])
        return rounds ? value.roundedToBrainFloat : value
      }
      device.write(values, to: whole.rows(row..<row + 1).columns(columns))
    }
    surroundings.append((whole, columns))
    return whole.columns(columns)
  }

  /// A result's memory, filled with something that no result is.
  func result(_ rows: Int, _ columns: Int, isContiguous: Bool = false) -> Tensor {
    tensor(Matrix(zeros: rows, columns).filled { _, _ in 12_345 }, isContiguous: isContiguous)
  }

  func indices(_ values: [Int32]) -> IndexTensor {
    let indices = workspace.indices(count: values.count)
    for (place, value) in values.enumerated() { indices.host[place] = value }
    return indices
  }

  func read(_ tensor: Tensor) -> [Float] { device.read(tensor) }

  /// Whether everything beside the tensors is still NaN.
  var isIntactAround: Bool {
    surroundings.allSatisfy { whole, columns in
      let values = device.read(whole)
      return values.indices.allSatisfy { columns.contains($0 % max(whole.columns, 1)) || values[$0].isNaN }
    }
  }
}

extension Float {
  /// The nearest number of bfloat16, by the definition: of its two neighbours there the nearer one, of equally near ones the one whose last bit is zero.
  var roundedToBrainFloat: Float {
    guard isFinite, magnitude >= .leastNormalMagnitude else { return isFinite ? self * 0 : self }
    let below = Float(bitPattern: bitPattern & 0xFFFF_0000)
    let above = Float(bitPattern: bitPattern & 0xFFFF_0000 &+ 0x1_0000)
    let (down, up) = (abs(Double(self) - Double(below)), abs(Double(above) - Double(self)))
    if down == up { return below.bitPattern & 0x1_0000 == 0 ? below : above }
    return down < up ? below : above
  }
}
