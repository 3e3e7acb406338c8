import CharCNNCompute
import CharCNNFiles
import CharCNNNetworks
package import CharCNNText

extension TextClassifier {
  /// Finds what makes each class, on labelled texts, which are read twice.
  ///
  /// N-grams are ranked by what they add in the texts of the class: their weight for it, less that for the mean class, times their share of
  /// the texts. Filters are those of the convolutions that read characters, ranked by their output times the gradient of
  /// the class's log-odds, by the network's own scores, in the texts of the class; of texts in chunks the first one is read. N-grams of a
  /// table that learns in steps have no names and are not among them.
  ///
  /// - Parameters:
  ///   - examples: Labelled texts.
  ///   - count: N-grams and filters of each class.
  ///   - progress: Receives the number of texts done.
  /// - Throws: What reading them throws; `CancellationError` where the task that calls is cancelled.
  package func reading(
    of examples: Examples<LabeledText>, count: Int, progress: (_ texts: Int) -> Void = { _ in }
  ) throws -> ClassifierReading {
    var ngrams = linear.map { NgramTotals($0) }
    var filters = FilterTotals(classes: labels.count)
    var unseen: [String: Int] = [:]
    var perClass = [Int](repeating: 0, count: labels.count)
    var piece: [(text: Int, label: Int, characters: [Int32])] = []
    var (done, rows) = (0, 0)
    func flush() {
      if !piece.isEmpty { watch(piece, &filters) }
      piece.removeAll(keepingCapacity: true)
      rows = 0
    }
    let report = try examples.forEachText(allowsNone: allowsSeveralLabels) { example, _, _ in
      done += 1
      let own = allowsSeveralLabels ? example.labels ?? [] : example.label.map { [$0] } ?? []
      let known = own.compactMap { label -> Int? in
        if let number = labelSet.index(of: label) { return Int(number) }
        unseen[label, default: 0] += 1
        return nil
      }
      if known.isEmpty { return }
      var characters: [Int32] = []
      wholeEncoder.encode(example.text, into: &characters)
      ngrams?.add(characters.prefix(lengths.ngrams ?? 0), labels: known, number: done - 1)
      // Of a text that is cut into chunks the network shows the first one.
      let read = network.characters(ofText: min(characters.count, textSettings.chunkLength ?? .max))
      for number in known {
        perClass[number] += 1
        if !architecture.hasNetwork { continue }
        piece.append((done - 1, number, Array(characters.prefix(read))))
        rows += network.rows(ofText: read)
        if rows >= 4_096 { flush() }
      }
      if done % 64 == 0 { progress(done) }
    }
    flush()
    progress(done)
    let chosen = labels.indices.map { label in
      (
        ngrams: ngrams?.strongest(label, count, hasSeveral: allowsSeveralLabels) ?? [],
        filters: filters.strongest(label, count)
      )
    }
    let numbers = chosen.flatMap { $0.ngrams.map(\.firstText) + $0.filters.flatMap { $0.windows.map(\.text) } }
    let texts = try texts(Set(numbers), of: examples)
    return ClassifierReading(
      classes: labels.indices.map { label in
        ClassifierReading.Class(
          label: labels[label], texts: perClass[label],
          ngrams: chosen[label].ngrams.compactMap { named($0, texts, of: perClass[label]) },
          filters: chosen[label].filters.map { named($0, texts, of: perClass[label]) })
      }, texts: done, unseenLabels: unseen, report: report)
  }

  /// Takes texts through the network, and the log-odds of their labels back.
  private func watch(_ texts: [(text: Int, label: Int, characters: [Int32])], _ filters: inout FilterTotals) {
    let (classes, hasSeveral) = (labels.count, allowsSeveralLabels)
    let path = InputPath(fractions: texts.map { _ in 1 }, watchesFilters: true)
    workspaces.withWorkspace { workspace in
      let batch = CharacterBatch(
        count: texts.count, fixedLength: network.length, workspace: workspace, length: { texts[$0].characters.count },
        copy: { _ = $1.update(fromContentsOf: texts[$0].characters.prefix($1.count)) })
      let pass = Pass.prediction(device: device, workspace: workspace, store: store)
      _ = network.follow(path, batch, pass) { scores in
        // By the network's own scores: beside sure n-grams nothing that it says would count.
        texts.enumerated().flatMap { row, text in
          let own = scores[row * classes..<(row + 1) * classes].map(Double.init)
          return LogOdds(label: text.label, hasSeveral: hasSeveral).value(of: own).gradient.map { Float($0) }
        } + [Float](repeating: 0, count: scores.count - texts.count * classes)
      }
    }
    filters.add(
      path, texts: texts.map(\.text), labels: texts.map(\.label), lengths: texts.map(\.characters.count))
  }

  /// What the scores of the n-grams count in the answer.
  private var ngramWeight: Double {
    network.mixture.map { Double(device.read(store.tensor($0)).last ?? 1) } ?? 1
  }

  /// Some texts by their numbers.
  private func texts(_ numbers: Set<Int>, of examples: Examples<LabeledText>) throws -> [Int: String] {
    var found: [Int: String] = [:]
    var number = 0
    try examples.forEachText(allowsNone: allowsSeveralLabels) { example, _, _ in
      if numbers.contains(number) { found[number] = example.text }
      number += 1
    }
    return found
  }

  private func named(_ ngram: NgramTotals.Chosen, _ texts: [Int: String], of count: Int) -> ClassifierReading.Ngram? {
    guard let text = texts[ngram.firstText], let linear else { return nil }
    let encoded = wholeEncoder.encodeWithRanges(text)
    let characters = encoded.indices.prefix(lengths.ngrams ?? 0)
    var reader = linear.makeReader()
    let shares = characters.withUnsafeBufferPointer { linear.shares(of: $0, reader: &reader) }
    guard let entry = shares.entries.first(where: { $0.row == ngram.row }), let place = entry.places.first else {
      return nil
    }
    func units(_ range: Range<Int>) -> String {
      range.map { alphabet.unit(at: encoded.indices[$0]) ?? "\u{FFFD}" }.joined()
    }
    let name =
      (entry.marks.start ? "^" : "")
      + place.map(units).joined(separator: entry.kind == .characters ? "" : entry.kind == .pair ? " … " : " ")
      + (entry.marks.end ? "$" : "")
    let range = (place.first?.lowerBound ?? 0)..<(place.last?.upperBound ?? 0)
    return ClassifierReading.Ngram(
      text: name, kind: "\(entry.kind)", effect: ngram.total * ngramWeight / Double(max(count, 1)), texts: ngram.texts,
      example: Self.example(text, encoded.ranges[range]))
  }

  private func named(_ filter: FilterTotals.Chosen, _ texts: [Int: String], of count: Int) -> ClassifierReading.Filter {
    var windows: [ClassifierReading.Example] = []
    var seen: Set<String> = []
    for window in filter.windows {
      guard let text = texts[window.text] else { continue }
      let example = Self.example(text, encoder.encodeWithRanges(text).ranges[window.characters])
      if seen.insert(text[example.range].lowercased()).inserted { windows.append(example) }
      if windows.count == 3 { break }
    }
    return ClassifierReading.Filter(
      name: filter.name, number: filter.number, effect: filter.effect / Double(max(count, 1)), windows: windows)
  }

  private static func example(_ text: String, _ units: ArraySlice<Range<Int>>) -> ClassifierReading.Example {
    let start = units.reduce(Int.max) { min($0, $1.lowerBound) }
    let end = units.reduce(0) { max($0, $1.upperBound) }
    let utf8 = text.utf8
    func index(_ offset: Int) -> String.Index { utf8.index(utf8.startIndex, offsetBy: offset) }
    return ClassifierReading.Example(
      text: text, range: start > end ? text.startIndex..<text.startIndex : index(start)..<index(end))
  }
}
