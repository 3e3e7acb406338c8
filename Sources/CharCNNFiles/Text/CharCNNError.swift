#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An error of this library: what is wrong, where, and what to do about it, in words that a user can act on.
///
/// All errors that the library throws are such, but for `CancellationError`. The texts put names of options and
/// settings in backquotes (U+0060), so that a program can write them as its users know them.
public protocol CharCNNError: LocalizedError, CustomStringConvertible, Sendable {
  /// What is wrong.
  var problem: String { get }
  /// Where: a file, with line and column where they are known, or the name of a setting; nil where it is nowhere in
  /// particular.
  var place: String? { get }
  /// What to do about it.
  var advice: String { get }
}

extension CharCNNError {
  /// One line: where, what, and what to do. Control characters are spelled out, so that a hostile name cannot break the line.
  public var description: String {
    ((place.map { "\($0): " } ?? "") + "\(problem); \(advice)").onOneLine
  }

  /// The same as ``description``.
  public var errorDescription: String? { description }
  /// The problem.
  public var failureReason: String? { problem }
  /// The advice.
  public var recoverySuggestion: String? { advice }
  /// None.
  public var helpAnchor: String? { nil }
}
