#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An error of this library: what is wrong, where, and what to do about it, in words that a user can act on.
///
/// All errors that the library throws are such, but for `CancellationError`. The texts put names of options,
/// settings and types in backquotes (U+0060), so that a program can write them as its users know them.
public protocol CharCNNError: LocalizedError, CustomStringConvertible, Sendable {
  /// What is wrong.
  var problem: String { get }
  /// Where: a file, with line and column where they are known, or the name of a setting; nil where it is nowhere in
  /// particular.
  var place: String? { get }
  /// What to do about it; nil where the problem says that too, as in "must be at least 1, not 0".
  var advice: String? { get }
}

extension CharCNNError {
  /// What, and what to do.
  package var problemAndAdvice: String { problem + (advice.map { "; \($0)" } ?? "") }

  /// One line: where, what, and what to do. Control characters are spelled out, so that a hostile name cannot break the line.
  public var description: String { ((place.map { "\($0): " } ?? "") + problemAndAdvice).onOneLine }

  /// The same as ``description``.
  public var errorDescription: String? { description }
  /// The problem.
  public var failureReason: String? { problem }
  /// The advice.
  public var recoverySuggestion: String? { advice }
  /// None.
  public var helpAnchor: String? { nil }
}
