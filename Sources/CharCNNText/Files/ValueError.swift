public import CharCNNFiles

/// A value that a program gave and that is out of its range.
public struct ValueError: CharCNNError, Hashable {
  /// What it is the value of.
  public let name: String
  /// What is wrong and what is allowed.
  public let problem: String
  /// What to do; nil where what is allowed says that.
  public let advice: String?

  /// An error about a value.
  public init(_ name: String, problem: String, advice: String? = nil) {
    self.name = name
    self.problem = problem
    self.advice = advice
  }

  /// The name of the value.
  public var place: String? { name }

  /// One line: the name, the problem, and what to do.
  public var description: String { "\(name) \(problemAndAdvice)".onOneLine }
}
