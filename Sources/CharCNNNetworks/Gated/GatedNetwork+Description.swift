extension GatedNetwork {
  public var layers: [LayerDescription] {
    var rows = RowCount(length: configuration.length)
    var result: [LayerDescription] = []
    func append(_ name: String, _ kind: String, channels: Int, operations: Double, isPerText: Bool = false) {
      let prefix = name + "."
      let count = parameters.trained.filter { $0.name.hasPrefix(prefix) }.reduce(0) { $0 + $1.count }
      result.append(
        LayerDescription(
          name: name, kind: kind, rows: isPerText ? "1" : rows.text, channels: channels, parameters: count,
          operations: operations, isPerText: isPerText))
    }
    append("embedding", "characters to vectors", channels: configuration.embedding, operations: 0)
    var channels = configuration.embedding
    let outputs = configuration.nonlinearity.outputs(filters: configuration.filters)
    for block in 0..<configuration.blocks {
      rows.divide(by: configuration.stride)
      let taps = configuration.widths.reduce(0, +)
      let share = configuration.filters / configuration.widths.count
      var operations = 2 * Double(taps * channels * share)
      if configuration.residual, channels != outputs || configuration.stride != 1 {
        operations += 2 * Double(channels * outputs)
      }
      let widths = configuration.widths.map(String.init).joined(separator: ",")
      let dilation = configuration.dilation(ofBlock: block)
      let notes = (dilation == 1 ? "" : ", dilation \(dilation)") + (configuration.residual ? ", residual" : "")
      append(
        "blocks.\(block)",
        "convolution \(widths), \(configuration.nonlinearity.rawValue)\(notes)",
        channels: outputs, operations: operations / rows.divisor)
      channels = outputs
      if configuration.pooling != .none, block < configuration.blocks - 1 {
        rows.divide(by: configuration.poolingStride)
        append(
          "pooling.\(block)", "\(configuration.pooling.rawValue) pooling \(configuration.poolingWidth)",
          channels: channels, operations: 0)
      }
    }
    channels = configuration.globalPooling.outputs(channels: channels)
    append(
      "global", "\(configuration.globalPooling.rawValue) pooling of the text", channels: channels, operations: 0,
      isPerText: true)
    for (number, width) in configuration.hidden.enumerated() {
      append(
        "hidden.\(number)", "fully connected, relu", channels: width, operations: 2 * Double(channels * width),
        isPerText: true)
      channels = width
    }
    append(
      "output", "fully connected", channels: configuration.classes,
      operations: 2 * Double(channels * configuration.classes), isPerText: true)
    return result
  }
}
