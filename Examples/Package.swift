// swift-tools-version: 6.2
import PackageDescription

// Programs of a developer who uses the library, each in a file. A package of their own, so that users never build them.
let settings: [SwiftSetting] = [.enableUpcomingFeature("MemberImportVisibility")]

func program(_ name: String, product: String = "CharCNN") -> Target {
  .executableTarget(name: name, dependencies: [.product(name: product, package: "CharCNN")], swiftSettings: settings)
}

let package = Package(
  name: "Examples",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "CharCNN", path: "..", traits: [])],
  targets: [
    program("TrainingInATask"),
    program("RequestHandler"),
    program("MarkingNames"),
    program("SemanticSearch"),
    program("OwnNetwork", product: "CharCNNToolkit"),
  ],
  swiftLanguageModes: [.v6]
)
