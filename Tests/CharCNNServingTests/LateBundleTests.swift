import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

/// What is put into a folder of models while it is served.
@Suite struct LateBundleTests {
  private let folder: TemporaryFolder
  private let registry: ModelRegistry

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("m")
    try folder.makeFolder("m/kinds")
    try Models.classifier.get().write(to: folder.path("m/kinds/9.charcnn"))
    var options = LoadedModel.Options()
    options.threads = 1
    registry = try ModelRegistry([.folder(path: folder.path("m"))], options: options)
  }

  private func addBroken(_ name: String) throws {
    try folder.makeFolder(name)
    _ = try folder.write("{", to: name + "/manifest.json")
  }

  private func isRefused(_ event: ModelRegistry.Event?) -> Bool {
    if case .refused? = event { true } else { false }
  }

  @Test(arguments: [("m/bad.charcnn", "bad", "1"), ("m/kinds/11.charcnn", "kinds", "11")])
  func `a bad bundle takes nothing out of service, and nothing is left of it`(
    path: String, name: String, version: String
  ) throws {
    try addBroken(path)
    let events = registry.refresh()
    #expect(events.count == 1 && isRefused(events.first))
    #expect(registry.isReady && registry.model("kinds")?.version == "9")
    #expect(registry.knows(name, version: version) && registry.statuses.count == 2)
    try folder.delete(path)
    #expect(registry.refresh() == [.forgotten(name: name, version: version)])
    #expect(registry.isReady && !registry.knows(name, version: version) && registry.refresh().isEmpty)
    try Models.other.get().write(to: folder.path(path))
    #expect(registry.refresh() == [.loaded(name: name, version: version, replaced: false)])
  }

  @Test func `a model that was bad at the start counts until it is taken away`() throws {
    try addBroken("m/bad.charcnn")
    let registry = try ModelRegistry([.folder(path: folder.path("m"))])
    #expect(!registry.isReady)
    try folder.delete("m/bad.charcnn")
    #expect(registry.refresh() == [.forgotten(name: "bad", version: "1")] && registry.isReady)
  }

  @Test func `a name that is taken is told once and holds up no other`() throws {
    try folder.makeFolder("m/multi")
    try Models.classifier.get().write(to: folder.path("m/multi/1.charcnn"))
    #expect(registry.refresh() == [.loaded(name: "multi", version: "1", replaced: false)])
    try Models.classifier.get().write(to: folder.path("m/multi.charcnn"))
    try Models.classifier.get().write(to: folder.path("m/new.charcnn"))
    let events = registry.refresh()
    #expect(events.count == 2 && events.contains(.loaded(name: "new", version: "1", replaced: false)), "\(events)")
    guard case .skipped(let problem)? = events.first else {
      Issue.record("\(events)")
      return
    }
    #expect(problem.contains("multi.charcnn") && problem.contains("has the name \"multi\""), "\(problem)")
    #expect(registry.refresh().isEmpty)
    // At the start it is an error: somebody reads it.
    #expect(throws: StorageError.self) { try ModelRegistry([.folder(path: folder.path("m"))]) }
    try folder.delete("m/multi.charcnn")
    #expect(registry.refresh().isEmpty)
    // The folder is away for a time.
    try FileManager.default.moveItem(atPath: folder.path("m"), toPath: folder.path("away"))
    #expect(registry.refresh().contains { if case .skipped = $0 { true } else { false } })
    try FileManager.default.moveItem(atPath: folder.path("away"), toPath: folder.path("m"))
    try Models.classifier.get().write(to: folder.path("m/newest.charcnn"))
    #expect(registry.refresh() == [.loaded(name: "newest", version: "1", replaced: false)])
  }

  @Test func `taking a model out of service is work for another thread than that of the client`() async throws {
    var limits = ServiceLimits()
    // Nobody is let in who would have to wait.
    limits.longRequests = 0
    let router = ServiceRouter(ModelService(registry, limits: limits))
    func status(_ target: String) async throws -> Int {
      await router.response(to: try ServiceRequest("POST", target: "/v2/repository/models/\(target)")).status
    }
    #expect(try await status("kinds/unload") == 429)
    #expect(try await status("kinds/load") == 429)
    // What is not there is told at once.
    #expect(try await status("nobody/unload") == 404)
    #expect(registry.model("kinds") != nil)
  }

  @Test(arguments: [
    ["v9", "v10"], ["1.9", "1.10"], ["01", "1"], ["9", "10"], ["rc2", "1"], ["1.2", "1.2.1"],
    ["2025-9-30", "2025-10-1"],
    ["9", "99999999999999999999", "100000000000000000000"], ["a", "b"],
  ])
  func `the highest version answers`(versions: [String]) throws {
    try folder.delete("m/kinds/9.charcnn")
    for version in versions { try Models.classifier.get().write(to: folder.path("m/kinds/\(version).charcnn")) }
    var options = LoadedModel.Options()
    options.threads = 1
    // As often as the order of a dictionary may differ.
    for _ in 0..<4 {
      let registry = try ModelRegistry([.folder(path: folder.path("m"))], options: options)
      #expect(registry.model("kinds")?.version == versions.last)
      #expect(registry.statuses.map(\.version) == versions)
    }
  }
}
