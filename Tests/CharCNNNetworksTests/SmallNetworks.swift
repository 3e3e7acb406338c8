import CharCNNNetworks
import Testing

/// A network small enough for finite differences, with some settings changed: `filters=8 widths=2,3`.
func small(_ changes: String = "") -> GatedConfiguration {
  var configuration = GatedConfiguration()
  configuration.alphabetSize = 5
  configuration.classes = 2
  configuration.embedding = 3
  configuration.filters = 4
  configuration.blocks = 2
  configuration.normalization = .none
  configuration.characterDropout = 0
  configuration.blockDropout = 0
  configuration.dropout = 0
  for change in changes.split(separator: " ") {
    let parts = change.split(separator: "=").map(String.init)
    do {
      try configuration.set(parts[0], to: parts[1])
    } catch {
      Issue.record("\(change): \(error)")
    }
  }
  return configuration
}

/// Texts with everything that needs care: none, one character, padding, repeated characters, unequal lengths.
let awkwardTexts: [ArraySlice<Int32>] = [[], [2], [1, -1, 3, 0, 4, 4, 2], [3, 1], [0, 3, 1, 2, 0, 1, 1, 4, 2]]
