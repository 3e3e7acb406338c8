import CKernels

/// Billions of operations a second of one shape by minimal filtering, counted as those of the plain convolution, and how
/// many times faster than that it is. Packing counts as part of the work.
struct FilteringResult: Encodable {
  let instructions: String
  let shape: String
  let forward: Speed
  let weightGradient: Speed

  struct Speed: Encodable {
    let best: Double
    /// The plain way's best round divided by this way's.
    let ratio: Double
  }
}

extension Shape {
  /// Tiles of four outputs of each text.
  func tiles() -> [ck_tile] {
    stride(from: 0, to: rows, by: segment).flatMap { start in
      let end = min(start + segment, rows)
      return stride(from: start, to: end, by: 4).map { row in
        ck_tile(
          first: Int32(row - (taps - 1) / 2), lower: Int32(start), upper: Int32(end), output: Int32(row),
          outputs: Int32(min(4, end - row)))
      }
    }
  }
}

/// Measures both ways of a shape side by side, round by round; nil where there is only one.
func measureFiltering(_ k: ck_kernels, _ shape: Shape, rounds: Int) -> FilteringResult? {
  let (taps, input, output, rows) = (shape.taps, shape.input, shape.output, shape.rows)
  guard let points = k.filtering_points?(taps), points > 0, input >= 32, output >= 32 else { return nil }
  let tiles = shape.tiles()
  let windows = shape.windows()
  let (x, w, bias, y) = (Buffer(rows * input), Buffer(taps * input * output), Buffer(output), Buffer(rows * output))
  let (dy, dw) = (Buffer(rows * output), Buffer(taps * input * output))
  let packed = Buffer(k.packed_weights_size(taps, input, output))
  let filter = Buffer(k.packed_filter_size(taps, input, output))
  let gradients = Buffer(k.packed_rows_size(rows, output))
  let sums = Buffer(k.filtering_gradient_sums(taps, input, output, tiles.count))
  let scratch = Buffer(
    max(
      k.packed_filter_scratch(input, output), k.filtering_scratch(taps, input), k.filtering_gradient_scratch(taps),
      k.weight_gradient_scratch(taps, input, output, rows)))
  var (plain, filtered, plainGradient, filteredGradient) = (Timing(), Timing(), Timing(), Timing())
  windows.withUnsafeBufferPointer { windows in
    tiles.withUnsafeBufferPointer { tiles in
      var c = ck_convolution()
      (c.x, c.ldx, c.windows, c.taps) = (UnsafePointer(x.pointer), input, windows.baseAddress, taps)
      (c.in, c.out, c.packed) = (input, output, UnsafePointer(packed.pointer))
      (c.bias, c.y, c.ldy) = (UnsafePointer(bias.pointer), y.pointer, output)
      var f = ck_filtering()
      (f.x, f.ldx, f.tiles, f.taps) = (UnsafePointer(x.pointer), input, tiles.baseAddress, taps)
      (f.dilation, f.in, f.out, f.packed) = (1, input, output, UnsafePointer(filter.pointer))
      (f.bias, f.y, f.ldy) = (UnsafePointer(bias.pointer), y.pointer, output)
      var g = ck_weight_gradient()
      (g.x, g.ldx, g.windows, g.taps) = (UnsafePointer(x.pointer), input, windows.baseAddress, taps)
      (g.in, g.out, g.rows, g.packed_dy) = (input, output, rows, UnsafePointer(gradients.pointer))
      g.dw = dw.pointer
      var h = ck_filtering_gradient()
      (h.x, h.ldx, h.tiles, h.tile_count) = (UnsafePointer(x.pointer), input, tiles.baseAddress, tiles.count)
      (h.taps, h.dilation, h.in, h.out) = (taps, 1, input, output)
      (h.dy, h.lddy, h.sums, h.dw) = (UnsafePointer(dy.pointer), output, sums.pointer, dw.pointer)
      let repeats = max(1, Int(2e6 / shape.operations))
      for _ in 0..<rounds {
        plain.add(repeats: repeats) {
          k.packWeights(w.pointer, taps, input, output, packed.pointer)
          k.convolve(&c, 0, rows)
        }
        filtered.add(repeats: repeats) {
          for point in 0..<points {
            k.pack_filter(w.pointer, taps, input, output, false, filter.pointer, point, scratch.pointer)
          }
          k.filter(&f, 0, tiles.count, scratch.pointer)
        }
        plainGradient.add(repeats: repeats) {
          for item in 0..<k.pack_rows_items(rows, output) {
            k.pack_rows(dy.pointer, output, rows, output, gradients.pointer, item)
          }
          for item in 0..<k.weight_gradient_items(taps, input, output, rows) {
            k.weight_gradient(&g, item, scratch.pointer)
          }
        }
        filteredGradient.add(repeats: repeats) {
          for item in 0..<k.filtering_gradient_items(input, output, tiles.count) {
            k.filtering_gradient(&h, item, scratch.pointer)
          }
          k.fold_filtering_gradient(&h, 0, input)
        }
      }
    }
  }
  func speed(_ timing: Timing, _ plain: Timing) -> FilteringResult.Speed {
    FilteringResult.Speed(best: shape.operations / timing.best / 1e9, ratio: plain.best / timing.best)
  }
  return FilteringResult(
    instructions: String(cString: k.name), shape: shape.name, forward: speed(filtered, plain),
    weightGradient: speed(filteredGradient, plainGradient))
}
