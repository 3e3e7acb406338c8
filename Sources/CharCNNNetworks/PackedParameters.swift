public import CharCNNCompute

/// Weights of a frozen store in the order of the kernels, each packed when it is first used: what a short text needs is
/// less than what a long one does, and a model that answers one question packs no more than that.
final class PackedParameters: Sendable {
  /// What was packed of a parameter.
  private struct Key: Hashable {
    let parameter: Int
    /// One tap alone; nil for all of them.
    let tap: Int?
  }

  private struct Contents {
    var isFrozen = false
    var integers: [PackedIntegers?] = []
    var weights: [Key: PackedWeights] = [:]
    var filters: [Int: PackedFilter] = [:]
    let memory = Workspace()
  }

  private let contents = Guarded(Contents())

  /// From here on the values stay as they are.
  func freeze(_ store: ParameterStore, device: any Device) {
    contents.withLock { contents in
      // Several classifiers may share a store.
      if contents.isFrozen { return }
      contents.isFrozen = true
      contents.integers = store.layout.trained.map { parameter in
        guard let (taps, inputs, _) = parameter.matrixShape, let matrix = store.quantized[parameter.name],
          PackedIntegers.canHold(taps: taps, inputs: inputs)
        else { return nil }
        return device.pack(matrix, taps: taps, inputs: inputs, workspace: contents.memory)
      }
    }
  }

  /// The packed integers of a parameter; nil where the store is not quantized and frozen.
  func integers(_ parameter: Parameter) -> PackedIntegers? {
    contents.withLock { $0.integers.isEmpty ? nil : $0.integers[parameter.ordinal] }
  }

  /// Packed weights of a parameter, or of one of its taps; nil where the store is not frozen.
  func weights(_ parameter: Parameter, tap: Int? = nil, pack: (Workspace) -> PackedWeights) -> PackedWeights? {
    contents.withLock { contents in
      guard contents.isFrozen else { return nil }
      let key = Key(parameter: parameter.ordinal, tap: tap)
      if let weights = contents.weights[key] { return weights }
      let weights = pack(contents.memory)
      contents.weights[key] = weights
      return weights
    }
  }

  /// The filter of a parameter; nil where the store is not frozen.
  func filter(_ parameter: Parameter, pack: (Workspace) -> PackedFilter) -> PackedFilter? {
    contents.withLock { contents in
      guard contents.isFrozen else { return nil }
      if let filter = contents.filters[parameter.ordinal] { return filter }
      let filter = pack(contents.memory)
      contents.filters[parameter.ordinal] = filter
      return filter
    }
  }
}

extension ParameterStore {
  /// Says that the network will only predict from here on, so that its weights need packing only once.
  public func freeze(device: any Device) { packing.freeze(self, device: device) }
}
