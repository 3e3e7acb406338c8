import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import Foundation
import Testing

/// A file that make_fixtures.py wrote: settings, weights, texts, and what PyTorch computed from them.
struct Fixture {
  /// What the file says about itself.
  struct Description: Decodable {
    let settings: GatedConfiguration
    let ngrams: NgramConfiguration
    let smoothing: Float
  }

  /// Numbers of the optimizer, in the golden run.
  struct Optimizer: Decodable {
    let rate: Float
    let weightDecay: Float
    let clip: Float
  }

  let file: SafetensorsFile
  private let description: Description

  var configuration: GatedConfiguration { description.settings }
  var smoothing: Float { description.smoothing }

  init(_ name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Fixtures"))
    file = try SafetensorsFile(path: url.path)
    description = try Self.decode(Description.self, file)
  }

  func optimizer() throws -> Optimizer { try Self.decode(Optimizer.self, file) }

  private static func decode<Value: Decodable>(_ type: Value.Type, _ file: SafetensorsFile) throws -> Value {
    try JSONDecoder().decode(type, from: Data(try #require(file.metadata["fixture"]).utf8))
  }

  func network() throws -> any TextNetwork {
    description.ngrams.widening(try GatedNetwork(configuration), classes: configuration.classes)
  }

  func store(layout: ParameterLayout, device: any Device) throws -> ParameterStore {
    try ParameterStore(layout: layout, device: device) { name, shape in
      try file.expect("weights.\(name)", shape: shape)
      return try file.floats("weights.\(name)")
    }
  }

  /// The texts and labels stored with a prefix.
  func batch(_ prefix: String = "") throws -> (texts: [ArraySlice<Int32>], labels: [Int32]) {
    let characters = try file.int32s("\(prefix)characters")
    let offsets = try file.int32s("\(prefix)offsets").map(Int.init)
    let texts = zip(offsets, offsets.dropFirst()).map { characters[$0..<$1] }
    return (texts, try file.int32s("\(prefix)labels"))
  }
}
