public import CharCNNFiles

extension ModelBundle {
  /// The name of the model card, the one file that may be edited.
  public static let cardName = "README.md"

  /// The text of the model card; nil where there is none.
  public var card: String? { try? String(decoding: data(named: Self.cardName), as: UTF8.self) }

  /// Replaces the model card of the bundle in a folder and renews its seal; all other files stay as they are.
  ///
  /// The card comes first and its seal after it, each in one step: whatever happens in between, the model can be read.
  ///
  /// - Parameters:
  ///   - location: The folder, a path or a URL.
  ///   - text: The new card.
  ///   - overwrite: Whether a card may be replaced that somebody has edited since it was sealed, and whose text is another one.
  /// - Throws: What opening the bundle throws, `exists` for an edited card that is not to be lost, and what writing throws.
  public static func replaceCard(
    of location: some FileLocation, with text: String, overwrite: Bool = false
  ) throws(StorageError) {
    let bundle = try ModelBundle(contentsOf: location)
    let path = "\(bundle.path)/\(cardName)"
    if !bundle.isCardSealed, let edited = bundle.card, edited != text, !overwrite {
      throw StorageError(
        .exists, path: path, problem: "was edited since it was sealed, and its text would be lost",
        advice: "seal it by giving it as the new card, or replace it with `overwrite`")
    }
    let file = BundleFile(cardName, text: text)
    let manifest = BundleManifest(try BundleManifest(readingFrom: bundle.path), replacing: file)
    try AtomicFile.write(file.bytes, to: path, overwrite: true)
    try AtomicFile.write(
      try manifest.encoded().bytes, to: "\(bundle.path)/\(BundleManifest.fileName)", overwrite: true)
  }
}
