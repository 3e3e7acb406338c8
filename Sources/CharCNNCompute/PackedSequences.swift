/// Where the texts of a batch lie in a matrix of rows: text i has the rows `offsets[i] ..< offsets[i + 1]`.
///
/// There is no padding: the rows of all texts follow one another.
public struct PackedSequences: BitwiseCopyable {
  /// Offsets, one more than texts.
  public let offsets: IndexTensor
  /// Number of rows of all texts.
  public let rows: Int

  /// Number of texts.
  public var count: Int { offsets.count - 1 }

  /// Takes offsets that start at 0 and never fall.
  public init(offsets: IndexTensor) {
    self.offsets = offsets
    rows = Int(offsets.host[offsets.count - 1])
  }

  /// Makes offsets from the lengths of the texts.
  public init(lengths: some Sequence<Int>, count: Int, workspace: Workspace) {
    let offsets = workspace.indices(count: count + 1)
    var total: Int32 = 0
    offsets.host[0] = 0
    for (index, length) in lengths.enumerated() {
      total += Int32(length)
      offsets.host[index + 1] = total
    }
    self.init(offsets: offsets)
  }

  /// Rows of one text.
  public func rows(of text: Int) -> Range<Int> { Int(offsets.host[text])..<Int(offsets.host[text + 1]) }
}

/// How a sliding window moves over a text: kernel width, stride, dilation and what happens at the edges.
public struct WindowGeometry: Hashable, Sendable, Codable {
  /// Edge rule.
  public enum Padding: String, Hashable, Sendable, Codable {
    /// A window may hang over the edges, what lies outside counts as zero; `ceil(length / stride)` outputs. For an
    /// even width one more tap lies to the right, as in PyTorch and TensorFlow.
    case same
    /// Only windows that lie inside; `(length - span) / stride + 1` outputs, none for a shorter text.
    case valid
    /// As `same`, but a window ends at its own row: no look ahead.
    case causal
  }

  /// Number of taps.
  public var width: Int
  /// Rows from one window to the next.
  public var stride: Int
  /// Rows from one tap to the next.
  public var dilation: Int
  /// Edge rule.
  public var padding: Padding

  /// A window geometry; width, stride and dilation are at least 1.
  public init(width: Int, stride: Int = 1, dilation: Int = 1, padding: Padding = .same) {
    precondition(width >= 1 && stride >= 1 && dilation >= 1, "width, stride and dilation are at least 1")
    self.width = width
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
  }

  /// Rows from the first tap to the last, both included.
  public var span: Int { (width - 1) * dilation + 1 }

  /// Rows before a window's own row that its first tap reads.
  var leading: Int {
    switch padding {
    case .same: (span - 1) / 2
    case .valid: 0
    case .causal: span - 1
    }
  }

  /// The rows from the first to the last that the window of an output row reads, whether or not the text has them.
  package func rows(ofOutput row: Int) -> Range<Int> { row * stride - leading..<row * stride - leading + span }

  /// Number of outputs for a text of `length` rows.
  public func outputLength(_ length: Int) -> Int {
    switch padding {
    case .same, .causal: (length + stride - 1) / stride
    case .valid: length < span ? 0 : (length - span) / stride + 1
    }
  }

  /// Whether every output row stands for the input row of the same number.
  var keepsLength: Bool { stride == 1 && padding != .valid }

  /// The sequences of the outputs.
  public func output(of input: PackedSequences, workspace: Workspace) -> PackedSequences {
    if keepsLength { return input }
    let offsets = workspace.indices(count: input.count + 1)
    var total: Int32 = 0
    offsets.host[0] = 0
    for text in 0..<input.count {
      total += Int32(outputLength(input.rows(of: text).count))
      offsets.host[text + 1] = total
    }
    return PackedSequences(offsets: offsets)
  }

  /// The window table: entry `row * width + tap` is the input row that a tap of an output row reads, or -1 outside of
  /// the text (the indirection buffer of Dukhan 2019, "The Indirect Convolution Algorithm").
  public func windows(input: PackedSequences, output: PackedSequences, workspace: Workspace) -> IndexTensor {
    let table = workspace.indices(count: output.rows * width)
    var entry = table.base
    for text in 0..<input.count {
      let rows = input.rows(of: text)
      var start = rows.lowerBound - leading
      for _ in output.rows(of: text) {
        var row = start
        for _ in 0..<width {
          entry.pointee = rows.contains(row) ? Int32(truncatingIfNeeded: row) : -1
          entry += 1
          row += dilation
        }
        start += stride
      }
    }
    return table
  }

  /// The transposed table: entry `row * width + tap` is the output row whose window reads the *input* row with that tap,
  /// or -1. The gradient to the input is a convolution over it.
  public func transposedWindows(input: PackedSequences, output: PackedSequences, workspace: Workspace) -> IndexTensor {
    let table = workspace.indices(count: input.rows * width)
    var entry = table.base
    for text in 0..<input.count {
      let inputRows = input.rows(of: text)
      let outputRows = output.rows(of: text)
      for position in 0..<inputRows.count {
        var distance = position + leading
        for _ in 0..<width {
          let window = distance / stride
          let reads = distance >= 0 && window * stride == distance && window < outputRows.count
          entry.pointee = reads ? Int32(truncatingIfNeeded: outputRows.lowerBound + window) : -1
          entry += 1
          distance -= dilation
        }
      }
    }
    return table
  }
}
