import CharCNN

extension FuzzTarget {
  /// Pairs in tables and JSON lines. The first byte chooses the format, or leaves it to be recognized.
  static let textPairs = FuzzTarget(
    "text-pairs",
    seeds: {
      let texts = [
        "id\tsentence_A\tsentence_B\tscore\tlabel\n1\ta b\tc d\t4.5\tYES\n2\t\"e\tf\t1\tNO\r\n",
        "借呗怎么还\t怎么还借呗\t1\n花呗\t借呗\t0\n", "text1,text2,label\n\"a, \"\"b\"\"\",c,1\nd,e,0\n",
        "{\"question1\": \"a\\u00e9\", \"question2\": \"b\", \"is_duplicate\": 1}\n",
      ]
      return (UInt8(0)..<16).flatMap { choice in texts.map { [choice] + Array($0.utf8) } }
    },
    run: { bytes in
      guard let choice = bytes.first else { return }
      let path = Scratch.write(bytes.dropFirst(), to: "pairs.txt")
      let source = try TextPairSource(
        path: path,
        options: DataOptions(
          format: [nil, .csv, .tsv, .jsonLines][Int(choice >> 2) % 4], needsScores: choice & 2 != 0,
          needsLabels: choice & 1 == 0))
      check(!source.summary.isEmpty, "no summary")
      for pair in try source.pairs() {
        check(pair.line >= 1, "a pair without a line")
        check(choice & 1 == 1 || pair.label?.isEmpty == false, "a pair without a label")
      }
    })
}
