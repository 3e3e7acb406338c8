/// A value that a program gave and that is out of its range.
public struct ValueError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What it is the value of.
  public let name: String
  /// What is wrong and what is allowed.
  public let problem: String

  /// An error about a value.
  public init(_ name: String, problem: String) {
    self.name = name
    self.problem = problem
  }

  /// One line: the name and the problem.
  public var description: String { "\(name) \(problem)" }
}
