internal import CharCNNFiles

/// The table of contents of a bundle, `manifest.json`: which files belong to it, their sizes and checksums.
struct BundleManifest {
  /// What is known about one file.
  struct Entry: Codable {
    /// Bytes.
    let size: Int
    /// The SHA-256 digest in lower-case hexadecimal digits.
    let sha256: String
  }

  static let fileName = "manifest.json"
  static let format = "charcnn"
  /// Far more than any manifest needs, far less than fills the memory.
  static let longest = 16 << 20

  let files: [String: Entry]
  /// The digest of the file; nil of one that is still to be written.
  private(set) var digest: String?

  /// Describes the files that are to be written.
  init(describing bundleFiles: [BundleFile]) {
    files = Dictionary(uniqueKeysWithValues: bundleFiles.map { ($0.name, Self.entry(describing: $0)) })
  }

  /// The same with another file in the place of one.
  init(_ manifest: BundleManifest, replacing file: BundleFile) {
    var files = manifest.files
    files[file.name] = Self.entry(describing: file)
    self.files = files
  }

  private static func entry(describing file: BundleFile) -> Entry {
    Entry(size: file.bytes.count, sha256: SHA256.hexDigest(of: file.bytes))
  }

  /// The manifest as a file.
  func encoded() throws(StorageError) -> BundleFile {
    struct Root: Encodable {
      let format: String
      let version: Int
      let files: [String: Entry]
    }
    return try BundleFile(
      Self.fileName, json: Root(format: Self.format, version: ModelBundle.currentVersion, files: files))
  }

  /// Reads the manifest of the bundle in the folder `bundle` and checks that it makes sense.
  init(readingFrom bundle: String) throws(StorageError) {
    let path = "\(bundle)/\(Self.fileName)"
    let content: FileBytes
    do {
      content = try FileBytes(reading: path, atMost: Self.longest + 1)
    } catch  where error.kind == .missing {
      guard CheckpointFolder.holdsCheckpoints(bundle) else {
        throw Self.notABundle(bundle, "has no \(Self.fileName)")
      }
      throw StorageError(
        .notABundle, path: bundle, problem: "holds the checkpoints of a training, not a model",
        advice: "go on with the training (`TrainingCheckpoint`), which makes the model")
    }
    try self.init(content, path: bundle)
  }

  /// Reads a manifest of the bundle that messages call `bundle`.
  init(_ content: FileBytes, path bundle: String) throws(StorageError) {
    let path = content.path
    guard content.count <= Self.longest else { throw Self.notABundle(path, "is too large for a manifest") }
    let root: JSONValue
    do {
      root = try content.withBytes { bytes throws(JSONParser.Failure) in try JSONParser.parse(bytes) }
    } catch {
      throw StorageError(
        .notABundle, path: path, problem: "is not valid JSON: \(error.text)", advice: "copy the bundle again")
    }
    guard case .object(let members) = root,
      members.contains(where: { $0.name == "format" && $0.value == .string(Self.format) })
    else { throw Self.notABundle(path, "is not the manifest of a CharCNN bundle") }
    // The version first: a newer manifest may say things that look wrong here.
    guard case .integer(let version)? = members.first(where: { $0.name == "version" })?.value, version >= 1 else {
      throw Self.notABundle(path, "has no version")
    }
    guard version <= ModelBundle.currentVersion else {
      throw StorageError(
        .newerVersion, path: bundle,
        problem: "has format version \(version), this program reads up to \(ModelBundle.currentVersion)",
        advice: "update the program")
    }
    guard members.count == 3, case .object(let listed)? = members.first(where: { $0.name == "files" })?.value else {
      throw Self.notABundle(path, "does not list the files properly")
    }
    var files: [String: Entry] = [:]
    for file in listed { files[file.name] = try Self.entry(file, path: path) }
    self.files = files
    digest = content.withBytes { SHA256.hexDigest(of: $0) }
  }

  private static func entry(_ file: JSONValue.Member, path: String) throws(StorageError) -> Entry {
    guard BundleFile.isPlain(file.name), file.name != fileName else {
      throw notABundle(path, "lists \(file.name.inQuotes), which is not a plain file name")
    }
    guard case .object(let fields) = file.value, fields.count == 2,
      case .integer(let size)? = fields.first(where: { $0.name == "size" })?.value, size >= 0,
      case .string(let digest)? = fields.first(where: { $0.name == "sha256" })?.value,
      digest.utf8.count == 64, digest.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { throw notABundle(path, "has no proper size and sha256 for \(file.name.inQuotes)") }
    return Entry(size: size, sha256: digest)
  }

  static func notABundle(_ path: String, _ problem: String) -> StorageError {
    StorageError(
      .notABundle, path: path, problem: problem, advice: "give the path of a model bundle, or copy it again")
  }
}
