import CharCNNCompute
import CharCNNNetworks

/// Which characters of the text the rows of a step stand for and see.
package struct StepRows: Hashable, Sendable {
  /// For each row the characters that it stands for, as numbers of rows of the network's input, those beyond the text being padding;
  /// empty where rows do not follow the text.
  package let own: [Range<Int>]
  /// For each row the characters that it sees, which is its receptive field.
  package let seen: [Range<Int>]

  /// The characters themselves.
  ///
  /// - Parameters:
  ///   - count: Rows, padding included.
  ///   - reversed: Characters that stand in reverse order, before the padding.
  init(characters count: Int, reversed: Int = 0) {
    own = (0..<count).map { row in
      let place = row < reversed ? reversed - 1 - row : row
      return place..<place + 1
    }
    seen = own
  }

  /// Rows that all see the same.
  init(rows: Int, seeing all: Range<Int>) {
    own = []
    seen = Array(repeating: all, count: rows)
  }

  private init(own: [Range<Int>], seen: [Range<Int>]) { (self.own, self.seen) = (own, seen) }

  /// Everything that any row sees.
  var all: Range<Int> { Self.hull(seen[...]) ?? 0..<0 }

  /// The rows of windows over these.
  func sliding(_ geometry: WindowGeometry, rows: Int) -> StepRows {
    let windows = (0..<rows).map { geometry.rows(ofOutput: $0).clamped(to: 0..<seen.count) }
    let wide = windows.map { Self.hull(seen[$0]) ?? 0..<0 }
    if own.isEmpty { return StepRows(own: [], seen: wide) }
    // Where windows hang over the edges, a row goes on standing for what it stood for.
    let narrow = (0..<rows).map { row in
      let stretch =
        geometry.padding == .valid ? windows[row] : row * geometry.stride..<(row + 1) * geometry.stride
      return Self.hull(own[stretch.clamped(to: windows[row])]) ?? 0..<0
    }
    return StepRows(own: narrow, seen: wide)
  }

  /// Rows that see what both see.
  func joined(with other: StepRows) -> StepRows {
    StepRows(own: own, seen: zip(seen, other.seen).map { Self.hull([$0, $1]) ?? $0 })
  }

  /// The rows of a layer.
  ///
  /// - Parameters:
  ///   - entry: The layer's output.
  ///   - inputs: The rows of what it reads.
  ///   - text: The rows of the text, as the first layer reads it.
  init(_ entry: Trace.Entry, inputs: [StepRows], text: StepRows) {
    let first = inputs.first ?? text
    switch entry.operation {
    case .embedding: self = StepRows(characters: entry.rows)
    case .oneHotConvolution(let geometry), .convolution(let geometry, _, _), .localPooling(let geometry, _):
      self = first.sliding(geometry, rows: entry.rows)
    case .normalization, .nonlinearity, .residual, .concatenation:
      if first.seen.count == entry.rows {
        self = inputs.dropFirst().filter { $0.seen.count == entry.rows }.reduce(first) { $0.joined(with: $1) }
      } else if inputs.count == entry.rows {
        // A row of each part.
        self = StepRows(own: [], seen: inputs.map(\.all))
      } else {
        self = StepRows(rows: entry.rows, seeing: Self.hull(inputs.map(\.all)[...]) ?? text.all)
      }
    case .globalPooling, .kMaxPooling, .linear, .mixture, .softmax, .logistic:
      self = StepRows(rows: entry.rows, seeing: Self.hull(inputs.map(\.all)[...]) ?? text.all)
    }
  }

  /// What some ranges span; nil of none.
  private static func hull(_ ranges: ArraySlice<Range<Int>>) -> Range<Int>? {
    let real = ranges.filter { !$0.isEmpty }
    guard let first = real.first else { return nil }
    return real.reduce(first) { min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound) }
  }
}
