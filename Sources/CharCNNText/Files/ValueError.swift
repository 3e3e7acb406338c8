public import CharCNNFiles

/// A value that a program gave and that is out of its range.
public struct ValueError: CharCNNError, Hashable {
  /// What it is the value of.
  public let name: String
  /// What is wrong and what is allowed.
  public let problem: String

  /// An error about a value.
  public init(_ name: String, problem: String) {
    self.name = name
    self.problem = problem
  }

  /// The name of the value.
  public var place: String? { name }
  /// The problem says what is allowed.
  public var advice: String { "give a value that is allowed" }

  /// One line: the name and the problem.
  public var description: String { "\(name) \(problem)".onOneLine }
}
