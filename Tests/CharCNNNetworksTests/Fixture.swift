import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import Foundation
import Testing

/// A file that make_fixtures.py wrote: settings, weights, texts, and what PyTorch computed from them.
struct Fixture {
  let file: SafetensorsFile
  let configuration: GatedConfiguration
  let ngrams: NgramConfiguration
  let smoothing: Float

  init(_ name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Fixtures"))
    file = try SafetensorsFile(path: url.path)
    configuration = try JSONDecoder().decode(
      GatedConfiguration.self, from: Data(try #require(file.metadata["settings"]).utf8))
    ngrams = try JSONDecoder().decode(
      NgramConfiguration.self, from: Data(try #require(file.metadata["ngrams"]).utf8))
    smoothing = try #require(file.metadata["smoothing"].flatMap(Float.init))
  }

  func number(_ name: String) throws -> Float { try #require(file.metadata[name].flatMap(Float.init)) }

  func network() throws -> any TextNetwork {
    ngrams.widening(try GatedNetwork(configuration), classes: configuration.classes)
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
