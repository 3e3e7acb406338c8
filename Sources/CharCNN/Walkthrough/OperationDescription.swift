import CharCNNCompute
import CharCNNNetworks

/// What a layer does, in words and as a formula. Formulas follow the tutorial's notation.
struct OperationDescription {
  var title: SettingWords
  var explanation: SettingWords
  var equation: Int?
  var formula: String?

  init(_ operation: Trace.Operation, name: String) {
    equation = nil
    formula = nil
    switch operation {
    case .embedding(let alphabet, let dimension):
      title = SettingWords("embedding", "嵌入")
      explanation = SettingWords(
        "Each index picks a row of the table W_e, \(alphabet) x \(dimension); padding becomes zeros.",
        "每个编号从 \(alphabet) × \(dimension) 的表 W_e 里取一行；填充是零。")
      equation = 1
      formula = "E = [c₁, c₂, …, c_L]ᵀ W_e"
    case .oneHotConvolution(let geometry):
      title = SettingWords("convolution of one-hot characters", "独热字符的卷积")
      explanation = SettingWords(
        "\(Self.window(geometry)). A character is a vector with a single one, so each tap picks a weight.",
        "\(Self.chineseWindow(geometry))。字符是只有一个 1 的向量，所以每个位置取一个权重。")
      equation = 2
      formula = "C = Conv1D(c, W) + b"
    case .convolution(let geometry, let inputs, let outputs):
      let isProjection = name.hasSuffix("projection")
      title =
        isProjection
        ? SettingWords("projection of the block's input", "块输入的投影")
        : SettingWords("convolution of width \(geometry.width)", "宽度为 \(geometry.width) 的卷积")
      explanation = SettingWords(
        "\(Self.window(geometry)): \(outputs) filters, each of \(geometry.width) x \(inputs) weights."
          + (isProjection ? " It gives the input the shape of the block's output, so that both can be added." : ""),
        "\(Self.chineseWindow(geometry))：\(outputs) 个过滤器，每个有 \(geometry.width) × \(inputs) 个权重。"
          + (isProjection ? "它把输入变成块输出的形状，两者才能相加。" : ""))
      equation = isProjection ? nil : 2
      formula = isProjection ? "x' = x W" : "C = Conv1D(E, W) + b"
    case .normalization(let kind):
      title = SettingWords("\(kind.rawValue) normalization", kind == .layer ? "层归一化" : "批归一化")
      explanation =
        kind == .layer
        ? SettingWords(
          "Each row is shifted and scaled to mean 0 and variance 1, then scaled and shifted by trained factors.",
          "每一行平移并缩放到均值 0、方差 1，再用学到的系数缩放和平移。")
        : SettingWords(
          "Each channel is shifted and scaled by the mean and variance seen in training, then by trained factors.",
          "每个通道按训练时见到的均值和方差平移并缩放，再用学到的系数缩放和平移。")
      formula = "y = γ (x - μ) / √(s² + ε) + β"
    case .nonlinearity(let nonlinearity):
      (title, explanation, equation, formula) = Self.nonlinearity(nonlinearity)
    case .concatenation:
      title = SettingWords("concatenation", "拼接")
      explanation = SettingWords("The parts are put side by side.", "各部分并排放在一起。")
      equation = 5
      formula = "z = [p₁, p₂, …, p_k]"
    case .residual:
      title = SettingWords("residual addition", "残差相加")
      explanation = SettingWords(
        "What went into this part of the network is added to what came out.", "进入这一部分的东西，加到它的输出上。")
      equation = 6
      formula = "z⁽ᵗ⁾ = F(z⁽ᵗ⁻¹⁾) + z⁽ᵗ⁻¹⁾"
    case .localPooling(let geometry, let pooling):
      let isMaximum = pooling == .max
      title = SettingWords("\(isMaximum ? "max" : "average") pooling", isMaximum ? "最大池化" : "平均池化")
      explanation = SettingWords(
        "Of \(geometry.width) neighbouring rows the \(isMaximum ? "largest value" : "mean") of each channel is "
          + "kept; the next window starts \(Self.rows(geometry.stride)) further on.",
        "相邻 \(geometry.width) 行里，每个通道只留\(isMaximum ? "最大值" : "平均值")；下一个窗口从往后 \(geometry.stride) 行开始。")
      equation = isMaximum ? 4 : nil
      formula = isMaximum ? "p_i = max_j C'_ij, j in the window" : "p_i = mean_j C'_ij, j in the window"
    case .globalPooling(let kind):
      title = SettingWords("pooling of the whole text", "整条文本的池化")
      let (kept, chinese) =
        switch kind {
        case .max: ("The largest value", "最大值")
        case .average: ("The mean", "平均值")
        case .maxAverage: ("The largest value, and then the mean,", "最大值，然后是平均值")
        }
      explanation = SettingWords(
        "\(kept) of each channel is kept; padding counts as rows like any other.", "每个通道留下\(chinese)；填充也算普通的行。")
      equation = kind == .average ? nil : 4
      formula = kind == .average ? "p_i = mean_j C'_ij, 1 ≤ j ≤ L" : "p_i = max_j C'_ij, 1 ≤ j ≤ L"
    case .kMaxPooling:
      title = SettingWords("k-max pooling", "k 最大池化")
      explanation = SettingWords(
        "The largest values of each channel are kept, in the order in which they stood.", "每个通道留下最大的几个值，顺序不变。")
    case .linear(let inputs, let outputs):
      title =
        name == "output"
        ? SettingWords("scores of the classes (logits)", "各类的得分（logits）")
        : SettingWords("fully connected layer", "全连接层")
      explanation = SettingWords(
        "Each of the \(outputs) outputs is a weighted sum of the \(inputs) inputs plus a bias.",
        "\(outputs) 个输出中，每个都是 \(inputs) 个输入的加权和再加偏置。")
      equation = 7
      formula = "o = W_f z + b_f"
    case .mixture:
      title = SettingWords("scores with those of the n-grams", "加上 n 元组的得分")
      explanation = SettingWords(
        "Every n-gram of the text votes by its row of weights, the rarer the louder; network and votes are mixed.",
        "文本的每个 n 元组用自己那一行权重投票，越少见声音越大；网络和投票混合在一起。")
    case .softmax:
      title = SettingWords("probabilities (softmax)", "概率（softmax）")
      explanation = SettingWords(
        "The exponentials of the scores, divided by their sum: positive, and one in all.", "得分的指数除以它们的和：都是正数，总和为一。")
      equation = 8
      formula = "ŷ = softmax(o)"
    case .logistic:
      title = SettingWords("probabilities (logistic function)", "概率（logistic 函数）")
      explanation = SettingWords(
        "Each score becomes a probability by itself, since a text may have several labels, or none.",
        "每个得分单独变成概率，因为一条文本可以有几个标签，也可以没有。")
      formula = "ŷ_i = 1 / (1 + exp(-o_i))"
    }
  }

  private static func nonlinearity(_ nonlinearity: Nonlinearity) -> (SettingWords, SettingWords, Int?, String?) {
    switch nonlinearity {
    case .glu:
      (
        SettingWords("gated linear unit", "门控线性单元"),
        SettingWords(
          "One half of the channels is let through as far as the other half opens the gate.", "一半通道放行多少，由另一半把门开多大决定。"),
        3,
        "C' = C[:, :k/2] ⊙ σ(C[:, k/2:])"
      )
    case .complementary:
      (
        SettingWords("gate with both halves", "两半都留的门"),
        SettingWords(
          "One half of the channels is split by the other half: what the gate lets through, and the rest.",
          "一半通道被另一半分成两份：门放行的，和剩下的。"), 3,
        "C' = [C[:, :k/2] ⊙ σ(C[:, k/2:]), C[:, :k/2] ⊙ (1 - σ(C[:, k/2:]))]"
      )
    case .relu:
      (SettingWords("ReLU", "ReLU"), SettingWords("Negative values become zero.", "负值变成零。"), nil, "y = max(0, x)")
    case .gelu:
      (
        SettingWords("GELU", "GELU"),
        SettingWords(
          "Each value is multiplied with the share of a normal distribution below it.", "每个值乘以正态分布里比它小的那部分。"), nil,
        "y = x Φ(x)"
      )
    }
  }

  private static func window(_ geometry: WindowGeometry) -> String {
    var text = "A window of \(rows(geometry.width))"
    if geometry.dilation > 1 { text += ", \(geometry.dilation) apart," }
    text += " slides over the text"
    return geometry.stride > 1 ? "\(text) in steps of \(geometry.stride)" : text
  }

  private static func chineseWindow(_ geometry: WindowGeometry) -> String {
    var text = "\(geometry.width) 行的窗口"
    if geometry.dilation > 1 { text += "（行距 \(geometry.dilation)）" }
    text += "在文本上滑动"
    return geometry.stride > 1 ? "\(text)，步长 \(geometry.stride)" : text
  }

  private static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
