import CharCNNToolkit

extension FuzzTarget {
  /// CoNLL-U and columns. The first byte chooses the format, or leaves it to be recognized.
  static let taggedText = FuzzTarget(
    "tagged-text",
    seeds: {
      let conllu =
        "# text = vámonos al.\n1-2\tvámonos\t_\t_\t_\t_\t_\t_\t_\t_\n1\tvamos\t_\tVERB\t_\t_\t_\t_\t_\t_\n"
        + "2\tnos\t_\tPRON\t_\t_\t_\t_\t_\t_\n2.1\tx\t_\tX\t_\t_\t_\t_\t_\t_\n3\tal\t_\tADP\t_\t_\t_\t_\t_\tSpaceAfter=No|NE=B-X\n"
      let columns = "张 B-PER\n三 E-PER\r\n\n-DOCSTART- O\nab\tNN\tI-X\n"
      return (UInt8(0)..<12).flatMap { [[$0] + Array(conllu.utf8), [$0] + Array(columns.utf8)] }
    },
    run: { bytes in
      guard let choice = bytes.first else { return }
      let path = Scratch.write(bytes.dropFirst(), to: "tagged.txt")
      let source = try TaggedTextSource(
        path: path,
        options: TaggedTextOptions(
          format: [nil, .conllu, .columns][Int(choice >> 2) % 3], tagColumn: choice & 2 == 0 ? nil : .name("NE"),
          needsTags: choice & 1 == 0))
      check(!source.summary.isEmpty, "no summary")
      for sentence in try source.sentences() {
        let length = sentence.text.utf8.count
        check(!sentence.tokens.isEmpty, "a sentence without tokens")
        for token in sentence.tokens {
          check(token.range.lowerBound >= 0 && token.range.upperBound <= length, "a token outside of its text")
        }
        for marksSpans in [false, true] {
          let characters = sentence.characters(marksSpans: marksSpans)
          let tags = characters.tokens.compactMap(\.tag)
          check(TagScheme.bioes.converting(tags) == tags, "tags that are no BIOES: \(tags)")
        }
      }
    })
}
