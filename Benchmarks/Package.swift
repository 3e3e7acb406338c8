// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let library = Target.Dependency.product(name: "CharCNN", package: "CharCNN")

/// A package of its own, so that users of CharCNN never resolve or build the benchmarks.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "CharCNN", path: "..")],
  targets: [
    .executableTarget(
      name: "KernelBenchmarks",
      dependencies: [.product(name: "CharCNNCompute", package: "CharCNN")],
      swiftSettings: swiftSettings),
    .target(name: "BenchmarkSupport", dependencies: [library], swiftSettings: swiftSettings),
    .executableTarget(name: "LossRun", dependencies: ["BenchmarkSupport", library], swiftSettings: swiftSettings),
    .executableTarget(
      name: "CompareWorker", dependencies: ["BenchmarkSupport", library], swiftSettings: swiftSettings),
    .executableTarget(name: "PredictionBenchmarks", dependencies: [library], swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
