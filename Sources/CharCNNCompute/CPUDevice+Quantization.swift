internal import CKernels

/// Rows of channels in 8-bit integers: x = scale * (byte - zero), with a scale and a zero point for each text, so that
/// no text depends on those that share its batch.
public struct Frames8 {
  let bytes: UnsafeMutablePointer<UInt8>
  /// Number of rows.
  public let rows: Int
  /// Number of channels.
  public let columns: Int
  let rowStride: Int
  let scales: Tensor
  let zeros: UnsafeMutablePointer<UInt8>
}

extension CPUDevice {
  /// Some rows of one text, with the range of their elements and then their text's numbers.
  struct Piece: BitwiseCopyable {
    let text: Int
    let lower: Int
    let upper: Int
    var lowest: Float = 0
    var highest: Float = 0
    var reciprocal: Float = 0
  }

  private struct Range8: PoolJob {
    let kernels: UnsafePointer<ck_int8_kernels>
    let x: Tensor
    let pieces: UnsafeMutableBufferPointer<Piece>
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      for number in lower..<upper {
        var piece = pieces[number]
        kernels.pointee.range(
          x.base, x.rowStride, x.columns, piece.lower, piece.upper, &piece.lowest, &piece.highest)
        pieces[number] = piece
      }
    }
  }

  private struct Quantize8: PoolJob {
    let kernels: UnsafePointer<ck_int8_kernels>
    let x: Tensor
    let y: Frames8
    let pieces: UnsafeMutableBufferPointer<Piece>
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      for number in lower..<upper {
        let piece = pieces[number]
        kernels.pointee.quantize(
          x.base, x.rowStride, x.columns, piece.reciprocal, y.zeros[piece.text], y.bytes, y.rowStride, piece.lower,
          piece.upper)
      }
    }
  }

  /// Long texts are cut, so that one text too is shared by all threads.
  private static let longestPiece = 128

  public func quantize(_ x: Tensor, _ sequences: PackedSequences, workspace: Workspace) -> Frames8 {
    precondition(x.rows == sequences.rows, "rows of another number than the texts have")
    let rowStride = (x.columns + 3) / 4 * 4
    let bytes = workspace.records(of: UInt8.self, count: max(x.rows * rowStride, 1))
    let zeros = workspace.records(of: UInt8.self, count: max(sequences.count, 1))
    guard let first = bytes.baseAddress, let firstZero = zeros.baseAddress else { preconditionFailure("no memory") }
    let result = Frames8(
      bytes: first, rows: x.rows, columns: x.columns, rowStride: rowStride,
      scales: workspace.tensor(rows: 1, columns: sequences.count), zeros: firstZero)
    let pieces = cut(sequences, workspace: workspace)
    let perPiece = max(1, x.rows / max(pieces.count, 1))
    let blocks = Blocks(count: pieces.count, size: max(1, Self.rowsPerBlock(columns: x.columns) / perPiece))
    pool.run(Range8(kernels: integerPointer, x: x, pieces: pieces, blocks: blocks), items: blocks.items)
    var number = 0
    for text in 0..<sequences.count {
      let start = number
      var (lowest, highest): (Float, Float) = (0, 0)
      while number < pieces.count, pieces[number].text == text {
        lowest = min(lowest, pieces[number].lowest)
        let high = pieces[number].highest
        if high > highest || high.isNaN { highest = high }
        number += 1
      }
      var reciprocal: Float = 0
      ck_int8_activation_scale(lowest, highest, result.scales.base + text, &reciprocal, result.zeros + text)
      for piece in start..<number { pieces[piece].reciprocal = reciprocal }
    }
    pool.run(Quantize8(kernels: integerPointer, x: x, y: result, pieces: pieces, blocks: blocks), items: blocks.items)
    return result
  }

  private func cut(_ sequences: PackedSequences, workspace: Workspace) -> UnsafeMutableBufferPointer<Piece> {
    var count = 0
    for text in 0..<sequences.count { count += Self.blocks(sequences.rows(of: text).count, of: Self.longestPiece) }
    let pieces = workspace.records(of: Piece.self, count: count)
    var number = 0
    for text in 0..<sequences.count {
      let rows = sequences.rows(of: text)
      for lower in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.longestPiece) {
        pieces[number] = Piece(text: text, lower: lower, upper: min(lower + Self.longestPiece, rows.upperBound))
        number += 1
      }
    }
    return pieces
  }
}
