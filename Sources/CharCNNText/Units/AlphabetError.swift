public import CharCNNFiles

/// Why a list of units is no alphabet.
public enum AlphabetError: CharCNNError, Equatable {
  /// A unit has no scalar.
  case emptyUnit(index: Int)
  /// A unit occurs for the second time.
  case duplicateUnit(String, index: Int)
  /// There are more units than indices.
  case tooManyUnits(Int)

  /// What is wrong.
  public var problem: String {
    switch self {
    case .emptyUnit(let index): return "unit \(index) of the alphabet is empty"
    case .duplicateUnit(let unit, let index):
      let scalars = unit.unicodeScalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }
      return "unit \(index) of the alphabet, \(scalars.joined(separator: " ")), occurs twice"
    case .tooManyUnits(let count): return "\(count) units are too many for an alphabet"
    }
  }

  /// Nowhere in particular.
  public var place: String? { nil }

  /// What to do.
  public var advice: String? {
    switch self {
    case .emptyUnit, .duplicateUnit: "restore the file the model was saved with"
    case .tooManyUnits: "raise the minimum count"
    }
  }
}
