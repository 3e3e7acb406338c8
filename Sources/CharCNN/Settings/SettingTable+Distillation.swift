import CharCNNNetworks

// What bases of vectors have.
extension SettingTable {
  private static let lengths = SettingRange.list(of: 1...16, least: 0).or("automatic")

  /// Bases of vectors.
  static let distillation = Group(
    title: .init("Distillation", "蒸馏"),
    use: .init("distill --set name=value", "distill --set name=value"),
    entries: [
      Entry(
        "ngrams", in: [.embedder], lengths,
        .init(
          "Lengths of the n-grams of characters; automatic chooses by the script, none leaves them out.",
          "字符 n 元组的长度；automatic 按文字选择，none 不用。"),
        touch: .init("none where words alone are to count.", "只想用词时用 none。")),
      Entry(
        "wordNgrams", in: [.embedder], lengths,
        .init("Lengths of the n-grams of words; automatic chooses by the script.", "词 n 元组的长度；automatic 按文字选择。"),
        touch: .init("1 for a smaller base.", "想让基础模型更小时用 1。")),
      Entry(
        "minimumTexts", .whole(from: 1),
        .init("Texts that an n-gram must occur in to have a row.", "一个 n 元组要出现在多少条文本里才有一行。"),
        touch: .init("More where texts are very many and full of errors.", "文本极多、错误很多时加大。")),
      Entry(
        "size", .whole(10_000...1 << 40),
        .init(
          "Bytes of the n-grams and layers at most: of more n-grams, those of most texts have a row.",
          "n 元组和各层最多占多少字节：n 元组更多时，只有出现在最多文本里的才有一行。"),
        touch: .init("`--size 4MB` says the same.", "等于 `--size 4MB`。")),
      Entry(
        "rank", .whole(1...4_096),
        .init("Numbers of a row.", "一行有多少个数。"),
        touch: .init("Less for more n-grams in the same size.", "同样大小想放更多 n 元组时减小。")),
      Entry(
        "hidden", in: [.embedder], SettingRange.whole(1...16_384).orNone,
        .init(
          "Units of the hidden layer beside the linear one; none for the linear layer alone.",
          "线性层旁边隐藏层的单元数；none 只用线性层。"),
        touch: .init("none for the smallest base.", "想要最小的基础模型时用 none。")),
      Entry(
        "ngramDropout", in: [.embedder], .rate,
        .init("Rate at which n-grams are dropped while learning.", "学习时丢弃 n 元组的比例。"),
        touch: .init("0.1 to 0.3 where texts are few.", "文本少时用 0.1 到 0.3。")),
      Entry(
        "ngramRate", in: [.embedder], .number(above: 0, to: 1),
        .init("Highest learning rate of the rows.", "各行的最高学习率。"),
        touch: .init("Less where the loss rises.", "损失上升时减小。")),
    ])
}
