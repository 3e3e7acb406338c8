#if Tool
internal import ArgumentParser
internal import CharCNN

/// `charcnn`: reads the command line, calls the library, writes what it says.
@main
struct Tool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "charcnn",
    abstract: "Train, measure and use convolutional networks that read texts character by character.",
    discussion: """
      Start with the demo, which needs no data of yours:
        charcnn demo
      Then with your own table of texts and labels:
        charcnn train reviews.csv --output reviews.charcnn
        charcnn evaluate reviews.charcnn held-out.csv
        echo "What a lovely day" | charcnn predict reviews.charcnn

      Exit codes: 0 done, 64 wrong usage, 65 bad data, 66 missing input, 70 internal error, \
      73 cannot create the output, 74 cannot write, 130 interrupted with nothing saved.
      """,
    version: ProgramVersion.current,
    subcommands: [
      Demo.self, Train.self, Tune.self, Pretrain.self, Distill.self, Evaluate.self, Predict.self, Explain.self,
      Generate.self,
      Inspect.self,
      Walkthrough.self,
      Export.self, Quantize.self, Detect.self, Embed.self, Neighbors.self, Audit.self,
      Split.self, Convert.self, Calibrate.self, Report.self, Serve.self, Card.self, Diff.self, Help.self,
    ])

  /// What a command is called.
  static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? String(describing: command).lowercased()
  }

  /// Runs the command; every error becomes one line and an exit code.
  static func main() {
    StandardOutput.surviveClosedPipes()
    do {
      guard CommandLine.arguments.count > 1 else {
        throw Failure(
          .usage, "a command is missing; begin with 'charcnn demo', and see 'charcnn --help' for all of them")
      }
      var command = try parseAsRoot()
      try command.run()
    } catch {
      Failure.end(with: error)
    }
  }
}
#else
internal import CharCNNFiles

/// What is built in place of the tool without the trait that it needs.
@main
enum Tool {
  static func main() {
    let message = "error: charcnn was built without its commands; build it with the package trait Tool\n"
    _ = message.utf8CString.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count - 1) }
    exit(EX_USAGE)
  }
}
#endif
