import CharCNNNetworks
import CharCNNText

// What only some tasks have.
extension SettingTable {
  private static let words = [SettingPlace.tagger(.word)]
  private static let taggersAndMatcher: [SettingPlace] = SettingPlace.taggers + [.matcher]
  private static let wordsAndMatcher: [SettingPlace] = words + [.matcher]
  private static let characters = [SettingPlace.tagger(.character)]

  /// Taggers.
  static let tagging = Group(
    title: .init("Tagging", "标注"),
    use: .init("train --task tagging --set name=value", "train --task tagging --set name=value"),
    entries: [
      Entry(
        "scheme", .choice(TagScheme.self),
        .init(
          "Scheme in which spans are learned; none is that of the data.", "用哪种方案学习片段；none 用数据的方案。"),
        touch: .init("bioes often finds a little more than bio.", "bioes 往往比 bio 好一点。")),
      Entry(
        "spanSwaps", .rate,
        .init(
          "Rate at which spans of the training sentences are replaced by others of the same type.",
          "训练句子中的片段换成同类其他片段的比例。"),
        touch: .init("0.1 to 0.3 where spans are few and contexts many.", "片段少、上下文多时用 0.1 到 0.3。")),
      Entry(
        "output", .choice(TagOutputKind.self),
        .init(
          "What turns scores into tags: a random field over whole sentences (crf), or each tag by itself (softmax).",
          "分数怎样变成标签：整句的随机场（crf），或每个标签单独（softmax）。"),
        touch: .init("softmax for speed with very many tags.", "标签很多、想更快时用 softmax。")),
      Entry(
        "ngrams", in: characters, .list(of: 1...8, least: 0, most: 8),
        .init("Lengths of the n-grams around a character that are added to its embedding.", "加到字符嵌入上的、周围 n 元组的长度。"),
        touch: .init("2,3 where texts are many; none for a smaller model.", "文本很多时用 2,3；想让模型更小用 none。")),
      Entry(
        "ngrams", in: words, .list(of: 1...16, least: 0, most: 8),
        .init("Lengths of the n-grams of a word that stand beside the whole word.", "与整个词并列的、词内 n 元组的长度。"),
        touch: .init("none where words repeat exactly.", "词总是原样重复时用 none。")),
      Entry(
        "ngramBits", in: taggersAndMatcher, .whole(8...22),
        .init("Logarithm of the number of rows of the table of n-grams.", "n 元组表的行数的对数。"),
        touch: .init("More for large data, less for a smaller model.", "数据多就加，想让模型更小就减。")),
      Entry(
        "ngramWidth", in: wordsAndMatcher, .whole(1...1_024),
        .init("Columns of the table of n-grams.", "n 元组表的列数。"),
        touch: .init("Less for a smaller model.", "想让模型更小就减。")),
      Entry(
        "ngramDropout", in: taggersAndMatcher, .rate,
        .init("Rate at which n-grams are dropped while learning.", "学习时丢弃 n 元组的比例。"),
        touch: .init("More where many words of new texts are unknown.", "新文本中有许多不认识的词时加大。")),
      Entry(
        "inputDropout", .rate,
        .init("Dropout rate of the vectors of words or characters.", "词或字符向量的丢弃率。"),
        touch: .init("Less where texts are very many.", "文本很多时减小。")),
      Entry(
        "characterWidths", .list(of: 1...16, most: 8),
        .init("Characters that the convolution over a word looks at.", "词内卷积一次看几个字符。"),
        touch: .init("Wider for languages of long words.", "词很长的语言加宽。")),
      Entry(
        "characterFilters", .whole(1...2_048),
        .init("Filters of each of these widths.", "每个这样的宽度的过滤器个数。"),
        touch: .init("More where endings of words matter and texts are many.", "词尾重要、文本很多时加大。")),
    ])

  /// Matchers.
  static let matching = Group(
    title: .init("Matching", "匹配"),
    use: .init("train --task matching --set name=value", "train --task matching --set name=value"),
    entries: [
      Entry(
        "objective", .choice(MatchingObjective.self),
        .init(
          "What is learned of a pair: its label, vectors that lie near one another, or a score.",
          "从一对文本学什么：标签（classification）、彼此靠近的向量（contrastive），或分数（regression）。"),
        touch: .init(
          "contrastive to search among many texts; regression for scores.", "要在许多文本里寻找用 contrastive；有分数用 regression。")),
      Entry(
        "symmetric", SettingRange.truth.orNone,
        .init(
          "Whether the order of the two texts does not matter; none chooses by the labels.", "两条文本的次序是否无关；none 按标签选择。"),
        touch: .init("false for premise and conclusion, question and answer.", "前提与结论、问题与答案用 false。")),
      Entry(
        "positive", SettingRange.text.orNone,
        .init(
          "Of two labels the one of texts that match; none knows usual names.", "两个标签中哪个表示匹配；none 认得常用的名称。"),
        touch: .init("Where the labels have names of their own.", "标签用了自己的名称时。")),
      Entry(
        "margin", .number(above: 0, to: 2),
        .init(
          "Distance from which texts that do not match are left alone (contrastive).", "不匹配的文本离多远就不再推开（contrastive）。"),
        touch: .init("Larger where wrong pairs come too near.", "错误的文本靠得太近时加大。")),
      Entry(
        "lowest", in: [.matcher], SettingRange.number(-1e9...1e9).orNone,
        .init("Lowest score (regression); none takes that of the data.", "最低的分数（regression）；none 取数据中的。"),
        touch: .init("Where the data lack the ends of the scale.", "数据里没有量表两端的分数时。")),
      Entry(
        "highest", in: [.matcher], SettingRange.number(-1e9...1e9).orNone,
        .init("Highest score (regression); none takes that of the data.", "最高的分数（regression）；none 取数据中的。"),
        touch: .init("Where the data lack the ends of the scale.", "数据里没有量表两端的分数时。")),
      Entry(
        "ngrams", in: [.matcher], .list(of: 1...16, least: 0, most: 8),
        .init("Lengths of the n-grams whose sum stands in a text's vector.", "其和放进文本向量的 n 元组的长度。"),
        touch: .init("none for smaller vectors of the network alone.", "只要网络的、更小的向量时用 none。")),
      Entry(
        "overlaps", .list(of: 1...16, least: 0, most: 8),
        .init(
          "Lengths of n-grams of which the share that both texts have is a feature.", "以两条文本共有的比例为特征的 n 元组的长度。"),
        touch: .init("none where matching texts share no words, as across languages.", "匹配的文本没有共同的词（例如跨语言）时用 none。")),
    ])

  /// Models of scores.
  static let regression = Group(
    title: .init("Scores", "分数"),
    use: .init("train --task regression --set name=value", "train --task regression --set name=value"),
    entries: [
      Entry(
        "ordinal", .truth,
        .init(
          "Whether the scores are grades: few, with an order, but no distances.", "分数是否为等级：个数少，有次序，但没有距离。"),
        touch: .init("true for stars, school grades and levels.", "星级、成绩等级、难度级别用 true。")),
      Entry(
        "lowest", in: [.regressor], SettingRange.number(-1e9...1e9).orNone,
        .init(
          "Lowest score that is given; none takes that of the data. Not for grades.", "给出的最低分数；none 取数据中的。等级不用。"),
        touch: .init("Where the data lack the ends of the scale.", "数据里没有量表两端的分数时。")),
      Entry(
        "highest", in: [.regressor], SettingRange.number(-1e9...1e9).orNone,
        .init(
          "Highest score that is given; none takes that of the data. Not for grades.", "给出的最高分数；none 取数据中的。等级不用。"),
        touch: .init("Where the data lack the ends of the scale.", "数据里没有量表两端的分数时。")),
    ])

  /// Language models.
  static let language = Group(
    title: .init("Language models", "语言模型"),
    use: .init("pretrain --set name=value", "pretrain --set name=value"),
    entries: [
      Entry(
        "window", .whole(8...1 << 20),
        .init("Characters of an example.", "一个样本有多少字符。"),
        touch: .init("More for long-range structure, less where memory is short.", "要学长距离的结构就加，内存紧张就减。")),
      Entry(
        "maskRate", .number(above: 0, below: 1),
        .init("Part of the characters that is hidden (masked).", "遮住多少字符（masked）。"),
        touch: .init("0.15 to 0.4; more makes it harder.", "0.15 到 0.4；越多越难。")),
      Entry(
        "maskSpan", .whole(1...1 << 20),
        .init(
          "Neighbouring characters that are hidden together (masked), at most window.", "一起遮住的相邻字符数（masked），不超过 window。"
        ),
        touch: .init("More, such as 5, where words are long.", "词长时加大，例如 5。")),
      Entry(
        "ngrams", in: SettingPlace.languages, SettingRange.whole(2...8).orNone,
        .init(
          "Characters of the longest n-grams that are counted and stand beside the network (causal); none for none.",
          "与网络并列、计数的最长 n 元组的字符数（causal）；none 不用。"),
        touch: .init("none for a smaller model, or for a base that others start from.", "想让模型更小，或作为基础模型时用 none。")),
    ])

  /// Detectors of languages.
  static let detection = Group(
    title: .init("Language detection", "语种识别"),
    use: .init("detect --set name=value", "detect --set name=value"),
    entries: [
      Entry(
        "minimumProbability", .number(0...1),
        .init("Probability below which the answer is unknown.", "概率低于多少就回答 unknown。"),
        touch: .init("`detect --calibrate` finds it for the errors that you allow.", "`detect --calibrate` 按您允许的错误找出它。")
      ),
      Entry(
        "minimumKnownShare", .number(0...1),
        .init("Part of a text's letters that the model must know.", "文本的字母中模型必须认得的比例。"),
        touch: .init("More where texts in unknown scripts come in.", "会遇到不认识的文字时加大。")),
      Entry(
        "switchCost", .number(0...1_000),
        .init("Nats of evidence that it takes to begin another language within a text.", "在一条文本里换一种语言需要多少奈特的证据。"),
        touch: .init("Less to find single foreign words, more for fewer switches.", "要找出单个外语词就减，想少换就加。")),
    ])
}
