#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNNetworks

/// What a network computes, step by step.
extension WalkthroughPage {
  /// All steps, with what is said once of all.
  func steps() -> String {
    var html = "<p class=\"caption\">"
    html += words(
      "Orange is above zero, blue below, the stronger the larger. Rows are the characters of the text, or stretches of them, downwards; columns are channels. Numbers in parentheses are the tutorial's equations.",
      "橙色大于零，蓝色小于零，颜色越深数值越大。行从上到下是文本的字符或几个字符，列是通道。括号里的数字是教程的公式编号。")
    if matrices.isRough {
      html += " "
      html += words(
        "The network is large: values are rounded to 1/127 of the largest of their matrix.",
        "网络很大：数值舍入到本矩阵最大值的 1/127。")
    }
    html += "</p>\n<noscript><p class=\"note\">"
    html += words("The matrices are drawn by the page's own script; allow it.", "矩阵由本页自带的脚本画出，请允许它运行。")
    html += "</p></noscript>\n"
    for step in detail.walkthrough.steps.indices { html += section(step) }
    return html
  }

  private func section(_ number: Int) -> String {
    let (step, layer) = (detail.walkthrough.steps[number], detail.layers[number])
    let shape = step.shape.map(String.init).joined(separator: " × ")
    var html =
      "<article><h3>\(number + 1). \(words(of: layer.title)) <small><code>\(MarkupText.escaped(step.name))</code>, \(shape)</small></h3>\n"
    html += "<p>\(words(of: layer.explanation))</p>\n"
    if let formula = step.formula {
      html +=
        "<p class=\"formula\">\(MarkupText.escaped(formula))\(step.equation.map { " <span>(\($0))</span>" } ?? "")</p>\n"
    }
    return html + content(number) + "</article>\n"
  }

  private func content(_ number: Int) -> String {
    let (step, layer) = (detail.walkthrough.steps[number], detail.layers[number])
    if step.shape.count == 1 { return list(step) }
    if !step.columnLabels.isEmpty { return scores(step.values, labels: step.columnLabels) }
    switch matrices.kind(number) {
    case .none: return ""
    case .glu, .complementary: return gate(number)
    case .values where layer.winners != nil: return pooling(number)
    case .values, .relu: return matrix(number)
    }
  }

  // MARK: Lists

  /// Characters side by side, over their numbers where there are some; padding is folded.
  private func list(_ step: CharCNN.Walkthrough.Step) -> String {
    let real = step.rowLabels.count { !$0.isEmpty }
    let shown = min(real, Self.shownUnits)
    func item(_ row: Int) -> String {
      let label = step.rowLabels[row].isEmpty ? "·" : MarkupText.escaped(step.rowLabels[row])
      return "<li>\(label)\(step.values.isEmpty ? "" : "<small>\(Int(step.values[row]))</small>")</li>"
    }
    var html = shown == 0 ? "" : "<ul class=\"list\">\((0..<shown).map(item).joined())</ul>\n"
    if real > shown {
      html += "<p class=\"caption\">\(words("… \(real - shown) more", "…… 还有 \(real - shown) 个"))</p>\n"
    }
    let padding = step.rows - real
    if padding > 0 {
      html +=
        "<details><summary>\(paddingLine(padding))</summary><ul class=\"list\">\((real..<min(step.rows, real + 64)).map(item).joined())</ul></details>\n"
    }
    return html
  }

  private func paddingLine(_ rows: Int) -> String {
    words("… \(rows) row\(rows == 1 ? "" : "s") of padding", "…… \(rows) 行填充")
  }

  // MARK: Matrices

  /// A matrix, which the script draws.
  ///
  /// - Parameters:
  ///   - number: The step.
  ///   - part: What is drawn of a gate: `a` or `g`, one half of the channels; nil for the step's output.
  ///   - pooling: The pooling whose winners are outlined.
  ///   - caption: What stands above it; nil for nothing.
  private func matrix(_ number: Int, part: String? = nil, pooling: Int? = nil, caption: String? = nil) -> String {
    let step = detail.walkthrough.steps[number]
    let rows = matrices.rows(number)
    var attributes = "data-step=\"\(number)\""
    if let part { attributes += " data-part=\"\(part)\"" }
    if let pooling { attributes += " data-pooling=\"\(pooling)\"" }
    var html = "<figure class=\"matrix\" \(attributes)>"
    if let caption { html += "<figcaption>\(caption)</figcaption>" }
    let columns = part == nil ? step.columns : detail.walkthrough.steps[detail.layers[number].inputs[0]].columns / 2
    let label = words(
      "\(detail.layers[number].title.text(.english)): \(rows.shown) rows, \(columns) columns",
      "\(detail.layers[number].title.text(.chinese))：\(rows.shown) 行，\(columns) 列")
    html +=
      "<div class=\"pane\" tabindex=\"0\" role=\"img\" aria-label=\"\(label)\"><div class=\"size\"><canvas></canvas></div></div>"
    if rows.all > rows.shown {
      html +=
        "<button type=\"button\" class=\"fold\" aria-expanded=\"false\">\(paddingLine(rows.all - rows.shown))</button>"
    }
    if step.rows > rows.all {
      let rest = Numbers.grouped(step.rows - rows.all)
      html +=
        "<p class=\"caption\">\(words("… \(rest) more rows, which this page leaves out", "…… 还有 \(rest) 行，本页没有收入"))</p>"
    }
    return html + "</figure>\n"
  }

  /// The halves of a gate, and what it lets through.
  private func gate(_ number: Int) -> String {
    let isNormalized: Bool
    if case .normalization = detail.layers[detail.layers[number].inputs[0]].operation {
      isNormalized = true
    } else {
      isNormalized = false
    }
    let note = isNormalized ? words(" (both halves normalized before)", "（两半都先经过归一化）") : ""
    let isWhole = matrices.kind(number) == .complementary
    let source = words(
      "Gated linear unit (GLU), h(X) = (X∗W + b) ⊗ σ(X∗V + c): Dauphin, Fan, Auli, Grangier 2017, “Language Modeling with Gated Convolutional Networks”.",
      "门控线性单元（GLU），h(X) = (X∗W + b) ⊗ σ(X∗V + c)：Dauphin、Fan、Auli、Grangier 2017，“Language Modeling with Gated Convolutional Networks”。"
    )
    return "<p>\(source)</p>\n<div class=\"gate\">"
      + matrix(
        number, part: "a",
        caption: "<b>\(words("value half", "数值半"))</b> A = X∗W + b\(note)")
      + matrix(
        number, part: "g",
        caption: "<b>\(words("gate half", "门半"))</b> σ(B), B = X∗V + c\(words("; 0 is shut, 1 is open", "；0 是关，1 是开"))")
      + matrix(
        number,
        caption: isWhole
          ? "<b>\(words("product", "乘积"))</b> [A ⊗ σ(B), A ⊗ (1 − σ(B))]" : "<b>\(words("product", "乘积"))</b> A ⊗ σ(B)")
      + "</div>\n"
  }

  /// What a pooling reads, with its winners, and what it gives.
  private func pooling(_ number: Int) -> String {
    let layer = detail.layers[number]
    let reads = words("what is pooled, the winners outlined", "被池化的矩阵，胜出的格子有框")
    let gives = words("what is kept", "留下的")
    var html = ""
    if matrices.kind(layer.inputs[0]) != .none { html += matrix(layer.inputs[0], pooling: number, caption: reads) }
    html += matrix(number, caption: gives)
    if layer.rows.own.isEmpty { html += winners(number) }
    return html
  }

  /// The text, each character coloured by how many channels were taken from rows that stand for it.
  private func winners(_ number: Int) -> String {
    guard let taken = detail.layers[number].winners?.rows else { return "" }
    let input = detail.layers[detail.layers[number].inputs[0]].rows
    if input.own.isEmpty { return "" }
    var counts = [Int](repeating: 0, count: detail.networkUnits)
    var padding = 0
    for row in taken where row >= 0 {
      let range = input.own[Int(row)].clamped(to: 0..<counts.count)
      if range.isEmpty { padding += 1 }
      for unit in range { counts[unit] += 1 }
    }
    let all = taken.count { $0 >= 0 }
    guard let highest = counts.prefix(Self.shownUnits).max(), highest > 0 else { return "" }
    let units = zip(detail.units, counts).prefix(Self.shownUnits).map { unit, count in
      let text = MarkupText.escaped(unit) + (unit == "␣" ? "<wbr/>" : "")
      if count == 0 { return "<i>\(text)</i>" }
      let share = Decimals.rounded(Double(count) / Double(highest), decimals: 2)
      return "<i class=\"plus\" style=\"--v:\(share)\" title=\"\(count)\">\(text)</i>"
    }
    var caption = words(
      "Which characters win, of \(Numbers.grouped(all)) values that are taken; the strongest has \(highest).",
      "哪些字符胜出：共取 \(Numbers.grouped(all)) 个值，最多的字符有 \(highest) 个。")
    if padding > 0 {
      caption += " "
      caption += words("\(Numbers.grouped(padding)) come from padding.", "\(Numbers.grouped(padding)) 个来自填充。")
    }
    return "<p class=\"caption\">\(caption)</p>\n<p class=\"wins\">\(units.joined())</p>\n"
  }
}
#endif
