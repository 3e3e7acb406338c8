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

/// What is needed to serve models alone.
func server(_ product: String, of package: String) -> Target.Dependency {
  .product(name: product, package: package, condition: .when(traits: ["Server"]))
}

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
    .trait(
      name: "Server", description: "The command charcnn serve, and the web server that it needs.",
      enabledTraits: ["Tool"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    // Without its own default traits, which bring all of Foundation.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.25.0", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.9.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.8.0"),
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
    .target(
      name: "CharCNNServer",
      dependencies: [
        "CharCNN", "CharCNNCompute", "CharCNNFiles", "CharCNNServing",
        server("Hummingbird", of: "hummingbird"), server("HummingbirdCore", of: "hummingbird"),
        server("HummingbirdTLS", of: "hummingbird"),
        server("HTTPTypes", of: "swift-http-types"), server("Logging", of: "swift-log"),
        server("CoreMetrics", of: "swift-metrics"), server("NIOCore", of: "swift-nio"),
        server("NIOHTTP1", of: "swift-nio"), server("NIOExtras", of: "swift-nio-extras"),
        server("NIOHTTPTypes", of: "swift-nio-extras"), server("NIOHTTPTypesHTTP1", of: "swift-nio-extras"),
        server("NIOSSL", of: "swift-nio-ssl"),
        server("ServiceLifecycle", of: "swift-service-lifecycle"),
        server("UnixSignals", of: "swift-service-lifecycle"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "CharCNNTool",
      dependencies: [
        "CharCNN", "CharCNNCompute", "CharCNNEvaluation", "CharCNNFiles", "CharCNNNetworks", "CharCNNStorage",
        "CharCNNText", "CharCNNTraining",
        .target(name: "CharCNNServer", condition: .when(traits: ["Server"])),
        .target(name: "CharCNNServing", condition: .when(traits: ["Server"])),
        server("Logging", of: "swift-log"), server("CoreMetrics", of: "swift-metrics"),
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
    .target(
      name: "ServingSupport", dependencies: ["CharCNNToolkit"], path: "Tests/ServingSupport",
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNServingTests",
      dependencies: ["CharCNNServing", "CharCNNToolkit", "CharCNNFiles", "ServingSupport", "TestSupport"],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNServerTests",
      dependencies: [
        "CharCNNServer", "CharCNNServing", "CharCNNToolkit", "CharCNNCompute", "CharCNNFiles", "ServingSupport",
        "TestSupport", server("CoreMetrics", of: "swift-metrics"), server("Logging", of: "swift-log"),
      ],
      swiftSettings: swiftSettings),
    .testTarget(
      name: "CharCNNToolTests", dependencies: ["CharCNNTool", "CharCNN", "CharCNNToolkit", "TestSupport"],
      swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c17
)
