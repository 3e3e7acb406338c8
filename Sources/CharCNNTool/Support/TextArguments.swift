#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles

/// Texts on the command line.
enum TextArguments {
  /// Refuses a text that is the name of a file: whoever writes one means what is in it.
  ///
  /// - Parameters:
  ///   - texts: The texts.
  ///   - advice: How the command reads the file of this name, which is quoted for a shell.
  static func refuseFiles(_ texts: [String], advice: (_ file: String) -> String) throws {
    for text in texts where isFile(text) {
      throw ValidationError(
        "'\(text)' is a file, and the argument is taken as the text itself; to read the file: \(advice(ShellText.quoted(text)))"
      )
    }
  }

  private static func isFile(_ text: String) -> Bool {
    // Longer texts are no names of files, and asking for one takes time.
    guard !text.isEmpty, text.utf8.count < 1_024, !text.utf8.contains(0) else { return false }
    return FilePath.exists(text) && !FilePath.isFolder(text)
  }
}
#endif
