#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNStorage
import CharCNNText
import CharCNNTraining

/// An error as the user sees it: one line, and the exit code.
struct Failure: Error {
  let status: ExitStatus
  let message: String

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }

  /// A model of a task that the command is not for.
  init(_ path: String, of task: ModelTask, isNotFor command: String) {
    self.init(
      .usage,
      "\(path): is a \(task.model.noun), a model of the task \(task.rawValue), which \(command) does not take; see charcnn \(task.model.commands)"
    )
  }

  /// What an error of the library, or of the command line's parser, means to the user.
  init(_ error: any Error) {
    switch error {
    case let error as Failure: self = error
    case let error as any CharCNNError: self.init(Self.status(of: error), FlagNames.spelled(error.description))
    default:
      let isUsage = Tool.exitCode(for: error) == .validationFailure
      self.init(isUsage ? .usage : .software, isUsage ? Self.usage(error) : "\(error)")
    }
  }

  private static func status(of error: any CharCNNError) -> ExitStatus {
    switch error {
    case let error as DataError: error.kind.exitStatus
    case let error as StorageError: error.kind.exitStatus
    case let error as TrainingError: error.exitStatus
    case is ConfigurationError: .usage
    default: .software
    }
  }

  /// Commands whose arguments are texts.
  private static let textCommands: Set<String> = ["predict", "explain", "detect", "walkthrough", "neighbors"]

  /// The parser's message, with the way to the help of the command in question.
  private static func usage(_ error: any Error) -> String {
    let known = Tool.configuration.subcommands.map(Tool.name(of:))
    let command = CommandLine.arguments.dropFirst().first { known.contains($0) }
    let help = "charcnn \(command.map { $0 + " " } ?? "")--help"
    // Lists of values come as lines.
    var message = Tool.message(for: error).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    while message.last == "." { message.removeLast() }
    if command == nil, let name = CommandLine.arguments.dropFirst().first, !name.hasPrefix("-"),
      message.contains("nexpected argument")
    {
      message =
        "there is no command '\(name)'; \(Spelling.question(name, known))there are \(known.joined(separator: ", "))"
    } else if textCommands.contains(command ?? ""), message.hasPrefix("Unknown option"),
      !message.contains("Did you mean")
    {
      message += "; put -- before texts that begin with -"
    }
    return "\(message); see '\(help)'"
  }

  /// The line for standard error. Line breaks become spaces and control characters are spelled out, so that nothing in
  /// a file's name can break the line or steer the terminal.
  var line: String {
    var text = ""
    for scalar in message.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator:
        text += scalar.properties.isWhitespace ? " " : scalar.escaped(asASCII: true)
      default: text.unicodeScalars.append(scalar)
      }
    }
    return "error: \(text)"
  }

  /// Ends the process as `error` asks for. Requests for help or the version end well.
  static func end(with error: any Error) -> Never {
    if error is StandardOutput.Closed { exit(ExitStatus.done.rawValue) }
    if !(error is Failure), Tool.exitCode(for: error) == .success { Tool.exit(withError: error) }
    let failure = Failure(error)
    Console.write(failure.line + "\n")
    exit(failure.status.rawValue)
  }
}

extension DataError.Kind {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .missingFile, .unreadable: .noInput
    default: .data
    }
  }
}

extension StorageError.Kind {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .missing, .unreadable: .noInput
    case .exists, .inUse, .notWritable, .invalidName: .cannotCreate
    case .diskFull, .writeFailed, .unconfirmed: .writing
    case .notEncodable: .software
    default: .data
    }
  }
}

extension TrainingError {
  fileprivate var exitStatus: ExitStatus {
    switch self {
    case .noExamples, .nothingToLearn, .noValidation, .changed: .data
    case .notFinite, .diverged: .software
    case .quantized: .usage
    case .stoppedBeforeFirstStep: Interrupt.isRequested ? .interrupted : .usage
    }
  }
}
#endif
