// swift-tools-version: 6.2
import PackageDescription

/// A package of its own, so that users of CharCNN never resolve or build the fuzz targets. Built by `run` with libFuzzer.
let package = Package(
  name: "Fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "CharCNN", path: "..", traits: [])],
  targets: [
    .executableTarget(
      name: "Fuzz",
      dependencies: [.product(name: "CharCNNToolkit", package: "CharCNN")],
      swiftSettings: [
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("ExistentialAny"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
