/// Workspaces for any number of threads: each caller has one to itself, and memory that is warm is used again.
public final class WorkspacePool: Sendable {
  private let idle = Guarded<[Workspace]>([])

  /// An empty pool.
  public init() {}

  /// Runs `body` with a workspace that no one else uses.
  public func withWorkspace<R>(_ body: (Workspace) throws -> R) rethrows -> R {
    let workspace = idle.withLock { $0.popLast() } ?? Workspace()
    defer {
      workspace.reset()
      idle.withLock { $0.append(workspace) }
    }
    return try body(workspace)
  }
}
