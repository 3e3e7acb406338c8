// swift-tools-version: 6.2
import PackageDescription

/// Imports stay internal unless a public declaration needs them, and every existential is spelled `any`.
let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A debug build computes with the code of a release build: without optimisation the kernels take more than ten times as long,
/// and an app that is debugged would wait for every prediction.
let kernelSettings: [CSetting] = [.unsafeFlags(["-O3"], .when(configuration: .debug))]

/// Rooms that never touch a raw pointer also ask the compiler to prove it.
let memorySafeSettings = swiftSettings + [.strictMemorySafety()]

let package = Package(
  name: "CharCNN",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "CharCNN", targets: ["CharCNN"]),
    .library(name: "CharCNNToolkit", targets: ["CharCNNToolkit"]),
    .executable(name: "charcnn", targets: ["CharCNNTool"]),
  ],
  traits: [
    .default(enabledTraits: ["Tool"]),
    .trait(name: "Tool", description: "The command line tool charcnn, and the parser of arguments that it needs."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0")
  ],
  targets: [
    .target(name: "CKernels", cSettings: kernelSettings),
    .target(name: "CSHA256", cSettings: kernelSettings),
    .target(name: "CharCNNFiles", dependencies: ["CSHA256"], swiftSettings: swiftSettings),
    .target(name: "CharCNNCompute", dependencies: ["CKernels", "CharCNNFiles"], swiftSettings: swiftSettings),
    .target(name: "CharCNNText", dependencies: ["CharCNNFiles"], swiftSettings: swiftSettings),
    .target(name: "CharCNNStorage", dependencies: ["CharCNNFiles"], swiftSettings: swiftSettings),
    .target(name: "CharCNNEvaluation", dependencies: ["CharCNNFiles"], swiftSettings: memorySafeSettings),
    .target(
      name: "CharCNNNetworks",
      dependencies: ["CharCNNCompute", "CharCNNFiles"],
      swiftSettings: swiftSettings),
    .target(
      name: "CharCNNTraining",
      dependencies: [
        "CharCNNCompute", "CharCNNNetworks", "CharCNNText", "CharCNNEvaluation", "CharCNNFiles",
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "CharCNN",
      dependencies: [
        "CharCNNCompute", "CharCNNNetworks", "CharCNNText", "CharCNNEvaluation", "CharCNNStorage",
        "CharCNNTraining", "CharCNNFiles",
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "CharCNNToolkit",
      dependencies: [
        "CharCNN", "CharCNNCompute", "CharCNNEvaluation", "CharCNNNetworks", "CharCNNStorage", "CharCNNText",
        "CharCNNTraining",
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "CharCNNServing",
      dependencies: ["CharCNN", "CharCNNCompute", "CharCNNFiles", "CharCNNStorage", "CharCNNText"],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "CharCNNTool",
      dependencies: [
        "CharCNN", "CharCNNCompute", "CharCNNEvaluation", "CharCNNFiles", "CharCNNNetworks", "CharCNNStorage",
        "CharCNNText", "CharCNNTraining",
        .product(name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["Tool"])),
      ],
      swiftSettings: swiftSettings),
    .target(
      name: "TestSupport", dependencies: ["CharCNNCompute"], path: "Tests/TestSupport", swiftSettings: swiftSettings),
    .testTarget(name: "CKernelsTests", dependencies: ["CKernels", "TestSupport"], swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNComputeTests", dependencies: ["CharCNNCompute", "TestSupport"], resources: [.copy("Fixtures")],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNFilesTests", dependencies: ["CharCNNFiles", "TestSupport"], swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNTextTests", dependencies: ["CharCNNText", "CharCNNFiles", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNStorageTests", dependencies: ["CharCNNStorage", "TestSupport"], swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNEvaluationTests", dependencies: ["CharCNNEvaluation"], exclude: ["correlations.py"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNNetworksTests",
      dependencies: ["CharCNNTraining", "CharCNNNetworks", "CharCNNCompute", "CharCNNStorage", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNTrainingTests",
      dependencies: [
        "CharCNNTraining", "CharCNNNetworks", "CharCNNCompute", "CharCNNEvaluation", "CharCNNText", "TestSupport",
      ],
      swiftSettings: swiftSettings),
    .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
    .testTarget(
      name: "CharCNNTests",
      dependencies: ["CharCNN", "CharCNNToolkit", "CharCNNFiles", "CAllocationCount", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNServingTests", dependencies: ["CharCNNServing", "CharCNNToolkit", "CharCNNFiles", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNToolTests", dependencies: ["CharCNNTool", "CharCNN", "CharCNNToolkit", "TestSupport"],
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
