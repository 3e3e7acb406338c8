public import ArgumentParser
public import CharCNN

/// What the arithmetic runs on.
struct ComputingArguments: ParsableArguments {
  // Unconditional, so that a negative number is taken for a number and refused as one.
  @Option(parsing: .unconditional, help: "Number of threads. (default: one a core)")
  var threads: Int?

  @Option(help: "Vector instructions. (default: the best of this processor)")
  var instructions: InstructionSet?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be 1 to 1024, not \(threads)")
    }
    if let instructions, !instructions.isAvailable {
      let available = InstructionSet.allCases.filter(\.isAvailable).map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "--instructions: this processor cannot run \(instructions.rawValue); it can run \(available)")
    }
  }

  /// Opens a model of any task for its vectors.
  func featureExtractor(_ path: String) throws -> any FeatureExtractor {
    try ModelBundle.open(path).featureExtractor(threads: threads, instructions: instructions ?? .best)
  }

  /// Makes a classifier of a bundle.
  func classifier(_ bundle: ModelBundle) throws -> TextClassifier {
    try TextClassifier(bundle, threads: threads, instructions: instructions ?? .best)
  }

  /// Makes a tagger of a bundle.
  func tagger(_ bundle: ModelBundle) throws -> SequenceTagger {
    try SequenceTagger(bundle, threads: threads, instructions: instructions ?? .best)
  }

  /// Makes a matcher of a bundle.
  func matcher(_ bundle: ModelBundle) throws -> TextMatcher {
    try TextMatcher(bundle, threads: threads, instructions: instructions ?? .best)
  }

  /// Makes a language model of a bundle.
  func languageModel(_ bundle: ModelBundle) throws -> CharacterLanguageModel {
    try CharacterLanguageModel(bundle, threads: threads, instructions: instructions ?? .best)
  }
}

extension InstructionSet: ExpressibleByArgument {}
