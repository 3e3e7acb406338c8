import CharCNNToolkit

extension FuzzTarget {
  /// Pairs in tables and JSON lines. The first three bytes choose the options; see ``DataChoice``.
  static let textPairs = FuzzTarget(
    "text-pairs",
    seeds: {
      let texts = [
        "id\tsentence_A\tsentence_B\tscore\tlabel\n1\ta b\tc d\t4.5\tYES\n2\t\"e\tf\t1\tNO\r\n",
        "借呗怎么还\t怎么还借呗\t1\n花呗\t借呗\t0\n", "text1,text2,label\n\"a, \"\"b\"\"\",c,1\nd,e,0\n",
        "{\"question1\": \"a\\u00e9\", \"question2\": \"b\", \"is_duplicate\": 1}\n",
      ]
      return DataChoice.samples(formats: 4).flatMap { choice in texts.map { choice + Array($0.utf8) } }
    },
    run: { bytes in
      guard let choice = DataChoice(bytes) else { return }
      let path = Scratch.write(bytes.dropFirst(DataChoice.count), to: "pairs.txt")
      let source = try TextPairSource(path: path, options: choice.options([nil, .csv, .tsv, .jsonLines]))
      check(!source.summary.isEmpty, "no summary")
      var pairs: [(TextPair, RecordReference)] = []
      let outcome = Result { try source.forEachPair { pairs.append(($0, $1)) } }
      for (pair, reference) in pairs {
        check(pair.line >= 1, "a pair without a line")
        check(isClean(pair.label), "the label \(pair.label ?? "") with what nobody sees")
        check(pair.label != nil || !source.options.needsLabels, "a pair without a label")
        do {
          check(try source.pair(at: reference) == pair, "\(pair) is another when it is read again")
        } catch {
          fatalError("the pair of line \(pair.line) cannot be read again: \(error)")
        }
      }
      try compare(outcome, read: pairs.map(\.0)) { options in
        var lenient: [TextPair] = []
        let report = try TextPairSource(path: path, options: options).forEachPair { pair, _ in lenient.append(pair) }
        return (report, lenient)
      } options: {
        source.options
      }
    })
}
