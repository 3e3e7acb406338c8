public import CharCNNFiles

/// A model bundle: a folder of files with a manifest that tells their sizes and checksums.
///
/// Opening checks every file listed, so whatever is read afterwards is what was written. Files that the manifest does not
/// list, such as a user's notes or what a file manager drops, are ignored: they are never read. Symbolic links to files
/// are followed, as download caches use them; what they point to must still match its checksum. The model card is the one
/// exception: nothing is computed from it, so its owner may edit it, and ``isCardSealed`` says whether it is as it was written.
public struct ModelBundle: Sendable {
  /// The version of the format that is written, and the newest that is read.
  public static let currentVersion = 1

  /// The table of contents of a bundle, with the checksums of all its files.
  package static var manifestName: String { BundleManifest.fileName }

  /// The folder, or what messages call the archive.
  public let path: String
  /// Whether the model card is as it was written; false where somebody has edited or deleted it since.
  public let isCardSealed: Bool
  /// The SHA-256 digest of the manifest, which has those of all files: two bundles with the same one are the same, but for a card that somebody
  /// edited.
  package let digest: String
  private let contents: [String: FileBytes]

  /// Opens and checks the bundle in a folder, a path or a URL, or a model that goes by a name: `english` is one that comes with the program, where
  /// nothing else is at this path. Such models are looked for in the folders of `CHARCNN_MODELS`, beside the executable, in `share/charcnn` beside its
  /// folder, and in `Models` of the checkout that it was built from.
  ///
  /// Throws `missing`, `notABundle`, `newerVersion`, `truncated` or `corrupted`.
  public init(contentsOf location: some FileLocation) throws(StorageError) {
    let path = ShippedModels.place(of: location.filePath)
    guard try Folder.isThere(path) else { throw BundleManifest.notABundle(path, "is not a folder") }
    try self.init(path: path, manifest: BundleManifest(readingFrom: path)) { name throws(StorageError) in
      try FileBytes(mapping: "\(path)/\(name)")
    }
  }

  /// Opens and checks the bundle in a folder, reading all of it into memory, so that nothing that happens to its files later matters: for programs
  /// that run for long.
  ///
  /// Throws as ``init(contentsOf:)``.
  package init(reading location: String) throws(StorageError) {
    let path = ShippedModels.place(of: location)
    guard try Folder.isThere(path) else { throw BundleManifest.notABundle(path, "is not a folder") }
    try self.init(path: path, manifest: BundleManifest(readingFrom: path)) { name throws(StorageError) in
      try FileBytes(reading: "\(path)/\(name)")
    }
  }

  /// Opens and checks a bundle in memory: what `archive(_:)` made of its files, or `tar` of its folder, uncompressed, in any
  /// of the formats ustar, pax and GNU.
  ///
  /// The model is what lies beside `manifest.json`. Links to its files are refused, since what they point to may not be in
  /// the archive, and so is an archive with a path that leads out of it.
  ///
  /// Throws `notABundle`, `newerVersion`, `truncated` or `corrupted`.
  public init(archive bytes: some Sequence<UInt8>) throws(StorageError) {
    let path = "(memory)"
    let folder = try TarFolder(in: Array(bytes), name: path)
    let manifest = try BundleManifest(folder.file(BundleManifest.fileName), path: path)
    try self.init(path: path, manifest: manifest, file: folder.file)
  }

  private init(
    path: String, manifest: BundleManifest, file open: (_ name: String) throws(StorageError) -> FileBytes
  ) throws(StorageError) {
    var contents: [String: FileBytes] = [:]
    var isCardSealed = true
    for (name, entry) in manifest.files.sorted(by: { $0.key < $1.key }) {
      if name == Self.cardName {
        contents[name] = try? open(name)
        isCardSealed =
          contents[name]?.count == entry.size
          && contents[name]?.withBytes { SHA256.hexDigest(of: $0) } == entry.sha256
        continue
      }
      let file = try open(name)
      guard file.count == entry.size else {
        throw StorageError(
          .truncated, path: file.path, problem: "has \(file.count) bytes, the manifest says \(entry.size)",
          advice: "copy the bundle again")
      }
      guard file.withBytes({ SHA256.hexDigest(of: $0) }) == entry.sha256 else {
        throw StorageError(
          .corrupted, path: file.path, problem: "does not match its checksum in the manifest",
          advice: "copy the bundle again")
      }
      contents[name] = file
    }
    self.path = path
    self.contents = contents
    self.isCardSealed = isCardSealed
    digest = manifest.digest ?? ""
  }

  /// The names of the files in alphabetical order, without the manifest.
  public var fileNames: [String] { contents.keys.sorted() }

  /// Whether the bundle has a file of this name.
  public func contains(_ name: String) -> Bool { contents[name] != nil }

  /// The number of bytes of a file; nil for one that the bundle does not have.
  package func size(of name: String) -> Int? { contents[name]?.count }

  /// A copy of the bytes of a file. Throws `missing`.
  public func data(named name: String) throws(StorageError) -> [UInt8] {
    try file(name).withBytes { Array($0) }
  }

  /// A value from a JSON file. Throws `missing` or `invalidJSON`, which names the file and the place in it.
  public func decode<Value: Decodable>(_ type: Value.Type, named name: String) throws(StorageError) -> Value {
    try CanonicalJSON.decode(type, from: data(named: name), path: file(name).path)
  }

  /// The tensors of a safetensors file, mapped into memory. Throws `missing`, or `invalidHeader` and its kin.
  public func safetensors(named name: String = "model.safetensors") throws(StorageError) -> SafetensorsFile {
    try SafetensorsFile(file(name))
  }

  private func file(_ name: String) throws(StorageError) -> FileBytes {
    guard let file = contents[name] else {
      throw StorageError(
        .missing, path: "\(path)/\(name)", problem: "is not part of the bundle",
        advice: "give a bundle of the right kind")
    }
    return file
  }
}
