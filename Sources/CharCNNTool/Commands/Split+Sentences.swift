#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// `charcnn split` with sentences whose tokens have tags.
extension Split {
  /// Whether sentences are split: their format is named, or the file is unmistakable.
  var holdsSentences: Bool {
    get throws {
      if let format = reading.format { return format == .conllu || format == .columns }
      return TaggedTextSource.looksLikeSentences(file)
    }
  }

  /// Writes the sentences to their parts.
  func splitSentences(_ console: Console) throws {
    if let group, group != "document" {
      throw ValidationError(
        "sentences with tags have no column \(group) that they could stay together by; --group document keeps those of one document together"
      )
    }
    let source = try reading.taggedSource(file, needsTags: false)
    console.say("\(source.path): \(source.summary)")
    let ending = FilePath.fileExtension(of: source.path)
    try refuseOldParts(ending: ending)
    let parts = try PartFiles(names(ending: ending), of: source, overwrite: overwrite)
    let progress = WorkProgress(console: console)
    let held = hasValidation ? validationShare ?? share : 0
    let split = try SentenceParts(
      source,
      SentenceParts.Options(
        shares: [1 - share - held, share] + (held > 0 ? [held] : []), seed: seed, together: duplicates.likeness,
        byDocument: group != nil),
      progress: { progress.tell(read: $0) })
    progress.end()
    try parts.write(split) { progress.tell(written: $0) }
    progress.end()
    if let documents = split.documents {
      console.say("\(Numbers.count(documents, "document")), none torn apart")
    }
    tell(split.copies, parts, of: "sentence", isConverted: source.isConverted) { split.count(part: $0) }
    let result = SplitResult(names: parts.paths, split)
    if json { try StandardOutput.write(json: result) } else { try StandardOutput.write(result.text) }
  }

  /// Says what people may not expect of the parts.
  func tell(_ copies: Int, _ parts: PartFiles, of unit: String, isConverted: Bool, count: (_ part: Int) -> Int) {
    let console = Console(isQuiet: quiet)
    if copies > 0 { console.say("\(Numbers.count(copies, "copy", "copies")) kept beside the first of each") }
    if isConverted { console.say("the parts are written in UTF-8") }
    for (part, path) in parts.paths.enumerated() where count(part) == 0 {
      console.say("warning: \(path) has no \(unit); there are too few for its share, or too many belong together")
    }
  }
}
#endif
