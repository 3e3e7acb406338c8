internal import CharCNNFiles
import CharCNNStorage
import CharCNNText

/// What differs between two bundles, for programs and for people.
package struct BundleDifference: Encodable, Sendable {
  /// Something that has another value in each, or that one of them lacks.
  package struct Change: Encodable, Sendable {
    /// What it is.
    package let name: String
    /// What it is in the first; nil where that lacks it.
    package let first: String?
    /// What it is in the second; nil where that lacks it.
    package let second: String?
  }

  /// Lists of names that are not the same.
  package struct Names: Encodable, Sendable {
    /// How many there are in each.
    package let counts: [Int]
    /// Those that only the first has.
    package let onlyFirst: [String]
    /// Those that only the second has.
    package let onlySecond: [String]
  }

  /// What the models compute, their network and its training.
  package let settings: [Change]
  /// The labels; nil where they are the same.
  package let labels: Names?
  /// The characters; nil where they are the same.
  package let alphabet: Names?
  /// What they come from.
  package let data: [Change]
  /// What they came to on their validation examples.
  package let metrics: [Change]
  /// Bytes of the files that differ.
  package let sizes: [Change]
  /// The weights; nil where they are the same.
  package let weights: WeightDifference?
  /// Names of the files that do not hold the same bytes.
  package let files: [String]

  /// Whether both hold the same bytes in all files.
  package var isIdentical: Bool { files.isEmpty }

  /// Compares two models.
  ///
  /// - Throws: `StorageError` where a file of one cannot be read.
  package init(_ first: ModelBundle, _ second: ModelBundle) throws {
    let (one, other) = (try BundleFacts(first), try BundleFacts(second))
    settings = Self.changes(one.settings, other.settings)
    data = Self.changes(one.data, other.data)
    metrics = Self.changes(one.metrics, other.metrics)
    labels = Self.names(one.labels, other.labels)
    alphabet = Self.names(one.alphabet, other.alphabet)
    let names = Set(first.fileNames).union(second.fileNames).sorted()
    func bytes(_ name: String, of bundle: ModelBundle) throws -> [UInt8]? {
      bundle.contains(name) ? try bundle.data(named: name) : nil
    }
    files = try names.filter { try bytes($0, of: first) != bytes($0, of: second) }
    sizes = files.compactMap { name in
      let (one, other) = (first.size(of: name), second.size(of: name))
      return one == other ? nil : Change(name: name, first: one.map(String.init), second: other.map(String.init))
    }
    weights = try WeightDifference(first, second, files: files)
  }

  private static func changes(_ first: [String: String], _ second: [String: String]) -> [Change] {
    Set(first.keys).union(second.keys).sorted().compactMap { name in
      first[name] == second[name] ? nil : Change(name: name, first: first[name], second: second[name])
    }
  }

  private static func names(_ first: [String], _ second: [String]) -> Names? {
    if first == second { return nil }
    let (known, others) = (Set(first), Set(second))
    return Names(
      counts: [first.count, second.count], onlyFirst: first.filter { !others.contains($0) },
      onlySecond: second.filter { !known.contains($0) })
  }
}

/// What a bundle says of itself, each value under one name.
private struct BundleFacts {
  var settings: [String: String] = [:]
  var data: [String: String] = [:]
  var metrics: [String: String] = [:]
  let labels: [String]
  let alphabet: [String]

  init(_ bundle: ModelBundle) throws {
    labels =
      bundle.contains(ModelFileName.labels)
      ? try bundle.decode(LabelSet.self, named: ModelFileName.labels).labels : []
    alphabet = try bundle.decode(Alphabet.self, named: ModelFileName.alphabet).units
    let results = "training."
    for (path, value) in try Self.leaves(of: ModelFileName.configuration, in: bundle) {
      // What stands beside the settings of the training is what became of it.
      if path.hasPrefix(results), !path.hasPrefix(results + "settings.") {
        metrics[String(path.dropFirst(results.count))] = value
      } else {
        settings[path.split(separator: ".").filter { $0 != "settings" }.joined(separator: ".")] = value
      }
    }
    guard bundle.contains(ModelFileName.provenance) else { return }
    let figures = "metrics."
    for (path, value) in try Self.leaves(of: ModelFileName.provenance, in: bundle) {
      if path.hasPrefix(figures) {
        metrics[String(path.dropFirst(figures.count))] = value
      } else {
        data[path] = value
      }
    }
    if let command = try bundle.provenance()?.command { data["command"] = ModelBundle.Provenance.shown(command) }
  }

  /// The values of a file, each with the names that lead to it; lists count as values.
  private static func leaves(of name: String, in bundle: ModelBundle) throws -> [(path: String, value: String)] {
    // The bundle's own files are JSON; what is none has no values to compare, and differs as a file.
    let root = try bundle.data(named: name).withUnsafeBytes { bytes in try? JSONParser.parse(bytes) }
    return root.map { leaves($0, path: "") } ?? []
  }

  private static func leaves(_ value: JSONValue, path: String) -> [(path: String, value: String)] {
    switch value {
    case .object(let members):
      members.flatMap { leaves($0.value, path: path.isEmpty ? $0.name : "\(path).\($0.name)") }
    case .string(let text): [(path, text)]
    default: [(path, value.text)]
    }
  }
}
