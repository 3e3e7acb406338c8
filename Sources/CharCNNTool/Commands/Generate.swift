#if Tool
internal import ArgumentParser
internal import CharCNN

/// `charcnn generate`.
struct Generate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write text with a language model.",
    discussion: """
      Writes the prompt and what follows it, character by character. The same seed gives the same text.

      Example:
        charcnn generate novels.charcnn --prompt "It was" --length 300
        charcnn generate novels.charcnn --temperature 0.7 --top-k 20 --seed 3
      """)

  @Argument(help: "A bundle of a model with the causal objective (charcnn pretrain).")
  var bundle: String

  @Option(help: "How the text begins.")
  var prompt = ""

  @Option(parsing: .unconditional, help: "Number of characters to add.")
  var length = 500

  @Option(
    parsing: .unconditional,
    help: "Below 1 for likelier texts, above for more surprising ones, 0 for the likeliest character each time.")
  var temperature = 1.0

  @Option(parsing: .unconditional, help: "Draw from so many of the likeliest characters. (default: from all)")
  var topK: Int?

  @Option(parsing: .unconditional, help: "Seed of the drawing. (default: 1)")
  var seed: UInt64?

  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Write a JSON object: the prompt, and the text that follows it.")
  var json = false

  func validate() throws {
    if temperature == 0, topK != nil || seed != nil {
      throw ValidationError("--temperature 0 draws nothing, so --top-k and --seed have no effect")
    }
  }

  private struct Continuation: Encodable {
    let prompt: String
    let text: String
  }

  func run() throws {
    let model = try computing.open(CharacterLanguageModel.self, at: bundle, command: "generate")
    var options = CharacterLanguageModel.SamplingOptions()
    options.temperature = temperature
    options.topK = topK
    if let seed { options.seed = seed }
    let text = try model.text(continuing: prompt, length: length, options: options)
    if json { return try StandardOutput.write(json: Continuation(prompt: prompt, text: text)) }
    try StandardOutput.write(prompt + text + "\n")
  }
}
#endif
