package import CharCNNCompute

extension InstructionSet {
  /// The sets that this processor can run, for tests that hold for each.
  package static var available: [InstructionSet] { allCases.filter(\.isAvailable) }
}
