package import CharCNNCompute

/// What the layers of a forward pass computed, in order, as copies on the host: for showing a network at work.
///
/// A pass without a trace pays a comparison with nil for each layer.
package final class Trace {
  /// What a layer did.
  package enum Operation: Sendable {
    case embedding(alphabet: Int, dimension: Int)
    case oneHotConvolution(WindowGeometry)
    case convolution(WindowGeometry, inputs: Int, outputs: Int)
    case normalization(NormalizationKind)
    case nonlinearity(Nonlinearity)
    /// Branches side by side.
    case concatenation
    /// A layer's input, or its projection, added.
    case residual
    case localPooling(WindowGeometry, Pooling)
    case globalPooling(GlobalPoolingKind)
    case kMaxPooling
    case linear(inputs: Int, outputs: Int)
    /// Scores of the network and of the character n-grams, mixed.
    case ngrams
    case softmax

    /// Name of a layer without parameters, within its part of the network.
    fileprivate var noun: String {
      switch self {
      case .nonlinearity(let nonlinearity): nonlinearity.isGate ? "gate" : nonlinearity.rawValue
      case .concatenation: "concatenation"
      case .residual: "residual"
      case .localPooling, .kMaxPooling: "pooling"
      case .globalPooling: "global_pooling"
      case .ngrams: "ngrams"
      case .softmax: "softmax"
      case .embedding, .oneHotConvolution, .convolution, .normalization, .linear: "layer"
      }
    }
  }

  /// A layer's output.
  package struct Entry: Sendable {
    /// Name, as in the parameter names.
    package let name: String
    /// What the layer did.
    package let operation: Operation
    /// Rows of the output.
    package let rows: Int
    /// Channels of the output.
    package let columns: Int
    /// The output, row by row.
    package let values: [Float]
  }

  /// The outputs so far.
  package private(set) var entries: [Entry] = []
  private var part = ""

  /// Nothing recorded.
  package init() {}

  /// Ends the part of the network whose name precedes those of layers without parameters.
  func leavePart() { part = "" }

  fileprivate func append(_ operation: Operation, of parameter: Parameter?, rows: Int, columns: Int, _ values: [Float])
  {
    var name: String
    if let parameter {
      let path = parameter.name.split(separator: ".").dropLast()
      name = path.joined(separator: ".")
      // "blocks.0" of "blocks.0.convolutions.1" and of "blocks.0.projection", but all of "convolutions.1".
      let own = path.last.flatMap { Int($0) } == nil ? 1 : 2
      part = (path.count > own ? path.dropLast(own) : path).joined(separator: ".")
    } else {
      name = part.isEmpty ? operation.noun : "\(part).\(operation.noun)"
    }
    // The second gate of a block with several widths is "blocks.0.gate.1".
    let earlier = entries.count { $0.name == name || $0.name.hasPrefix("\(name).") }
    if parameter == nil, earlier > 0 { name += ".\(earlier)" }
    entries.append(Entry(name: name, operation: operation, rows: rows, columns: columns, values: values))
  }
}

extension Pass {
  /// Copies a layer's output into the trace, if there is one: the step's memory is used again later.
  func record(_ operation: @autoclosure () -> Trace.Operation, _ x: Tensor, of parameter: Parameter? = nil) {
    guard let trace else { return }
    trace.append(operation(), of: parameter, rows: x.rows, columns: x.columns, device.read(x))
  }
}
