import CharCNNStorage

/// A small bundle with a file of each kind.
enum SampleBundle {
  static let weights: [Float] = [0.5, -1, 2, 4]

  static func files(note: String = "A model.\n") throws -> [BundleFile] {
    [
      BundleFile(
        "model.safetensors",
        bytes: try SafetensorsWriter.bytes([("w", [2, 2], weights)], metadata: ["format": "charcnn"])),
      try BundleFile("labels.json", json: ["de", "en", "中文"]),
      BundleFile("README.md", text: note),
      BundleFile("empty.txt", text: ""),
    ]
  }
}
