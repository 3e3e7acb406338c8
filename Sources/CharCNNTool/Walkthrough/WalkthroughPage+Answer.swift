#if Tool
internal import CharCNN
internal import CharCNNFiles

/// What a model answers, and what its n-grams say.
extension WalkthroughPage {
  /// Labels that are shown at once.
  private static let shownLabels = 12
  private static let shownNgrams = 40

  /// The answer, and the probabilities of all labels.
  func answer() -> String {
    let answer = detail.answer
    var html = "<p class=\"verdict\">\(verdict)</p>\n"
    if let certainty = answer.certainty {
      let (value, threshold) = (
        Numbers.fixed(certainty.value, decimals: 3), Numbers.fixed(certainty.threshold, decimals: 3)
      )
      let text = words(
        "How sure: \(value); an answer needs \(threshold).", "把握：\(value)；要回答，至少要 \(threshold)。")
      html += "<p class=\"caption\">\(text)</p>\n"
    }
    let highest = answer.hypotheses.first?.probability ?? 0
    let rows = answer.hypotheses.enumerated().map { place, hypothesis in
      let isGiven = answer.labels.contains(hypothesis.label)
      let threshold = answer.thresholds.map {
        "<td>\(words("needs \(Numbers.fixed($0[place], decimals: 3))", "需 \(Numbers.fixed($0[place], decimals: 3))"))</td>"
      }
      return Self.bar(
        hypothesis.label, value: hypothesis.probability, of: answer.thresholds == nil ? highest : 1,
        number: Numbers.fixed(hypothesis.probability), rest: (threshold ?? "") + "<td>\(isGiven ? "✓" : "")</td>")
    }
    html += folded(rows)
    for note in detail.notes { html += "<p class=\"note\">\(words(of: note))</p>\n" }
    let model = "<code>\(MarkupText.escaped(detail.walkthrough.model))</code>"
    return html + "<p class=\"caption\">\(words("Model: ", "模型："))\(model)</p>\n"
  }

  /// Words in the language of the page, as markup.
  func words(of words: SettingWords) -> String { MarkupText.escaped(words.text(language)) }

  private var verdict: String {
    let answer = detail.answer
    func named(_ label: String) -> String {
      let probability = answer.hypotheses.first { $0.label == label }?.probability ?? 0
      return "<b>\(MarkupText.escaped(label))</b> <span>\(Numbers.fixed(probability, decimals: 3))</span>"
    }
    if !answer.labels.isEmpty { return answer.labels.map(named).joined(separator: " ") }
    if detail.allowsSeveralLabels { return "<b>\(words("no label", "没有标签"))</b>" }
    let likeliest = answer.hypotheses.first.map {
      "\(MarkupText.escaped($0.label)) \(Numbers.fixed($0.probability, decimals: 3))"
    }
    return
      "<b>\(words(Predict.unknown, "不知道（\(Predict.unknown)）"))</b> <span>\(words("the likeliest would be", "最可能的是")) \(likeliest ?? "")</span>"
  }

  /// A row with a bar.
  private static func bar(_ name: String, value: Double, of highest: Double, number: String, rest: String = "")
    -> String
  {
    let share = highest > 0 && value.isFinite ? min(value.magnitude / highest, 1) : 0
    return
      "<tr><th><bdi>\(MarkupText.escaped(name))</bdi></th><td class=\"bar\"><span class=\"\(value < 0 ? "minus" : "plus")\" style=\"--v:1;width:\(Decimals.rounded(share * 100, decimals: 1))%\"></span></td><td>\(number)</td>\(rest)</tr>"
  }

  /// Rows of a table, those beyond the first ones in a part that opens.
  private func folded(_ rows: [String]) -> String {
    func table(_ rows: some Sequence<String>) -> String {
      "<div class=\"scroll\"><table class=\"numbers\"><tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table></div>\n"
    }
    if rows.count <= Self.shownLabels { return table(rows) }
    let rest = rows.count - Self.shownLabels
    return table(rows.prefix(Self.shownLabels))
      + "<details><summary>\(words("… \(rest) more labels", "…… 还有 \(rest) 个标签"))</summary>\n\(table(rows.dropFirst(Self.shownLabels)))</details>\n"
  }

  /// Scores of all classes, each with a bar, the highest first.
  func scores(_ values: [Float], labels: [String]) -> String {
    let highest = values.reduce(0) { $1.isFinite ? max($0, Double($1.magnitude)) : $0 }
    let order = labels.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }
    return folded(
      order.map {
        Self.bar(labels[$0], value: Double(values[$0]), of: highest, number: Decimals.rounded(values[$0], below: 1e6))
      })
  }

  // MARK: Network and n-grams

  /// Labels in the order of their probabilities, by their numbers.
  private var order: [Int] {
    var numbers: [String: Int] = [:]
    for (number, label) in detail.labels.enumerated() { numbers[label] = number }
    return detail.answer.hypotheses.compactMap { numbers[$0.label] }
  }

  /// The scores of both parts, and how they become probabilities.
  func mixture() -> String {
    guard let votes = detail.votes else { return "" }
    func number(_ value: Double) -> String { Decimals.rounded(value, decimals: 3) }
    let weight = number(votes.part.weight)
    var sentences: [String]
    if let network = votes.network {
      let own = number(network.weight)
      sentences = [
        words(
          "The score of a label is \(own) times that of the network plus \(weight) times that of the n-grams; the two weights were fitted to texts that were held out.",
          "标签的得分等于网络得分的 \(own) 倍，加上 n 元组得分的 \(weight) 倍；这两个权重是在留出的文本上定下的。")
      ]
      if network.weight == 0 {
        sentences.append(words("So the network counts nothing here.", "所以网络在这里不算数。"))
      }
    } else if detail.hasNetwork {
      sentences = [
        words(
          "The n-grams answer alone; their scores count \(weight) times.", "只有 n 元组回答；它们的得分乘以 \(weight)。")
      ]
    } else {
      sentences = [
        words(
          "The model is n-grams alone; their scores count \(weight) times.", "模型只有 n 元组；它们的得分乘以 \(weight)。")
      ]
    }
    let function = detail.allowsSeveralLabels ? words("the logistic function", "logistic 函数") : "softmax"
    if let temperature = detail.answer.temperature {
      sentences.append(
        words(
          "The sum is divided by the temperature \(number(temperature)); \(function) makes probabilities of it.",
          "总和除以温度 \(number(temperature))，再由 \(function) 变成概率。"))
    } else {
      sentences.append(words("\(function) makes probabilities of the sum.", "总和由 \(function) 变成概率。"))
    }
    let sums = votes.sums
    var names = [words("label", "标签")]
    if votes.network != nil { names.append(words("network", "网络")) }
    names += [words("n-grams", "n 元组"), words("sum", "总和")]
    if detail.answer.temperature != nil { names.append(words("by temperature", "除以温度")) }
    names.append(words("probability", "概率"))
    var probabilities: [String: Double] = [:]
    for hypothesis in detail.answer.hypotheses { probabilities[hypothesis.label] = hypothesis.probability }
    let rows = order.prefix(8).map { label in
      var cells: [String] = []
      if let network = votes.network {
        cells.append("\(number(network.weight)) × \(number(network.scores[label]))")
      }
      cells += ["\(weight) × \(number(votes.part.scores[label]))", number(sums[label])]
      if let temperature = detail.answer.temperature { cells.append(number(sums[label] / temperature)) }
      cells.append(Numbers.fixed(probabilities[detail.labels[label]] ?? 0))
      return "<tr><th><bdi>\(MarkupText.escaped(detail.labels[label]))</bdi></th>"
        + cells.map { "<td>\($0)</td>" }.joined() + "</tr>"
    }
    return "<p>\(sentences.joined(separator: language == .english ? " " : ""))</p>\n" + table(names, rows)
  }

  private func table(_ names: [String], _ rows: [String]) -> String {
    "<div class=\"scroll\"><table class=\"numbers\"><thead><tr>\(names.map { "<th>\($0)</th>" }.joined())</tr></thead><tbody>\n\(rows.joined(separator: "\n"))\n</tbody></table></div>\n"
  }

  // MARK: N-grams

  /// The n-grams that say most, and what they add.
  func ngrams() -> String {
    guard let votes = detail.votes, let first = order.first else { return "" }
    if votes.ngrams.isEmpty {
      return "<p>\(words("The model knows no n-gram of the text.", "文本里没有模型认识的 n 元组。"))</p>\n"
    }
    let others = order.dropFirst().first
    let effects = votes.ngrams.map {
      NgramVotes.effect($0.scores, for: first, hasSeveral: detail.allowsSeveralLabels)
    }
    let ranked = votes.ngrams.indices.sorted {
      effects[$0].magnitude == effects[$1].magnitude ? $0 < $1 : effects[$0].magnitude > effects[$1].magnitude
    }
    let shown = ranked.prefix(Self.shownNgrams)
    let highest = effects[ranked[0]].magnitude
    let label = detail.labels[first]
    let rows = shown.map { number in
      let ngram = votes.ngrams[number]
      let places = ngram.places.joined().map { "\($0.lowerBound)-\($0.upperBound)" }
      let share = highest > 0 ? effects[number].magnitude / highest : 0
      let bar =
        "<span class=\"\(effects[number] < 0 ? "minus" : "plus")\" style=\"--v:1;width:\(Decimals.rounded(share * 100, decimals: 1))%\"></span>"
      let cells = [first, others].compactMap { $0 }.map {
        "<td>\(ExplanationPrinting.signed(ngram.scores[$0]))</td>"
      }
      return
        "<tr tabindex=\"0\" data-places=\"\(places.joined(separator: " "))\"><th>\(MarkupText.escaped(ngram.text))</th><td class=\"kind\">\(words(of: ngram.kind))</td><td>\(ngram.places.count)</td><td class=\"bar\">\(bar)</td><td>\(ExplanationPrinting.signed(effects[number]))</td>\(cells.joined())</tr>"
    }
    let several = detail.allowsSeveralLabels
    let meaning = words(
      several
        ? "What each n-gram adds to the score of “\(label)”, the strongest first; ^ and $ are the marks before and behind the text. Point at one to see where it stands."
        : "What each n-gram adds to the score of “\(label)” more than to that of the mean label, the strongest first; ^ and $ are the marks before and behind the text. Point at one to see where it stands.",
      several
        ? "每个 n 元组给“\(label)”的得分加多少，最强的在前；^ 和 $ 是文本前后的标记。指向一个，就能看到它在哪里。"
        : "每个 n 元组给“\(label)”的得分比给各标签的平均多加多少，最强的在前；^ 和 $ 是文本前后的标记。指向一个，就能看到它在哪里。")
    var names = [
      words("n-gram", "n 元组"), words("of", "由……组成"), words("times", "次数"), "", words("speaks for it", "支持"),
    ]
    names += [first, others].compactMap { $0 }.map { MarkupText.escaped(detail.labels[$0]) }
    var html = "<p>\(meaning)</p>\n" + table(names, rows)
    if ranked.count > shown.count {
      let rest = ranked.dropFirst(shown.count).reduce(0) { $0 + effects[$1] }
      let (count, sum) = (Numbers.grouped(ranked.count - shown.count), ExplanationPrinting.signed(rest))
      html +=
        "<p class=\"caption\">\(words("… \(count) more n-grams, together \(sum)", "…… 还有 \(count) 个 n 元组，合计 \(sum)"))</p>\n"
    }
    let bias = ExplanationPrinting.signed(NgramVotes.effect(votes.bias, for: first, hasSeveral: several))
    if let vector = votes.vector {
      let sum = ExplanationPrinting.signed(NgramVotes.effect(vector, for: first, hasSeveral: several))
      html +=
        "<p class=\"caption\">\(words("The vector of the base, which knows what texts mean: \(sum).", "基础模型的向量（它知道文本的意思）：\(sum)。"))</p>\n"
    }
    return html + "<p class=\"caption\">\(words("Without any n-gram: \(bias).", "没有任何 n 元组时：\(bias)。"))</p>\n"
  }
}
#endif
