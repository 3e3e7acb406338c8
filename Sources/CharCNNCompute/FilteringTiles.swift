internal import CKernels

/// Tiles of minimal filtering (Lavin & Gray 2016, "Fast Algorithms for Convolutional Neural Networks"): each holds up to
/// four outputs of one text, a dilation apart, and the inputs that their windows read.
///
/// A text's tiles depend on the text alone, so that its bits do not depend on what shares its batch.
public struct FilteringTiles: BitwiseCopyable {
  let base: UnsafeMutablePointer<ck_tile>
  /// Number of tiles.
  public let count: Int
  /// Taps of the window.
  public let taps: Int
  let dilation: Int
}

extension WindowGeometry {
  /// Number of tiles that `length` outputs of one text take.
  package func tileCount(_ length: Int) -> Int {
    let outputs = Int(CK_TILE_OUTPUTS)
    let (each, longer) = length.quotientAndRemainder(dividingBy: dilation)
    return longer * ((each + outputs) / outputs) + (dilation - longer) * ((each + outputs - 1) / outputs)
  }

  /// The tiles of the outputs of some texts; the stride must be 1.
  package func tiles(
    input: PackedSequences, output: PackedSequences, texts: Range<Int>, workspace: Workspace
  ) -> FilteringTiles {
    tiles(from: input, to: output, texts: texts, leading: leading, workspace: workspace)
  }

  /// The tiles of the gradient to the inputs of all texts, which is a convolution over the gradients of the outputs with
  /// its taps from the last to the first.
  package func transposedTiles(
    input: PackedSequences, output: PackedSequences, workspace: Workspace
  ) -> FilteringTiles {
    tiles(
      from: output, to: input, texts: 0..<input.count, leading: span - 1 - leading, workspace: workspace)
  }

  private func tiles(
    from input: PackedSequences, to output: PackedSequences, texts: Range<Int>, leading: Int, workspace: Workspace
  ) -> FilteringTiles {
    precondition(stride == 1, "minimal filtering needs a stride of 1")
    let count = texts.reduce(0) { $0 + tileCount(output.rows(of: $1).count) }
    let tiles = workspace.records(of: ck_tile.self, count: count)
    let outputs = Int(CK_TILE_OUTPUTS)
    var next = 0
    for text in texts {
      let inputRows = input.rows(of: text)
      let outputRows = output.rows(of: text)
      for residue in 0..<min(dilation, outputRows.count) {
        for position in Swift.stride(from: residue, to: outputRows.count, by: outputs * dilation) {
          let left = (outputRows.count - position + dilation - 1) / dilation
          tiles[next] = ck_tile(
            first: Int32(truncatingIfNeeded: inputRows.lowerBound + position - leading),
            lower: Int32(truncatingIfNeeded: inputRows.lowerBound),
            upper: Int32(truncatingIfNeeded: inputRows.upperBound),
            output: Int32(truncatingIfNeeded: outputRows.lowerBound + position),
            outputs: Int32(truncatingIfNeeded: min(outputs, left)))
          next += 1
        }
      }
    }
    guard let base = tiles.baseAddress else { preconditionFailure("a workspace has an address for every size") }
    return FilteringTiles(base: base, count: count, taps: width, dilation: dilation)
  }
}
