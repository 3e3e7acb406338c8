public import CharCNNCompute
internal import CharCNNNetworks
public import CharCNNText

/// Which tag may follow which: what a scheme of spans forbids has no probability in prediction.
public struct TagConstraints: Sendable {
  /// So little that no forbidden sequence can be the best, and still a float whose sums are exact enough.
  private static let penalty: Float = -10_000
  private let penalties: [Float]
  private let tags: Int
  /// Whether anything is forbidden.
  public let isEmpty: Bool

  /// The constraints of a scheme on these tags.
  public init(labels: [String], scheme: TagScheme) {
    tags = labels.count
    func penalty(_ next: String?, _ before: String?) -> Float { scheme.allows(next, after: before) ? 0 : Self.penalty }
    penalties =
      labels.flatMap { before in labels.map { penalty($0, before) } } + labels.map { penalty($0, nil) }
      + labels.map { penalty(nil, $0) }
    isEmpty = penalties.allSatisfy { $0 == 0 }
  }

  /// Whether nothing in a sequence of tags is forbidden.
  public func allow(_ path: [Int32]) -> Bool {
    guard !isEmpty, let first = path.first, let last = path.last else { return true }
    func isFree(_ row: Int, _ tag: Int32) -> Bool { penalties[row * tags + Int(tag)] == 0 }
    return isFree(tags, first) && isFree(tags + 1, last)
      && zip(path, path.dropFirst()).allSatisfy { isFree(Int($0), $1) }
  }

  /// A chain without what is forbidden; the workspace holds it.
  public func applied(to chain: TagChain, device: any Device, workspace: Workspace) -> TagChain {
    if isEmpty { return chain }
    let all = workspace.tensor(rows: tags + 2, columns: tags)
    device.write(penalties, to: all)
    let result = TagChain(
      transitions: all.rows(0..<tags), start: all.rows(tags..<tags + 1), end: all.rows(tags + 1..<tags + 2))
    device.add(chain.transitions, to: result.transitions)
    device.add(chain.start.reshaped(rows: 1, columns: tags), to: result.start)
    device.add(chain.end.reshaped(rows: 1, columns: tags), to: result.end)
    return result
  }
}
