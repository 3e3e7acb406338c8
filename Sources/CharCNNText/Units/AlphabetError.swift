#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Why a list of units is no alphabet.
public enum AlphabetError: Error, Equatable, CustomStringConvertible, LocalizedError, Sendable {
  /// A unit has no scalar.
  case emptyUnit(index: Int)
  /// A unit occurs for the second time.
  case duplicateUnit(String, index: Int)
  /// There are more units than indices.
  case tooManyUnits(Int)

  /// One line that says what is wrong and what to do.
  public var description: String {
    switch self {
    case .emptyUnit(let index):
      return "unit \(index) of the alphabet is empty; restore the file the model was saved with"
    case .duplicateUnit(let unit, let index):
      let scalars = unit.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }
      return "unit \(index) of the alphabet, \(scalars.joined(separator: " ")), occurs twice; "
        + "restore the file the model was saved with"
    case .tooManyUnits(let count):
      return "\(count) units are too many for an alphabet; raise the minimum count"
    }
  }

  /// The same as ``description``.
  public var errorDescription: String? { description }
}
