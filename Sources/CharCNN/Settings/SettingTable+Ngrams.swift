import CharCNNNetworks

// The linear model of n-grams of a classifier.
extension SettingTable {
  private static let lengths = SettingRange.list(of: 1...16, least: 0).or("automatic")
  /// Settings of tables say which they are.
  private static let byTables = SettingWords(
    "It asks for a table that learns in steps, as --set ngramTraining=steps does.",
    "它要求一张逐步学习的表，等于 --set ngramTraining=steps。")

  /// The n-grams of a classifier, beside its network or alone.
  static let ngrams = Group(
    title: .init("N-grams of classifiers", "分类的 n 元组"),
    use: .init(
      "train: --set name=value, for classifiers; the networks of papers have n-grams with ngrams=automatic only",
      "train：--set name=value，用于分类；论文的网络只有写上 ngrams=automatic 才有 n 元组"),
    entries: [
      Entry(
        "ngrams", in: SettingPlace.ofTexts, lengths,
        .init(
          "Lengths of the n-grams of characters; automatic chooses by the texts, none leaves them out.",
          "字符 n 元组的长度；automatic 按文本选择，none 不用。"),
        touch: .init(
          "none to have the network alone; 1,2,3 for a smaller model.", "只要网络时用 none；想让模型更小用 1,2,3。")),
      Entry(
        "wordNgrams", lengths,
        .init("Lengths of the n-grams of words; automatic chooses by the texts.", "词 n 元组的长度；automatic 按文本选择。"),
        touch: .init(
          "none where words say little, as in names; 1,2,3 for large data.", "词没有什么意义（例如姓名）时用 none；数据很多时用 1,2,3。")),
      Entry(
        "wordPairs", lengths,
        .init(
          "Distances of two words that count as a pair, whatever stands between them.", "隔多远的两个词算一对，不论中间是什么。"),
        touch: .init("none for a smaller and quicker model.", "想让模型更小更快时用 none。")),
      Entry(
        "ngramTraining", .choice(NgramConfiguration.Training.self),
        .init(
          "How their weights come about: solved at once, or in steps as a table; automatic solves them unless texts are very many.",
          "权重怎样得到：一次求解（solved），或作为表逐步学习（steps）；automatic 求解，文本极多时除外。"),
        touch: .init(
          "steps where memory is short, or for detectors of languages.", "内存紧张，或做语种识别时用 steps。")),
      Entry(
        "ngramCost", SettingRange.number(1e-6...1e6).orNone,
        .init(
          "How closely the solution fits the training texts (the C of support vector machines); none chooses by the validation texts.",
          "解与训练文本贴合的程度（支持向量机的 C）；none 按验证文本选择。"),
        touch: .init(
          "To save the search when the right value is known from an earlier run.", "从以前的训练知道合适的值、想省去搜索时。")),
      Entry(
        "ngramBalance", .choice(NgramConfiguration.Balance.self),
        .init(
          "How much rare classes count: as they are (none), by the square root (root), or as much as any other (full).",
          "稀少的类算多少：按原样（none）、按平方根（root）、与其他类一样（full）。"),
        touch: .init(
          "full where rare classes must be found; none where only accuracy counts.", "必须找到稀少的类时用 full；只看准确率时用 none。")),
      Entry(
        "ngramLength", .whole(1...1 << 22),
        .init("Characters of a text whose n-grams count, from its beginning.", "从开头起，一条文本多少字符的 n 元组计入。"),
        touch: .init("More for documents whose end matters.", "文档的结尾也重要时加大。")),
      Entry(
        "ngramSize", SettingRange.whole(NgramConfiguration.leastSize...NgramConfiguration.mostSize).orNone,
        .init(
          "Bytes of their file at most: those are kept that count most; none keeps all.", "文件最多多少字节：保留最有用的；none 全部保留。"),
        touch: .init(
          "For a small model; `train --size` bounds all files together.", "想要小模型时；`train --size` 限制所有文件的总和。")),
      Entry(
        "ngramBits", in: SettingPlace.ofTexts, SettingRange.whole(4...26).orNone,
        .init(
          "Logarithm of the number of rows of a table; none chooses by the size of the data.", "表的行数的对数；none 按数据的多少选择。"),
        touch: byTables),
      Entry(
        "ngramWidth", in: SettingPlace.ofTexts, SettingRange.whole(1...1_024).orNone,
        .init(
          "Columns of a row of a table; none has the class scores themselves.", "表的一行有几列；none 直接是各类的分数。"),
        touch: .init(
          "16 to 64 where there are hundreds of classes. It asks for a table that learns in steps.",
          "有几百个类时用 16 到 64。它要求一张逐步学习的表。")),
      Entry(
        "ngramDropout", in: SettingPlace.ofTexts, .rate,
        .init("Rate at which n-grams are dropped while a table learns.", "表学习时丢弃 n 元组的比例。"), touch: byTables),
      Entry(
        "ngramRate", SettingRange.number(above: 0, to: 100).orNone,
        .init(
          "Highest learning rate of the rows of a table; none takes 0.5 beside a network, 2 alone.",
          "表中各行的最高学习率；none 在网络旁边为 0.5，单独时为 2。"),
        touch: byTables),
      Entry(
        "ngramDecay", .rate,
        .init("Decay of a table's rows, whenever they are touched.", "表中各行每次用到时的衰减。"), touch: byTables),
      Entry(
        "ngramBayes", SettingRange.number(above: 0, to: 1_000).orNone,
        .init(
          "What is added to each count where a table starts as naive Bayes; none starts at zero.",
          "表以朴素贝叶斯开始时给每个计数加多少；none 从零开始。"),
        touch: .init(
          "0.03 for languages and other tasks with many texts of clear signs. It asks for a table that learns in steps.",
          "语种等文本多、特征明显的任务用 0.03。它要求一张逐步学习的表。")),
    ])
}
