#if Tool
internal import CharCNNFiles

/// Standard error: what the user is told on the way. Quiet consoles say nothing.
struct Console {
  let isQuiet: Bool

  /// Says a line.
  func say(_ line: String) {
    if !isQuiet { Self.write(line.withEscapedControls + "\n") }
  }

  /// Says what the library warns of.
  func warn(_ warning: String) { say("warning: \(FlagNames.spelled(warning))") }

  /// Warns of what counts as wrong because the model does not know its label.
  func warn(unseen: [String: Int], of example: String, with labels: String) {
    let total = unseen.values.reduce(0, +)
    if total == 0 { return }
    say("warning: \(Numbers.count(total, example)) counted as wrong, with \(labels) that the model does not know")
  }

  /// Warns of texts that were longer than the model reads.
  ///
  /// - Parameter ngrams: Characters whose n-grams count, where they are others than those that the network reads.
  func warn(cutTexts: Int, to length: Int, ngrams: Int? = nil) {
    if cutTexts == 0 { return }
    if let ngrams {
      return say(
        "warning: \(Numbers.count(cutTexts, "text")) cut: the network reads the first \(Numbers.grouped(length)) characters, "
          + "the n-grams the first \(Numbers.grouped(ngrams))")
    }
    say("warning: \(Numbers.count(cutTexts, "text")) cut to the first \(Numbers.grouped(length)) characters")
  }

  /// Tells of texts of which a base knows nothing, where its answers are by the names of labels alone.
  func warn(textsWithoutEvidence count: Int) {
    if count == 0 { return }
    say(
      "warning: the base knows nothing of \(Numbers.count(count, "text")); \(count == 1 ? "its answer is" : "their answers are") that of no evidence"
    )
  }

  /// Writes to standard error as it is. Errors are ignored: there is no place left to tell them.
  static func write(_ text: String) {
    var text = text
    text.withUTF8 { _ = Descriptor.writeAll(UnsafeRawBufferPointer($0), to: 2) }
  }
}
#endif
