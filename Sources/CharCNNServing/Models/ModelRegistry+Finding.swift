internal import CharCNNFiles
internal import CharCNNStorage

// Where bundles are.
extension ModelRegistry {
  /// All bundles of some sources, those that were named first.
  ///
  /// - Parameter refused: Receives why something is left out: its name is taken, or a folder cannot be read.
  static func find<Failure: Error>(
    _ sources: [Source], refused: (StorageError) throws(Failure) -> Void
  ) throws(Failure) -> [(place: Place, path: String, isNamed: Bool)] {
    var found: [(place: Place, path: String, isNamed: Bool)] = []
    func add(_ name: String, _ version: String, _ path: String, isNamed: Bool) throws(Failure) {
      if let other = found.first(where: { $0.place.name == name && ($0.place.version == version || isNamed) }) {
        try refused(
          StorageError(
            .exists, path: path, problem: "has the name \"\(name)\", which \(other.path) has too",
            advice: isNamed || other.isNamed
              ? "give the bundle that is named another name (--name)" : "give one of the folders another name"))
        return
      }
      found.append((Place(name: name, version: version), path, isNamed))
    }
    for case .bundle(let path, let name) in sources {
      let own = FilePath.parts(FilePath.absolute(path)).last ?? path
      // Where a word such as "english" means a model that came with the program, it is that one's folder that is looked at again.
      try add(name ?? bundleName(own), onlyVersion, ShippedModels.place(of: path), isNamed: true)
    }
    for case .folder(let path) in sources {
      guard let names = Directory.names(of: path) else {
        try refused(
          StorageError(
            .missing, path: path, problem: "is no folder that can be read", advice: "give a folder of models"))
        continue
      }
      for name in names.sorted() where !name.hasPrefix(".") {
        let own = FilePath.join(path, name)
        guard FilePath.isFolder(own) else { continue }
        if name.hasSuffix(bundleEnding) {
          try add(bundleName(name), onlyVersion, own, isNamed: false)
        } else {
          for version in (Directory.names(of: own) ?? []).sorted()
          where !version.hasPrefix(".") && version.hasSuffix(bundleEnding) {
            try add(name, bundleName(version), FilePath.join(own, version), isNamed: false)
          }
        }
      }
    }
    return found
  }

  private static let bundleEnding = ".charcnn"

  private static func bundleName(_ folder: String) -> String {
    folder.hasSuffix(bundleEnding) && folder.count > bundleEnding.count
      ? String(folder.dropLast(bundleEnding.count)) : folder
  }
}
