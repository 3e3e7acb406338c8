import CharCNNToolkit
import Foundation

extension FuzzTarget {
  /// A safetensors file.
  static let safetensors = FuzzTarget(
    "safetensors",
    seeds: {
      let two = try SafetensorsWriter.bytes(
        [("a", [2, 3], [1, 2, 3, 4, 5, 6]), ("b.weight", [], [7])], metadata: ["format": "pt"])
      return [two, try SafetensorsWriter.bytes([])]
    },
    run: { bytes in
      let file = try SafetensorsFile(bytes: bytes)
      for name in file.names {
        let shape = try file.shape(of: name)
        let type = try file.dtype(of: name)
        let count = try file.withBytes(name) { $0.count }
        check(shape.reduce(type.byteCount, *) == count, "\(name) has other bytes than its shape says")
        if type == .float32 { _ = try file.withFloats(name) { $0.reduce(0, +) } }
      }
      try file.checkFinite()
    })

  /// The manifest of a bundle.
  static let manifest = FuzzTarget(
    "manifest", seeds: { try [SampleModel().content("manifest.json")] },
    run: { bytes in
      let folder = Scratch.emptyFolder("manifest.charcnn")
      for file in SampleModel.shared.files { _ = Scratch.write(file.bytes, to: "manifest.charcnn/\(file.name)") }
      _ = Scratch.write(bytes, to: "manifest.charcnn/manifest.json")
      try use(folder)
    })

  /// `config.json` of a bundle whose other files, and checksums, are right.
  static let configuration = FuzzTarget(
    "config", seeds: { try [SampleModel().content("config.json")] }, run: { try open(replacing: "config.json", by: $0) }
  )

  /// `alphabet.json`.
  static let alphabet = FuzzTarget(
    "alphabet", seeds: { try [SampleModel().content("alphabet.json")] },
    run: { try open(replacing: "alphabet.json", by: $0) })

  /// `labels.json`.
  static let labels = FuzzTarget(
    "labels", seeds: { try [SampleModel().content("labels.json")] }, run: { try open(replacing: "labels.json", by: $0) }
  )

  /// `config.json` of any network, with weights, alphabet and labels made to fit it, so that the network itself runs.
  static let model = FuzzTarget(
    "model",
    seeds: {
      try ["gated", "gated-multikernel", "kim", "zhang-small", "vdcnn-9"].map { name in
        var options = ClassificationOptions()
        do { try options.use(model: name) } catch { throw error }
        for assignment in ["maps=4", "filters=4", "embedding=4", "blocks=1", "hidden=4", "kMax=2", "ngramBits=4"] {
          try? options.set(assignment)
        }
        var configuration = options.architecture.configuration
        configuration.alphabetSize = 5
        configuration.classes = 2
        try options.architecture.use(configuration)
        return try CanonicalJSON.encode(CraftedConfiguration(options))
      }
    },
    run: { bytes in
      let crafted = try CanonicalJSON.decode(CraftedConfiguration.self, from: bytes)
      let sizes = crafted.architecture.configuration
      guard sizes.alphabetSize <= 64, sizes.classes <= 64, crafted.ngrams.ngramBits ?? 0 <= 10 else { return }
      try crafted.ngrams.validate()
      let network = crafted.ngrams.widening(try crafted.architecture.makeNetwork(), classes: sizes.classes)
      guard network.parameters.learnedCount <= 100_000 else { return }
      var weights = SafetensorsWriter()
      for parameter in network.parameters.all {
        let count = parameter.shape.reduce(1, *)
        try weights.add(parameter.name, shape: parameter.shape, (0..<count).map { Float($0 % 7) * 0.1 - 0.25 })
      }
      let units = (1..<max(sizes.alphabetSize, 1)).map { String(UnicodeScalar(UInt8($0 + 32))) }
      try ModelBundle.write(
        to: Scratch.path("model.charcnn"),
        files: [
          BundleFile("config.json", bytes: bytes), BundleFile("alphabet.json", json: ["units": units]),
          BundleFile("labels.json", json: (0..<sizes.classes).map { "\($0)" }),
          BundleFile("model.safetensors", bytes: weights.bytes()),
        ], overwrite: true)
      try use(Scratch.path("model.charcnn"))
    })

  private static func open(replacing name: String, by bytes: [UInt8]) throws {
    let files = SampleModel.shared.files.map { $0.name == name ? BundleFile(name, bytes: bytes) : $0 }
    try ModelBundle.write(to: Scratch.path("model.charcnn"), files: files, overwrite: true)
    try use(Scratch.path("model.charcnn"))
  }

  /// Opens a model; one that opens must answer, with numbers.
  private static func use(_ path: String) throws {
    let classifier = try TextClassifier(contentsOf: path, threads: 1)
    let texts = ["", "a", "some text, and more of it", "\u{4F60}\u{597D}"]
    for hypotheses in classifier.predictions(for: texts, maximumCount: 2) {
      check(hypotheses.allSatisfy { $0.probability.isFinite }, "a probability that is no number")
    }
  }
}

/// What `config.json` holds.
private struct CraftedConfiguration: Codable {
  var version = 1
  var task = "classification"
  var architecture: Architecture
  var ngrams: NgramConfiguration
  var text: TextSettings

  init(_ options: ClassificationOptions) {
    architecture = options.architecture
    ngrams = options.ngrams
    text = options.text
  }
}
