// Putting models into service and taking them out.
extension ModelService {
  /// Puts a model into service as it is on disk now, on a thread of its own: it reads files and computes.
  ///
  /// - Returns: What became of each version; none where no such model is known.
  package func load(_ name: String) async throws -> [ModelRegistry.Event] {
    try await changed { $0.load(name) }
  }

  /// Takes all versions of a model out of service, on a thread of its own: it may have to wait until a bundle is opened.
  ///
  /// - Returns: What became of each version; none where no such model is known.
  package func unload(_ name: String) async throws -> [ModelRegistry.Event] {
    // Nobody waits for what is not there.
    registry.knows(name) ? try await changed { $0.unload(name) } : []
  }

  private func changed(
    _ body: @escaping @Sendable (ModelRegistry) -> [ModelRegistry.Event]
  ) async throws -> [ModelRegistry.Event] {
    try await limited { [registry, told] _ in
      let events = body(registry)
      events.forEach(told)
      return events
    }
  }
}
