// swift-tools-version: 6.2
import PackageDescription

let swiftSettings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// All rooms of the library, down to the kernels in C.
let library = Target.Dependency.product(name: "CharCNNToolkit", package: "CharCNN")

/// A package of its own, so that users of CharCNN never resolve or build the benchmarks.
let package = Package(
  name: "Benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "CharCNN", path: "..", traits: [])],
  targets: [
    .executableTarget(name: "KernelBenchmarks", dependencies: [library], swiftSettings: swiftSettings),
    .target(name: "BenchmarkSupport", dependencies: [library], swiftSettings: swiftSettings),
    .executableTarget(name: "LossRun", dependencies: ["BenchmarkSupport", library], swiftSettings: swiftSettings),
    .executableTarget(
      name: "CompareWorker", dependencies: ["BenchmarkSupport", library], swiftSettings: swiftSettings),
    .executableTarget(name: "CancellationBenchmark", dependencies: [library], swiftSettings: swiftSettings),
    .executableTarget(name: "LoadClient", swiftSettings: swiftSettings),
    .executableTarget(name: "PredictionBenchmarks", dependencies: [library], swiftSettings: swiftSettings),
  ],
  swiftLanguageModes: [.v6]
)
