import CharCNNServing
import CharCNNToolkit
import Foundation
import ServingSupport
import TestSupport
import Testing

@Suite struct ModelRegistryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func label(_ registry: ModelRegistry, _ name: String? = nil, version: String? = nil) async throws -> String? {
    let model = try #require(registry.model(name, version: version))
    guard case .label(let answer)? = try await model.answers(to: [Question("apple and plum 3")]).first else {
      return nil
    }
    return answer.label
  }

  private func registry(_ sources: ModelRegistry.Source...) throws -> ModelRegistry {
    var options = LoadedModel.Options()
    options.threads = 1
    return try ModelRegistry(sources, options: options)
  }

  @Test func `models have the names of their folders, or others, and the first one answers for none`() async throws {
    try Models.classifier.get().write(to: folder.path("fruit.charcnn"))
    try Models.other.get().write(to: folder.path("other.charcnn"))
    let registry = try registry(
      .bundle(path: folder.path("fruit.charcnn"), name: nil), .bundle(path: folder.path("other.charcnn"), name: "more"))
    #expect(registry.firstName == "fruit" && registry.isReady)
    #expect(registry.statuses.map(\.name) == ["fruit", "more"] && registry.statuses.allSatisfy { $0.version == "1" })
    #expect(try await label(registry) == "fruit")
    #expect(try await label(registry, "more") == "soft")
    #expect(registry.model("other") == nil && registry.model("fruit", version: "2") == nil)
    let same = #expect(throws: StorageError.self) {
      try self.registry(
        .bundle(path: folder.path("fruit.charcnn"), name: nil),
        .bundle(path: folder.path("other.charcnn"), name: "fruit"))
    }
    #expect(same?.problem.contains("has the name \"fruit\"") == true)
  }

  @Test func `a folder has models and versions, and one that is broken holds up no other`() async throws {
    try folder.makeFolder("m")
    try Models.classifier.get().write(to: folder.path("m/fruit.charcnn"))
    try folder.makeFolder("m/kinds")
    try Models.classifier.get().write(to: folder.path("m/kinds/9.charcnn"))
    try Models.other.get().write(to: folder.path("m/kinds/10.charcnn"))
    try folder.makeFolder("m/broken.charcnn")
    _ = try folder.write("{}", to: "m/broken.charcnn/manifest.json")
    _ = try folder.write("notes", to: "m/readme.txt")
    let registry = try registry(.folder(path: folder.path("m")))
    #expect(try await label(registry, "kinds") == "soft")
    #expect(try await label(registry, "kinds", version: "9") == "fruit")
    #expect(registry.statuses.map(\.version) == ["1", "1", "9", "10"])
    let broken = try #require(registry.statuses.first)
    #expect(broken.name == "broken" && !broken.isReady && broken.problem?.contains("manifest") == true)
    #expect(!registry.isReady && registry.knows("broken") && registry.model("broken") == nil)
    try folder.delete("m/broken.charcnn")
    try Models.classifier.get().write(to: folder.path("m/broken.charcnn"))
    #expect(registry.refresh() == [.loaded(name: "broken", version: "1", replaced: false)])
    #expect(registry.isReady && registry.refresh().isEmpty)
    // A version that stays away gives its place to the one before; the only one is kept.
    try folder.delete("m/kinds/10.charcnn")
    #expect(registry.refresh() == [.missing(name: "kinds", version: "10")])
    #expect(try await label(registry, "kinds") == "soft")
    #expect(registry.refresh() == [.removed(name: "kinds", version: "10")])
    #expect(try await label(registry, "kinds") == "fruit")
    try folder.delete("m/kinds/9.charcnn")
    #expect(registry.refresh() == [.missing(name: "kinds", version: "9")] && registry.refresh().isEmpty)
    #expect(try await label(registry, "kinds") == "fruit")
    try folder.makeFolder("empty")
    #expect(throws: StorageError.self) { try self.registry(.folder(path: folder.path("empty"))) }
    #expect(throws: StorageError.self) { try self.registry(.folder(path: folder.path("nowhere"))) }
    #expect(throws: StorageError.self) { try self.registry(.bundle(path: folder.path("m/kinds"), name: nil)) }
  }

  @Test func `a model that came with the program is looked at again as any other`() throws {
    let corpus = try folder.write("They won the game\nWe cook noodles\n", to: "corpus.txt")
    var options = LoadedModel.Options()
    options.threads = 1
    options.indexes = ["english": .init(path: corpus)]
    let registry = try ModelRegistry([.bundle(path: "english", name: nil)], options: options)
    #expect(registry.firstName == "english" && registry.refresh().isEmpty)
    _ = try folder.write("They won the game\nWe cook noodles\nPrices fall\n", to: "corpus.txt")
    #expect(registry.refresh() == [.loaded(name: "english", version: "1", replaced: true)])
    #expect(registry.refresh().isEmpty)
  }

  @Test func `a replaced bundle takes the place of the old one, which its users keep; a bad one does not`() async throws
  {
    let path = folder.path("m.charcnn")
    try Models.classifier.get().write(to: path)
    let registry = try registry(.bundle(path: path, name: nil))
    let old = try #require(registry.model())
    #expect(registry.refresh().isEmpty)
    try Models.other.get().write(to: path, overwrite: true)
    #expect(try await label(registry) == "fruit")
    #expect(registry.refresh() == [.loaded(name: "m", version: "1", replaced: true)])
    #expect(try await label(registry) == "soft")
    guard case .label(let answer)? = try await old.answers(to: [Question("apple and plum 3")]).first else { return }
    #expect(answer.label == "fruit")
    // Half of a file, as a copy that is under way has it.
    let weights = "m.charcnn/ngrams.safetensors"
    let whole = try folder.read(weights)
    _ = try folder.write(whole.prefix(100), to: weights)
    guard case .refused(_, _, let problem)? = registry.refresh().first else {
      Issue.record("a broken bundle was taken")
      return
    }
    #expect(problem.contains("ngrams.safetensors: has 100 bytes"), "\(problem)")
    #expect(registry.refresh().isEmpty, "told once")
    #expect(try await label(registry) == "soft")
    // The log has the whole path, clients have what stands in the bundle.
    let told = try #require(registry.statuses[0].problem)
    #expect(registry.statuses[0].isReady && told.hasPrefix("m.charcnn/ngrams.safetensors: "), "\(told)")
    #expect(problem.hasSuffix(told) && problem.hasPrefix(path), "\(problem)")
    // The copy ends: it is the model that is there already, and the log says that all is well again.
    _ = try folder.write(whole, to: weights)
    #expect(registry.refresh() == [.loaded(name: "m", version: "1", replaced: true)])
    #expect(registry.refresh().isEmpty && registry.statuses[0].problem == nil)
    try folder.delete("m.charcnn")
    #expect(registry.refresh() == [.missing(name: "m", version: "1")] && registry.refresh().isEmpty)
    #expect(try await label(registry) == "soft")
  }

  @Test func `models are taken out of service and come back`() async throws {
    let path = folder.path("m.charcnn")
    try Models.classifier.get().write(to: path)
    let registry = try registry(.bundle(path: path, name: nil))
    #expect(registry.unload("m") == [.unloaded(name: "m", version: "1")] && registry.unload("other").isEmpty)
    #expect(registry.model() == nil && registry.knows("m") && registry.statuses[0].problem == "unloaded")
    #expect(registry.refresh().isEmpty && registry.model() == nil)
    #expect(registry.load("m") == [.loaded(name: "m", version: "1", replaced: false)])
    #expect(try await label(registry) == "fruit")
    #expect(registry.load("other").isEmpty)
  }

  @Test func `while bundles are replaced every answer is that of one of them`() async throws {
    let path = folder.path("m.charcnn")
    try Models.classifier.get().write(to: path)
    let registry = try registry(.bundle(path: path, name: nil))
    let (isDone, asked) = (Guarded(false), Guarded(0))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          while !isDone.withLock({ $0 }) {
            let label = try await label(registry)
            #expect(label == "fruit" || label == "soft")
            asked.withLock { $0 += 1 }
            await Task.yield()
          }
        }
      }
      for round in 0..<12 {
        try (round % 2 == 0 ? Models.other : Models.classifier).get().write(to: path, overwrite: true)
        #expect(registry.refresh() == [.loaded(name: "m", version: "1", replaced: true)])
        let now = try await label(registry)
        #expect(now == (round % 2 == 0 ? "soft" : "fruit"))
        // Clients ask between two replacements.
        let before = asked.withLock { $0 }
        while asked.withLock({ $0 }) < before + 8 { try await Task.sleep(for: .milliseconds(1)) }
      }
      isDone.withLock { $0 = true }
      try await group.waitForAll()
    }
  }
}
