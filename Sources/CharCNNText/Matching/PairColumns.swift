/// Which columns of a table, or fields of JSON objects, hold pairs.
public struct TextPairColumns: Hashable, Sendable {
  /// The names in the header, or of the fields; empty without a header.
  public var names: [String]
  /// Whether the first record is a header.
  public var hasHeader: Bool
  /// The number of columns, or of fields.
  public var count: Int
  /// The position of the first texts, from 0.
  public var first: Int
  /// The position of the second texts, from 0.
  public var second: Int
  /// The position of the labels or scores, from 0; nil without them.
  public var label: Int?
}

/// Finds out which columns hold the texts of pairs and which their labels.
struct PairColumnRecognition {
  /// How many records are looked at.
  static let sampleSize = 1_000

  /// Names of the two texts, those of one place in both lists belonging together, the most telling first.
  private static let texts: [(first: String, second: String)] = [
    ("sentence1", "sentence2"), ("sentencea", "sentenceb"), ("text1", "text2"), ("texta", "textb"),
    ("question1", "question2"), ("questiona", "questionb"), ("query1", "query2"), ("first", "second"),
    ("premise", "hypothesis"), ("query", "title"), ("query", "candidate"), ("question", "answer"),
    ("query", "document"),
    ("query", "passage"), ("anchor", "positive"), ("source", "target"), ("s1", "s2"), ("q1", "q2"),
    ("文本1", "文本2"), ("句子1", "句子2"), ("问题1", "问题2"),
  ]
  private static let labels = [
    "label", "goldlabel", "entailmentjudgment", "entailmentlabel", "entailment", "isduplicate", "duplicate", "match",
    "ismatch", "class", "category", "judgment", "relation", "标签", "类别",
  ]
  private static let scores = [
    "score", "similarity", "relatednessscore", "relatedness", "similarityscore", "sim", "rating", "gold", "分数", "相似度",
  ]

  let path: String
  let options: TextPairOptions

  /// Recognizes the columns of a table from its first records, all with the same number of fields.
  func table(_ rows: [[String]]) throws(DataError) -> TextPairColumns {
    let first = rows.first ?? []
    let hasHeader = isHeader(first, rows.dropFirst())
    let body = hasHeader ? rows.dropFirst() : rows[...]
    if body.isEmpty {
      throw DataError(
        .noRecords, path: path, problem: "there is a header and no record after it", advice: "name a file with records")
    }
    return try choose(
      names: hasHeader ? first : [], hasHeader: hasHeader,
      first.indices.map { column in ColumnStatistics(body.lazy.map { $0[column] }) })
  }

  /// Recognizes the fields of JSON objects.
  func fields(names: [String], _ statistics: [ColumnStatistics]) throws(DataError) -> TextPairColumns {
    try choose(names: names, hasHeader: false, statistics)
  }

  /// Whether the first record names the columns: both texts by known names, or any as the options do.
  private func isHeader(_ first: [String], _ body: ArraySlice<[String]>) -> Bool {
    for case .name(let name)? in [options.first, options.second, options.label]
    where first.contains(where: { matches($0, name) }) {
      return true
    }
    if knownTexts(first, label: nil) != nil { return true }
    // A label's name over labels that are none.
    let known = Self.labels + Self.scores
    return first.indices.contains { column in
      known.contains(ColumnNames.simplified(first[column])) && !body.contains { $0[column] == first[column] }
    }
  }

  private func knownTexts(_ names: [String], label: Int?) -> (first: Int, second: Int)? {
    let simple = names.map(ColumnNames.simplified)
    for pair in Self.texts {
      if let first = simple.firstIndex(of: pair.first), let second = simple.firstIndex(of: pair.second),
        first != label, second != label
      {
        return (first, second)
      }
    }
    return nil
  }

  private func choose(names: [String], hasHeader: Bool, _ statistics: [ColumnStatistics]) throws(DataError)
    -> TextPairColumns
  {
    let count = statistics.count
    var first = try options.first.map { selector throws(DataError) in try find(selector, names, count) }
    var second = try options.second.map { selector throws(DataError) in try find(selector, names, count) }
    var label = try options.label.map { selector throws(DataError) in try find(selector, names, count) }
    if label == nil {
      let lists = options.needsScores ? [Self.scores, Self.labels] : [Self.labels, Self.scores]
      let simple = names.map(ColumnNames.simplified)
      label =
        lists.joined().lazy.compactMap { name in
          simple.indices.first { simple[$0] == name && $0 != first && $0 != second }
        }.first
      if let label { try checkUnique(label, names) }
    }
    if first == nil, second == nil, let known = knownTexts(names, label: label) {
      (first, second) = known
      for position in [known.first, known.second] { try checkUnique(position, names) }
    }
    if label == nil {
      label = try labelByContent(statistics, names, without: [first, second])
    }
    let rest = statistics.indices.filter { $0 != label && $0 != first && $0 != second }
    if first == nil || second == nil {
      let missing = (first == nil ? 1 : 0) + (second == nil ? 1 : 0)
      guard rest.count >= missing else {
        throw fault(.missingColumn, "no two columns are left for the texts", names, count)
      }
      // The longest columns hold the texts, in their order.
      let longest = rest.sorted { (statistics[$1].meanLength, $0) < (statistics[$0].meanLength, $1) }.prefix(missing)
      var places = longest.sorted()
      if first == nil { first = places.removeFirst() }
      if second == nil { second = places.removeFirst() }
    }
    guard let first, let second, first != second, first != label, second != label else {
      throw fault(.ambiguousColumn, "one column cannot be two of first text, second text and label", names, count)
    }
    if label == nil, options.needsLabels {
      throw fault(.noLabels, "no column looks like \(options.needsScores ? "scores" : "labels")", names, count)
    }
    return TextPairColumns(
      names: names, hasHeader: hasHeader, count: count, first: first, second: second, label: label)
  }

  /// Without names: the one column of few short values, or of numbers where scores are wanted.
  private func labelByContent(_ statistics: [ColumnStatistics], _ names: [String], without texts: [Int?])
    throws(DataError) -> Int?
  {
    let others = statistics.indices.filter { !texts.contains($0) }
    var found = others.filter { options.needsScores ? statistics[$0].isNumeric : statistics[$0].looksLikeLabels }
    // A few records have no repeated values: in three columns the last one.
    if found.isEmpty, statistics.count == 3, let last = others.last, statistics[last].isSingleWords { found = [last] }
    guard found.count > 1 else { return found.first }
    let varied = found.filter { statistics[$0].distinct > 1 }
    if varied.count == 1 { return varied[0] }
    // Texts that are repeated look like labels too, but for their spaces.
    let words = varied.filter { statistics[$0].isSingleWords }
    if words.count == 1 { return words[0] }
    guard options.needsLabels else { return nil }
    let numbers = found.map { String($0 + 1) }.joined(separator: " or ")
    throw fault(.ambiguousColumn, "column \(numbers) could hold the labels", names, statistics.count)
  }

  private func find(_ selector: ColumnSelector, _ names: [String], _ count: Int) throws(DataError) -> Int {
    switch selector {
    case .index(let number):
      // A column may also be named by a number; the name counts where it tells one column.
      let named = names.indices.filter { names[$0] == String(number) }
      if named.count == 1 { return named[0] }
      guard number >= 1, number <= count else {
        throw fault(.missingColumn, "there is no column \(number)", names, count)
      }
      return number - 1
    case .name(let name):
      guard let position = names.firstIndex(of: name) ?? names.firstIndex(where: { matches($0, name) }) else {
        throw fault(.missingColumn, "there is no column \"\(name)\"", names, count)
      }
      try checkUnique(position, names)
      return position
    }
  }

  /// Throws where another column has the name of this one, so that the name does not tell which is meant.
  private func checkUnique(_ position: Int, _ names: [String]) throws(DataError) {
    guard let problem = ColumnNames.repetition(of: position, in: names) else { return }
    throw fault(
      .ambiguousColumn, problem, names, names.count, advice: "choose by number with --text, --second and --label")
  }

  private func matches(_ name: String, _ wanted: String) -> Bool {
    ColumnNames.simplified(name) == ColumnNames.simplified(wanted)
  }

  private func fault(
    _ kind: DataError.Kind, _ problem: String, _ names: [String], _ count: Int,
    advice: String = "choose with --text, --second and --label"
  ) -> DataError {
    let columns = (0..<count).map { $0 < names.count ? "\($0 + 1) \"\(names[$0])\"" : "\($0 + 1)" }
    return DataError(
      kind, path: path, problem: "\(problem); the columns are \(columns.joined(separator: ", "))",
      advice: advice)
  }
}
