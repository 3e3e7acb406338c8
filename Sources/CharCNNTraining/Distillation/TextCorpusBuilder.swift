package import CharCNNText

/// Turns texts without labels into alphabet indices, one after another: in memory, or, where they are many and come from a file, read again when
/// they are needed.
package struct TextCorpusBuilder {
  /// Texts of which the model reads no more than the beginning.
  package private(set) var cutTexts = 0
  /// Texts without a single character.
  package private(set) var emptyTexts = 0
  /// Characters of all texts.
  package private(set) var characters = 0
  private let encoder: TextEncoder
  private let source: LabeledTextSource?
  private let memoryBudget: Int
  private var memory: MemoryCorpus? = MemoryCorpus()
  private var references = RecordReferences()
  private var lengths: [Int32] = []
  private var scratch: [Int32] = []

  /// No texts yet.
  ///
  /// - Parameters:
  ///   - encoder: Alphabet and settings.
  ///   - source: Where the texts stand; nil for texts in memory.
  ///   - memoryBudget: Characters that are kept in memory at most, where there is a source.
  package init(
    encoder: TextEncoder, source: LabeledTextSource?, memoryBudget: Int = EncodedTexts.memoryBudget
  ) {
    self.encoder = encoder
    self.source = source
    self.memoryBudget = memoryBudget
  }

  /// Adds a text.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - reference: Where it stands in the source.
  package mutating func append(_ text: String, reference: RecordReference?) {
    scratch.removeAll(keepingCapacity: true)
    if encoder.encode(text, into: &scratch).wasCut { cutTexts += 1 }
    if scratch.isEmpty { emptyTexts += 1 }
    characters += scratch.count
    lengths.append(Int32(clamping: scratch.count))
    if source != nil, let reference {
      references.append(reference)
      if characters > memoryBudget { memory = nil }
    }
    memory?.append(label: 0) { $0 += scratch }
  }

  /// The texts.
  package var corpus: any TextCorpus {
    if let memory { return memory }
    guard let source else { preconditionFailure("texts without a source stay in memory") }
    return FileCorpus(
      originals: .file(source, references: references), encoder: encoder, lengths: lengths,
      labels: lengths.map { _ in 0 })
  }
}
