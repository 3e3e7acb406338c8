import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import Foundation
import Testing

/// A file that make_fixtures.py wrote for a network from a paper: settings, weights, texts and what PyTorch computed.
struct PublishedFixture {
  let file: SafetensorsFile
  let architecture: Architecture
  let smoothing: Float

  init(_ name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Fixtures"))
    file = try SafetensorsFile(path: url.path)
    architecture = try JSONDecoder().decode(
      Architecture.self, from: Data(try #require(file.metadata["architecture"]).utf8))
    smoothing = try #require(file.metadata["smoothing"].flatMap(Float.init))
  }

  func number(_ name: String) throws -> Float { try #require(file.metadata[name].flatMap(Float.init)) }

  /// The network with the fixture's weights.
  func step(device: CPUDevice) throws -> NetworkStep {
    let network = try architecture.makeNetwork()
    let store = try ParameterStore(layout: network.parameters, device: device) { name, shape in
      try file.expect("weights.\(name)", shape: shape)
      return try file.floats("weights.\(name)")
    }
    return NetworkStep(network, store: store, device: device)
  }

  /// The texts and labels stored with a prefix.
  func batch(_ prefix: String = "") throws -> (texts: [ArraySlice<Int32>], labels: [Int32]) {
    let characters = try file.int32s("\(prefix)characters")
    let offsets = try file.int32s("\(prefix)offsets").map(Int.init)
    return (zip(offsets, offsets.dropFirst()).map { characters[$0..<$1] }, try file.int32s("\(prefix)labels"))
  }
}
