internal import CharCNNFiles

/// Finds what a training reads after it was moved together with the folder of its checkpoints.
struct MovedFiles: Sendable {
  /// Where the checkpoints are.
  let folder: String
  /// Where they were when they were written; nil where nothing says it.
  let former: String?

  /// - Parameters:
  ///   - folder: Where the checkpoints are.
  ///   - run: What they say of the run. Programs before the member `folder` told the bundle's place only, beside which
  ///     checkpoints stand unless they are sent elsewhere.
  init(folder: String, run: RunDescription) {
    self.folder = FilePath.absolute(folder)
    former = run.folder ?? run.userInfo["output"].map { $0 + ".checkpoint" }
  }

  /// Where a file or folder is now: where it was, or else at the same place as seen from the checkpoints, or else beside
  /// them.
  ///
  /// - Returns: Nil where it is at none of these.
  func place(of path: String) -> String? {
    let candidates = [path, relocated(path), beside(path)].compactMap { $0 }
    return candidates.first(where: FilePath.exists)
  }

  /// The path that is to the checkpoints what the former one was to them; nil where the two had no folder in common, so that
  /// they cannot have moved together.
  func relocated(_ path: String) -> String? {
    guard let former else { return nil }
    let (old, wanted) = (FilePath.parts(former), FilePath.parts(path))
    let common = zip(old, wanted).prefix { $0 == $1 }.count
    var now = FilePath.parts(folder)
    let up = old.count - common
    guard common > 1, up > 0, now.count > up else { return nil }
    now.removeLast(up)
    return FilePath.path(of: now + wanted[common...])
  }

  /// Where a file is to be written: at its path, unless its folder went away and there is one at the relocated path.
  func destination(_ path: String) -> String {
    func hasFolder(_ path: String) -> Bool {
      FilePath.exists(FilePath.folder(of: path))
    }
    if hasFolder(path) { return path }
    return relocated(path).flatMap { hasFolder($0) ? $0 : nil } ?? path
  }

  private func beside(_ path: String) -> String? {
    FilePath.parts(path).last.map { FilePath.path(of: FilePath.parts(folder).dropLast() + [$0]) }
  }
}
