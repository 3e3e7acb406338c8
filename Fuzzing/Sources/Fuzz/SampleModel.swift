import CharCNNToolkit
import Foundation

/// A very small model that was trained on made-up texts.
struct SampleModel {
  static let shared: SampleModel = {
    do { return try SampleModel() } catch { preconditionFailure("\(error)") }
  }()

  /// All files but the manifest.
  let files: [BundleFile]
  private let manifest: [UInt8]

  init() throws {
    var options = ClassificationOptions()
    options.threads = 1
    for assignment in [
      "filters=4", "embedding=4", "blocks=1", "epochs=1", "minimumCount=1", "ngramBits=4", "ngrams=1,2",
    ] {
      try options.set(assignment)
    }
    let texts = (0..<20).map {
      $0 % 2 == 0 ? (text: "red wine \($0)", label: "a") : (text: "cold tea \($0)", label: "b")
    }
    let (classifier, _) = try TextClassifier.train(on: Examples(texts), options: options)
    let path = Scratch.path("sample.charcnn")
    try classifier.write(to: path, overwrite: true)
    let bundle = try ModelBundle(contentsOf: path)
    files = try bundle.fileNames.map { BundleFile($0, bytes: try bundle.data(named: $0)) }
    manifest = Array(try Data(contentsOf: URL(fileURLWithPath: path + "/manifest.json")))
  }

  /// The bytes of a file.
  func content(_ name: String) -> [UInt8] { files.first { $0.name == name }?.bytes ?? manifest }
}
