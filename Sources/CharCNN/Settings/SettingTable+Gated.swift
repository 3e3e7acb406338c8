import CharCNNNetworks

// The default network, and the body of those of other tasks.
extension SettingTable {
  /// Networks with a gated body, whose normalization is not that of the text.
  private static let bodies: [SettingPlace] =
    [.classifier("gated"), .classifier("gated-tutorial"), .matcher, .regressor] + SettingPlace.taggers
    + SettingPlace.languages

  /// The gated network. What other networks have too and what means the same there is told here.
  static let gated = Group(
    title: .init("Network gated, also the body of taggers, matchers and language models", "网络 gated，也是标注、匹配和语言模型的主体"),
    use: .init("train, pretrain: --set name=value", "train、pretrain：--set name=value"),
    entries: [
      Entry(
        "embedding", .whole(1...4_096),
        .init("Numbers that stand for a character.", "一个字符用几个数表示。"),
        touch: .init(
          "Smaller, such as 16, for alphabets of a few dozen letters; larger for thousands of characters.",
          "字母表只有几十个字母时减小，例如 16；有几千个字时加大。")),
      Entry(
        "filters", .whole(1...16_384),
        .init(
          "Filters of each convolution, shared by its widths; a gate leaves half of them, so that each width needs an even number.",
          "每个卷积的过滤器个数，由各宽度平分；门会留下一半，所以每个宽度要有偶数个。"),
        touch: .init(
          "128 for speed and small models; 512 for many texts and classes.", "想更快、模型更小用 128；文本和类很多用 512。")),
      Entry(
        "widths", .list(of: 1...64),
        .init("Characters that a convolution looks at; several widths share the filters.", "卷积一次看几个字符；几个宽度平分过滤器。"),
        touch: .init("3,5 or 5 where single words decide.", "由单个的词决定时用 3,5 或 5。")),
      Entry(
        "blocks", .whole(1...64),
        .init("Blocks one after another: each has a convolution, a gate and an addition.", "前后相接的块数：每块有一个卷积、一个门和一次相加。"),
        touch: .init("More for long texts, fewer for short ones and for speed.", "文本长就加，文本短或想更快就减。")),
      Entry(
        "stride", .whole(1...16),
        .init("Rows from one window of a convolution to the next.", "卷积的窗口每次移动几行。"),
        touch: .init("2 to shorten long texts without pooling.", "不用池化也要缩短长文本时用 2。")),
      Entry(
        "dilations", .list(of: 1...1_024),
        .init(
          "Rows between the neighbours in a window: one number for all blocks, or one for each.",
          "窗口里相邻两行隔多远：所有块一个数，或每块一个数。"),
        touch: .init(
          "1,2,4,… to see far without pooling, as taggers and language models do.", "不用池化也要看得远时用 1,2,4,…，标注和语言模型就是这样。")),
      Entry(
        "nonlinearity", .choice(Nonlinearity.self),
        .init("What follows a convolution: a gate (glu and its kin) or an activation.", "卷积之后是什么：门（glu 等）或激活函数。"),
        touch: .init("To compare; gates learn best here.", "用于比较；这里门的效果最好。")),
      Entry(
        "normalization", in: bodies, .choice(NormalizationKind.self),
        .init("Normalization between convolution and gate.", "卷积与门之间的归一化。"),
        touch: .init(
          "none for very small networks; the text's own is text.normalization.",
          "很小的网络用 none；文本的归一化是 text.normalization。")),
      Entry(
        "residual", .truth,
        .init("Whether a block's input is added to its output.", "是否把块的输入加到输出上。"),
        touch: .init("false to see what it is good for.", "想看看它有什么用时用 false。")),
      Entry(
        "pooling", .choice(LocalPoolingKind.self),
        .init("What shortens the text between blocks.", "块与块之间怎样缩短文本。"),
        touch: .init("none where places matter, or for a base that taggers start from.", "位置重要，或要作为标注的基础模型时用 none。")),
      Entry(
        "poolingWidth", .whole(1...64),
        .init("Rows that one pooling window takes in.", "一个池化窗口包含几行。"),
        touch: .init("3 with poolingStride=2 for windows that overlap.", "想让窗口重叠时用 3，并且 poolingStride=2。")),
      Entry(
        "poolingStride", .whole(1...64),
        .init(
          "Rows from one pooling window to the next, at most poolingWidth.", "池化窗口每次移动几行，不超过 poolingWidth。"),
        touch: .init("3 with poolingWidth=3 for long texts.", "长文本用 3，并且 poolingWidth=3。")),
      Entry(
        "globalPooling", .choice(GlobalPoolingKind.self),
        .init("How the rows of the whole text become one.", "整条文本的各行怎样合成一行。"),
        touch: .init("average where the whole text tells the class and no single place.", "由整条文本而不是某一处决定类别时用 average。")),
      Entry(
        "hidden", .list(of: 1...16_384, least: 0, most: 2),
        .init(
          "Widths of fully connected layers before the last one; none for no such layer.", "最后一层之前的全连接层的宽度；none 没有这样的层。"
        ),
        touch: .init("128 where classes depend on several things at once.", "类别同时取决于几件事时用 128。")),
      Entry(
        "characterDropout", .rate,
        .init("Rate at which whole characters are dropped while learning.", "学习时丢弃整个字符的比例。"),
        touch: .init("More, such as 0.2, for texts with typos; 0 for very short texts.", "文本有错字时加大，例如 0.2；文本很短时用 0。")),
      Entry(
        "blockDropout", .rate,
        .init("Dropout rate after each gate.", "每个门之后的丢弃率。"),
        touch: .init("More where training texts are few.", "训练文本很少时加大。")),
      Entry(
        "dropout", .rate,
        .init("Dropout rate before fully connected layers.", "全连接层之前的丢弃率。"),
        touch: .init(
          "0.5 where training texts are few; 0.1 where they are very many.", "训练文本很少时用 0.5；很多时用 0.1。")),
      Entry(
        "length", SettingRange.whole(1...1_000_000).orNone,
        .init(
          "Characters that texts are cut or padded to, at least what the layers need; none keeps each text's own length.",
          "把文本截断或补齐到多少字符，不少于各层所需；none 保持各自的长度。"),
        touch: .init(
          "To compute what a paper did; none is quicker and loses nothing.", "要重现论文的计算时；none 更快，也不丢失什么。")),
      Entry(
        "padding", SettingRange.choice(of: "same", "causal").orNone,
        .init(
          "What windows read: causal no character after their own, none as many as before it.",
          "窗口读什么：causal 不读后面的字符，none 前后一样多。"),
        touch: .init("Leave it: language models that write need causal.", "不用改：会写文本的语言模型需要 causal。")),
    ])
}
