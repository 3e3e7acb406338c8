#if Tool
internal import ArgumentParser
internal import CharCNN

/// `charcnn inspect`.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the layers, parameters and cost of a model.",
    discussion: """
      Give a bundle, or --model for a network that is not trained. Rows of a layer's output are given for a text of L \
      characters. A multiplication and an addition are two operations.

      Example:
        charcnn inspect reviews.charcnn
        charcnn inspect --model gated --set classes=4 filters=128
      """)

  @Argument(help: "A model bundle.")
  var bundle: String?

  @OptionGroup var network: ModelArguments

  @Flag(help: "Write a JSON object.")
  var json = false

  func validate() throws {
    if bundle == nil, network.model == nil { throw ValidationError("give a bundle, or --model and a name") }
    if bundle != nil, network.model != nil || !network.assignments.isEmpty {
      throw ValidationError("--model and --set describe a network without a bundle; give one or the other")
    }
  }

  func run() throws {
    let inspection = try bundle.map(Inspection.init(bundle:)) ?? Inspection(model: network)
    if json { try StandardOutput.write(json: inspection) } else { try StandardOutput.write(inspection.text) }
  }
}
#endif
