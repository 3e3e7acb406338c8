package import CharCNNCompute

/// What the layers of a forward pass computed, in order, as copies on the host: for showing a network at work, and for
/// taking some layer's output as features.
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
    /// Scores of the parts of a network, mixed.
    case mixture
    case softmax
    /// Each score by itself, where a text may have several labels.
    case logistic

    /// Name of a layer without parameters, within its part of the network.
    fileprivate var noun: String {
      switch self {
      case .nonlinearity(let nonlinearity): nonlinearity.isGate ? "gate" : nonlinearity.rawValue
      case .concatenation: "concatenation"
      case .residual: "residual"
      case .localPooling, .kMaxPooling: "pooling"
      case .globalPooling: "global_pooling"
      // By the part that joins the network, as readers of files and pages know it.
      case .mixture: "ngrams"
      case .softmax: "softmax"
      case .logistic: "logistic"
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
    /// The earlier outputs that it reads, by their places among the entries; none where it reads the text itself.
    package let inputs: [Int]
  }

  /// The outputs so far.
  package private(set) var entries: [Entry] = []
  /// Whether the first layer reads the text from its end.
  package internal(set) var isReversed = false
  private var part = ""
  /// The last output that lies at an address, or was copied there.
  private var places: [UnsafeMutablePointer<Float>: [Int]] = [:]
  /// Names of the outputs that are kept; nil for all.
  private let names: Set<String>?

  /// Nothing recorded.
  ///
  /// - Parameter names: Outputs to keep; the others cost their names only. `NAME.input` keeps what a fully connected layer
  ///   reads. Nil keeps all outputs and no inputs.
  package init(keeping names: Set<String>? = nil) { self.names = names }

  /// The output of this name.
  package func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }

  /// Whether the rows of this name are kept.
  func keeps(_ name: String) -> Bool { names?.contains(name) ?? true }

  /// Notes that an output also lies somewhere else, beside what is known to lie there where it was added to that.
  fileprivate func note(_ x: Tensor, at other: Tensor, isSum: Bool) {
    places[other.base] = (isSum ? places[other.base] ?? [] : []) + (places[x.base] ?? [])
  }

  /// Ends the part of the network whose name precedes those of layers without parameters.
  func leavePart() { part = "" }

  /// Keeps the input of a fully connected layer, if it was asked for.
  fileprivate func appendInput(
    _ operation: Operation, of weight: Parameter, rows: Int, columns: Int, _ values: () -> [Float]
  ) {
    guard let names else { return }
    let name = weight.name.split(separator: ".").dropLast().joined(separator: ".") + ".input"
    guard names.contains(name) else { return }
    entries.append(
      Entry(name: name, operation: operation, rows: rows, columns: columns, values: values(), inputs: []))
  }

  /// Keeps the rows that a part of the network reads, if they were asked for.
  fileprivate func appendInput(of part: String, rows: Int, columns: Int, _ values: () -> [Float]) {
    let name = part + ".input"
    guard let names, names.contains(name) else { return }
    entries.append(
      Entry(name: name, operation: .concatenation, rows: rows, columns: columns, values: values(), inputs: []))
  }

  fileprivate func append(
    _ operation: Operation, of parameter: Parameter?, _ x: Tensor, reading inputs: [Tensor], _ values: () -> [Float]
  ) {
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
    let read = inputs.flatMap { places[$0.base] ?? [] }
    places[x.base] = [entries.count]
    entries.append(
      Entry(
        name: name, operation: operation, rows: x.rows, columns: x.columns, values: keeps(name) ? values() : [],
        inputs: read))
  }
}

extension Pass {
  /// Copies a layer's output into the trace, if there is one: the step's memory is used again later.
  ///
  /// - Parameters:
  ///   - operation: What the layer did.
  ///   - x: Its output.
  ///   - parameter: Its parameter, which names it.
  ///   - inputs: What it read; nothing for a layer that reads the text itself.
  func record(
    _ operation: @autoclosure () -> Trace.Operation, _ x: Tensor, of parameter: Parameter? = nil,
    reading inputs: @autoclosure () -> [Tensor]
  ) {
    guard let trace else { return }
    trace.append(operation(), of: parameter, x, reading: inputs()) { device.read(x) }
  }

  /// Tells the trace, if there is one, that a recorded output was copied, or added, to another place from which later layers read.
  func recordCopy(of x: Tensor, at other: Tensor, isSum: Bool = false) {
    trace?.note(x, at: other, isSum: isSum)
  }

  /// Copies a fully connected layer's input into the trace, if it is asked for.
  func recordInput(_ operation: @autoclosure () -> Trace.Operation, _ x: Tensor, of weight: Parameter) {
    guard let trace else { return }
    trace.appendInput(operation(), of: weight, rows: x.rows, columns: x.columns) { device.read(x) }
  }

  /// Copies what a part of the network reads into the trace, as `PART.input`, if it is asked for.
  func recordInput(_ x: Tensor, of part: String) {
    guard let trace else { return }
    trace.appendInput(of: part, rows: x.rows, columns: x.columns) { device.read(x) }
  }
}
