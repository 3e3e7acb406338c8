internal import CharCNNFiles

/// Models that come with the program, or stand in a folder of the user's, and go by a name such as `english`.
package enum ShippedModels {
  /// The variable of the environment with the folders that are looked into first, with colons between.
  package static let variable = "CHARCNN_MODELS"

  /// The bundle that a word means: the word itself where something is at this path, or where it is no name; else the model of this name.
  ///
  /// - Returns: A path; the word itself where there is no such model.
  package static func place(of word: String) -> String { place(of: word, folders: folders) }

  static func place(of word: String, folders: [String]) -> String {
    guard isName(word), !FilePath.exists(word) else { return word }
    return folders.map { FilePath.join($0, word + suffix) }.first(where: FilePath.isFolder) ?? word
  }

  /// What to say where a name means no model; nil for what is no name.
  static func advice(for word: String) -> String? {
    guard isName(word) else { return nil }
    return "give a path, or set \(variable) to the folder with \(word)\(suffix)"
  }

  /// Whether a word may be a name: a path with an ending means what stands there, or is a slip of the pen.
  private static func isName(_ word: String) -> Bool {
    !word.isEmpty && !word.contains("/") && !word.contains(".")
  }

  private static let suffix = ".charcnn"
  /// Folders above the executable that may be the checkout it was built from.
  private static let levels = 6

  /// Where models are looked for: the folders of the environment, beside the executable, where packages put what a program shares, and in the
  /// checkout that the program was built from.
  private static var folders: [String] {
    let named = getenv(variable).map { String(cString: $0).split(separator: ":").map(String.init) } ?? []
    guard let executable = Machine.executable else { return named }
    let home = FilePath.folder(of: executable)
    var result =
      named + [home, FilePath.join(home, "Models"), FilePath.join(FilePath.folder(of: home), "share/charcnn")]
    var above = home
    for _ in 0..<levels {
      above = FilePath.folder(of: above)
      if FilePath.exists(FilePath.join(above, "Package.swift")) { result.append(FilePath.join(above, "Models")) }
    }
    return result
  }
}
