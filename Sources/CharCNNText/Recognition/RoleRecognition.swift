/// Finds out which columns of a table, or fields of objects, hold the texts and which the labels: one set of rules for
/// labelled texts and pairs.
struct RoleRecognition {
  let path: String
  let options: DataOptions
  /// Whether there are two texts.
  let arePairs: Bool
  /// The names in the header, or of the fields; empty without a header.
  let names: [String]
  let hasHeader: Bool
  let statistics: [ColumnStatistics]
  /// Whether they are fields of objects.
  var areFields = false
  /// Fields of objects that hold lists or objects, by name, with the kind and the line of the first.
  var unsuitable: [(name: String, kind: String, line: Int)] = []
  /// Positions of fields of objects that hold lists of texts, as labels of a text that has several.
  var lists: Set<Int> = []

  private var count: Int { statistics.count }
  private var column: String { areFields ? "field" : "column" }
  private var all: Range<Int> { statistics.indices }

  /// The roles.
  func choose() throws(DataError) -> RecordColumns {
    var texts = try options.text.map { selector throws(DataError) in try find(selector) }
    var second = try options.second.map { selector throws(DataError) in try find(selector)[0] }
    let labels = try options.label.map { selector throws(DataError) in
      arePairs ? [try findOne(selector)] : try find(selector)
    }
    // One column alone holds labels, whatever they look like.
    var flags = labels.map { $0.count > 1 ? $0.filter { statistics[$0].areFlags } : [] } ?? []
    var shares = try labels.flatMap { labels throws(DataError) in try sharesSaid(labels, flags: flags) } ?? []
    if !shares.isEmpty { flags = [] }
    let holding = labels?.filter { !flags.contains($0) && !shares.contains($0) } ?? []
    var label = holding.first
    var further = Array(holding.dropFirst())
    try takeTrained(&texts, &second, &label)
    if labels == nil, let trained = options.trained, !arePairs {
      further = try placesOfLabels(trained.furtherLabels ?? [])
      flags = try placesOfLabels(trained.flags ?? [])
      shares = try placesOfLabels(trained.shares ?? [])
    }
    let weight = try weight()
    try refuseShared(texts, second, label, further + flags + shares + weight)
    if arePairs {
      try choosePair(&texts, &second, &label)
    } else {
      try chooseText(&texts, &label, &flags, &shares, except: weight)
    }
    guard let texts, !texts.isEmpty else { throw fault(.missingColumn, "no \(column) is left for the texts") }
    try refuseShared(texts, second, label, further + flags + shares + weight)
    if let list = texts.first(where: lists.contains) {
      throw fault(.unsuitableValue, "the \(column) \"\(names[list])\" holds lists, which are labels and no texts")
    }
    if label == nil, flags.isEmpty, shares.isEmpty, options.needsLabels { throw noLabels() }
    if let nameless = (flags + shares).first(where: { $0 >= names.count || names[$0].isEmpty }) {
      throw fault(
        .missingColumn, "column \(nameless + 1) has no name, which would be the label that it speaks of",
        advice: "give the columns names in the first record")
    }
    var columns = RecordColumns(
      names: names, hasHeader: hasHeader, count: count, texts: texts, second: arePairs ? second : nil, label: label)
    columns.furtherLabels = further
    columns.flags = flags
    columns.shares = shares
    columns.weight = weight.first
    return columns
  }

  /// Columns that were said to be labels and hold shares: numbers from 0 to 1, not all of them 0 and 1.
  ///
  /// - Throws: `DataError` where some of the columns hold shares and others do not.
  private func sharesSaid(_ labels: [Int], flags: [Int]) throws(DataError) -> [Int] {
    let shares = labels.filter { statistics[$0].areShares }
    guard labels.count > 1, flags.count < labels.count, !shares.isEmpty, !Set(shares).isSubset(of: flags) else {
      return []
    }
    guard shares.count == labels.count else {
      throw fault(
        .unsuitableValue, "some of the \(column)s of the labels hold shares, numbers from 0 to 1, and others do not")
    }
    return shares
  }

  /// The column of the weights; none where all records count the same, as they do where only a model knows of one and the file lacks it.
  private func weight() throws(DataError) -> [Int] {
    if let selector = options.weight {
      // Data to measure with need no weights.
      if case .name(let name) = selector, name == options.trained?.weight, !names.contains(name) { return [] }
      return [try findOne(selector)]
    }
    guard !arePairs, let name = options.trained?.weight, let place = names.firstIndex(of: name) else { return [] }
    return [place]
  }

  /// The columns of the labels of a model.
  ///
  /// - Throws: `DataError` where only some of them are there; without any the file may have its labels otherwise, or none.
  private func placesOfLabels(_ trained: [String]) throws(DataError) -> [Int] {
    let known = trained.compactMap { name in names.firstIndex(of: name) }
    if !known.isEmpty, known.count < trained.count, options.needsLabels {
      let missing = trained.filter { !names.contains($0) }.map { "\"\($0)\"" }.joined(separator: ", ")
      throw fault(
        .missingColumn, "the model was trained on several \(column)s of labels, and there is none of \(missing)")
    }
    return known.count == trained.count ? known : []
  }

  /// The columns that a model was trained on, where all of them are there.
  ///
  /// - Throws: `DataError` where only some of the columns are there whose texts the model reads as one.
  private func takeTrained(_ texts: inout [Int]?, _ second: inout Int?, _ label: inout Int?) throws(DataError) {
    guard let trained = options.trained, !trained.text.isEmpty else { return }
    func place(_ name: String) -> Int? {
      let exact = all.filter { $0 < names.count && names[$0] == name }
      let places = exact.isEmpty ? all.filter { $0 < names.count && ColumnNames.matches(names[$0], name) } : exact
      return places.count == 1 ? places[0] : nil
    }
    let known = trained.text.compactMap(place)
    if texts == nil, !known.isEmpty, known.count < trained.text.count {
      let missing = trained.text.filter { place($0) == nil }.map { "\"\($0)\"" }.joined(separator: " and ")
      throw fault(
        .missingColumn,
        "the model was trained on \(trained.text.joined(separator: " and ")) as one text, and there is no \(column) "
          + missing)
    }
    if texts == nil, known.count == trained.text.count, !known.contains(where: { $0 == label }) { texts = known }
    if second == nil, let name = trained.second, let known = place(name), known != label { second = known }
    if label == nil, let name = trained.label, let known = place(name), texts?.contains(known) != true,
      known != second
    {
      label = known
    }
  }

  private func refuseShared(_ texts: [Int]?, _ second: Int?, _ label: Int?, _ further: [Int]) throws(DataError) {
    let roles = (texts ?? []) + [second, label].compactMap { $0 } + further
    guard Set(roles).count < roles.count else { return }
    let names =
      arePairs
      ? "two of first text, second text and label"
      : "two of text, label\(options.weight == nil ? "" : " and weight")"
    throw fault(.ambiguousColumn, "one \(column) cannot be \(names)")
  }

  // MARK: Labelled texts

  private func chooseText(
    _ texts: inout [Int]?, _ label: inout Int?, _ flags: inout [Int], _ shares: inout [Int], except taken: [Int]
  ) throws(DataError) {
    if texts == nil {
      let named = ColumnNames.best(of: names, in: ColumnNames.text, except: label)
      if let named { try checkUnique(named) }
      texts = named.map { [$0] }
    }
    let isSaid = !flags.isEmpty || !shares.isEmpty
    if isSaid, options.needsScores {
      throw fault(
        .ambiguousColumn, "scores stand in one \(column), and several are named", advice: "name one with `label`")
    }
    if label == nil, !isSaid {
      label = best(
        of: options.needsScores ? ColumnNames.textScores + ColumnNames.label : ColumnNames.label,
        except: (texts ?? []) + taken)
      if let label { try checkUnique(label) }
    }
    if label == nil, !isSaid { try refuseUnsuitable(ColumnNames.label) }
    if label == nil, !isSaid, !options.needsScores {
      flags = namedColumns(text: texts?.first, except: taken) { $0.areFlags }
      if flags.isEmpty { shares = sharesByContent(text: texts?.first, except: taken) }
    }
    if label == nil, flags.isEmpty, shares.isEmpty { label = try labelByContent(text: texts?.first, except: taken) }
    if texts == nil {
      try refuseUnsuitable(ColumnNames.text)
      texts = textByContent(except: label).map { [$0] }
    }
  }

  private func best(of list: [String], except taken: [Int]) -> Int? {
    let simple = names.map(ColumnNames.simplified)
    return list.lazy.compactMap { name in simple.indices.first { simple[$0] == name && !taken.contains($0) } }.first
  }

  /// Two columns or more with names that hold nothing but 1 and 0, each of which says whether its label is right; or nothing but shares.
  private func namedColumns(text: Int?, except taken: [Int], _ isOne: (ColumnStatistics) -> Bool) -> [Int] {
    guard names.count == count else { return [] }
    let text = text ?? textByContent(except: nil)
    let found = all.filter { $0 != text && !taken.contains($0) && !names[$0].isEmpty && isOne(statistics[$0]) }
    return found.count > 1 && Set(found.map { names[$0] }).count == found.count ? found : []
  }

  /// Columns of shares, where nothing else looks like labels.
  private func sharesByContent(text: Int?, except taken: [Int]) -> [Int] {
    let shares = namedColumns(text: text, except: taken) { $0.areShares }
    let text = text ?? textByContent(except: nil)
    let others = all.filter { $0 != text && !taken.contains($0) && !shares.contains($0) }
    return others.contains { statistics[$0].looksLikeLabels && statistics[$0].distinct > 1 } ? [] : shares
  }

  /// The one column with few short values, or of numbers where scores are wanted. Columns of one value only count where there is no better.
  private func labelByContent(text: Int?, except taken: [Int]) throws(DataError) -> Int? {
    let text = text ?? textByContent(except: nil)
    let few = all.filter { place in
      place != text && !taken.contains(place)
        && (options.needsScores ? statistics[place].isNumeric : statistics[place].looksLikeLabels)
    }
    let varied = few.filter { statistics[$0].distinct > 1 }
    let candidates = varied.isEmpty ? few : varied
    if candidates.count > 1, options.needsLabels {
      let numbers = candidates.map { String($0 + 1) }.joined(separator: " or ")
      throw fault(.ambiguousColumn, "\(column) \(numbers) could hold the labels")
    }
    if candidates.count == 1 { return candidates[0] }
    // Too few records to see values repeated: in two columns, single words beside longer texts are the labels.
    if count == 2, let text, statistics[1 - text].isSingleWords, !statistics[1 - text].isNumeric,
      !statistics[text].isSingleWords
    {
      return 1 - text
    }
    return nil
  }

  /// The longest of the columns whose values are hardly ever repeated; where all are repeated, the one with by far the most
  /// values, as of single words with long names of classes, or else the longest.
  private func textByContent(except label: Int?) -> Int? {
    let rest = all.filter { $0 != label && !lists.contains($0) }
    let free = rest.filter { !statistics[$0].isFewValues && !statistics[$0].isNumeric }
    func longest(_ columns: [Int]) -> Int? {
      columns.max { (statistics[$0].meanLength, $1) < (statistics[$1].meanLength, $0) }
    }
    if let longest = longest(free) { return longest }
    let words = rest.filter { !statistics[$0].isNumeric }
    let varied = words.sorted { statistics[$0].distinct > statistics[$1].distinct }
    if varied.count > 1, statistics[varied[0]].distinct >= 3 * statistics[varied[1]].distinct { return varied[0] }
    return longest(words) ?? longest(rest)
  }

  // MARK: Pairs

  private func choosePair(_ texts: inout [Int]?, _ second: inout Int?, _ label: inout Int?) throws(DataError) {
    let taken = (texts ?? []) + [second].compactMap { $0 }
    if label == nil {
      label = best(
        of: options.needsScores
          ? ColumnNames.scores + ColumnNames.pairLabels : ColumnNames.pairLabels + ColumnNames.scores, except: taken)
      if let label { try checkUnique(label) }
    }
    if texts == nil, second == nil, let known = ColumnNames.pairs(in: names, except: label) {
      (texts, second) = ([known.first], known.second)
      for position in [known.first, known.second] { try checkUnique(position) }
    }
    if label == nil { try refuseUnsuitable(ColumnNames.pairLabels + ColumnNames.scores) }
    try refuseTriplets(label)
    if label == nil { label = try pairLabelByContent(except: (texts ?? []) + [second].compactMap { $0 }) }
    let missing = (texts == nil ? 1 : 0) + (second == nil ? 1 : 0)
    guard missing > 0 else { return }
    let rest = all.filter { $0 != label && $0 != second && texts?.contains($0) != true }
    guard rest.count >= missing else { throw fault(.missingColumn, "no two \(column)s are left for the texts") }
    // The longest columns hold the texts, in their order.
    let longest = rest.sorted { (statistics[$1].meanLength, $0) < (statistics[$0].meanLength, $1) }.prefix(missing)
    var places = longest.sorted()
    if texts == nil { texts = [places.removeFirst()] }
    if second == nil { second = places.removeFirst() }
  }

  /// Of a text, one that belongs to it and one that does not, the last is no label.
  private func refuseTriplets(_ label: Int?) throws(DataError) {
    let simple = names.map(ColumnNames.simplified)
    guard options.needsLabels, label == nil, ["anchor", "positive", "negative"].allSatisfy(simple.contains) else {
      return
    }
    throw fault(
      .noLabels, "anchor, positive and negative are triplets, and pairs with a label are read",
      advice: "write each as two pairs, anchor and positive with the label 1, anchor and negative with 0")
  }

  /// Without names: the one column of few short values, or of numbers where scores are wanted.
  private func pairLabelByContent(except texts: [Int]) throws(DataError) -> Int? {
    let others = all.filter { !texts.contains($0) }
    var found = others.filter { options.needsScores ? statistics[$0].isNumeric : statistics[$0].looksLikeLabels }
    // A few records have no repeated values: in three columns the last one.
    if found.isEmpty, count == 3, let last = others.last, statistics[last].isSingleWords { found = [last] }
    guard found.count > 1 else { return found.first }
    let varied = found.filter { statistics[$0].distinct > 1 }
    if varied.count == 1 { return varied[0] }
    // Texts that are repeated look like labels too, but for their spaces.
    let words = varied.filter { statistics[$0].isSingleWords }
    if words.count == 1 { return words[0] }
    guard options.needsLabels else { return nil }
    let numbers = found.map { String($0 + 1) }.joined(separator: " or ")
    throw fault(.ambiguousColumn, "\(column) \(numbers) could hold the labels")
  }

  // MARK: What was said

  private func find(_ selector: ColumnSelector) throws(DataError) -> [Int] {
    guard case .joined(let parts) = selector else { return [try findOne(selector)] }
    if let whole = names.firstIndex(of: selector.argument) { return [whole] }
    var places: [Int] = []
    for part in parts { places += try find(part) }
    if places.isEmpty { throw fault(.missingColumn, "no \(column) is named") }
    return places
  }

  private func findOne(_ selector: ColumnSelector) throws(DataError) -> Int {
    switch selector {
    case .index(let number):
      // A column may also be named by a number; the name counts where it tells one column.
      let named = names.indices.filter { names[$0] == String(number) }
      if named.count == 1 { return named[0] }
      guard number >= 1, number <= count else { throw fault(.missingColumn, "there is no \(column) \(number)") }
      return number - 1
    case .name(let name):
      if let place = names.firstIndex(of: name) {
        try checkUnique(place, exactly: true)
        return place
      }
      if let place = names.firstIndex(where: { ColumnNames.matches($0, name) }) {
        try checkUnique(place)
        return place
      }
      if let field = unsuitable.first(where: { $0.name == name || ColumnNames.matches($0.name, name) }) {
        throw refusal(of: field)
      }
      throw fault(.missingColumn, "there is no \(column) \"\(name)\"")
    case .joined:
      if let whole = names.firstIndex(of: selector.argument) { return whole }
      throw fault(.missingColumn, "only texts, and labels of texts that may have several, are in several columns")
    }
  }

  /// Throws where another column has the name of this one, so that the name does not tell which is meant.
  private func checkUnique(_ position: Int, exactly: Bool = false) throws(DataError) {
    guard let problem = ColumnNames.repetition(of: position, in: names, exactly: exactly) else { return }
    throw fault(.ambiguousColumn, problem, advice: "choose by number with \(choices)")
  }

  // MARK: Errors

  private var choices: String { arePairs ? "`text`, `second` and `label`" : "`text` and `label`" }

  private func noLabels() -> DataError {
    if count == 1, unsuitable.isEmpty {
      return DataError(
        .noLabels, path: path, problem: "there is one column and thus no labels",
        advice: "add a column of labels, or say what stands between the columns with `separator`")
    }
    return fault(
      arePairs ? .noLabels : .missingColumn, "no \(column) looks like \(options.needsScores ? "scores" : "labels")")
  }

  /// Refuses objects that hold a list or an object where one of these names stands.
  private func refuseUnsuitable(_ list: [String]) throws(DataError) {
    if let field = unsuitable.first(where: { list.contains(ColumnNames.simplified($0.name)) }) {
      throw refusal(of: field)
    }
  }

  private func refusal(of field: (name: String, kind: String, line: Int)) -> DataError {
    DataError(
      .unsuitableValue, path: path, line: field.line, problem: "the field \"\(field.name)\" holds \(field.kind)",
      advice: "give a text, a number or a truth value, or choose another field with \(choices)")
  }

  private func fault(_ kind: DataError.Kind, _ problem: String, advice: String? = nil) -> DataError {
    var columns = all.map { $0 < names.count ? "\($0 + 1) \"\(names[$0])\"" : "\($0 + 1)" }
    columns += unsuitable.map { "\"\($0.name)\" (\($0.kind), line \($0.line))" }
    return DataError(
      kind, path: path, problem: "\(problem); the \(column)s are \(columns.joined(separator: ", "))",
      advice: advice ?? "choose with \(choices)")
  }
}
