#if Tool
internal import CharCNN
internal import CharCNNFiles

/// What a model says of where it comes from, beside what its training knows: the owner's words, and the command.
struct ModelOrigin {
  let description: ModelBundle.Description
  let command: [String]?

  /// Options that change nothing in the model, or that it has of its own; with a value, and without.
  private static let left: Set<String> = [
    "--output", "--threads", "--checkpoint", "--checkpoint-every", "--history", "--tensorboard", "--name", "--note",
    "--licence",
  ]
  private static let leftFlags: Set<String> = ["--overwrite", "--json", "--quiet", "--no-checkpoint"]

  /// The command of this process, files by their names: where they are is nobody's business, and nothing of the model.
  static func command() -> [String] {
    var result: [String] = []
    var isLeft = false
    for argument in CommandLine.arguments.dropFirst() {
      let name = String(argument.prefix { $0 != "=" })
      if isLeft {
        isLeft = false
      } else if left.contains(name) {
        isLeft = name == argument
      } else if !leftFlags.contains(argument) {
        let isJoined = argument.hasPrefix("--") && name != argument
        result.append(
          isJoined ? "\(name)=\(fileName(String(argument.dropFirst(name.count + 1))))" : fileName(argument))
      }
    }
    return result
  }

  /// The same for a training that does the one of another model again: what is not said anew is as that model says it.
  func following(_ former: ModelBundle.Provenance?) -> ModelOrigin {
    guard let former else { return self }
    return ModelOrigin(
      description: ModelBundle.Description(
        name: description.name ?? former.description?.name, note: description.note ?? former.description?.note,
        licence: description.licence ?? former.description?.licence),
      command: former.command ?? command)
  }

  private static func fileName(_ argument: String) -> String {
    guard argument.contains("/"), FilePath.exists(argument) else { return argument }
    return FilePath.parts(FilePath.absolute(argument)).last ?? argument
  }
}

/// As a checkpoint carries it.
extension ModelOrigin {
  private static let key = "origin"

  private struct Stored: Codable {
    let description: ModelBundle.Description
    let command: [String]?
  }

  /// For the checkpoints of the training.
  func userInfo() throws -> [String: String] {
    let bytes = try JSONCoding.bytes(Stored(description: description, command: command), isIndented: false)
    return [Self.key: String(decoding: bytes, as: UTF8.self)]
  }

  /// That of a training which goes on; nothing for one of an earlier program.
  init(_ userInfo: [String: String]) {
    let stored = userInfo[Self.key].flatMap { try? JSONCoding.value(Stored.self, from: Array($0.utf8)) }
    description = stored?.description ?? ModelBundle.Description()
    command = stored?.command
  }
}
#endif
