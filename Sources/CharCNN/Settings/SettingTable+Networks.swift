import CharCNNNetworks

// The networks of papers.
extension SettingTable {
  private static let multikernels = [SettingPlace.classifier("gated-multikernel")]
  private static let kims = [SettingPlace.classifier("kim")]
  private static let zhangs = SettingPlace.classifiers.filter { $0.name.hasPrefix("zhang-") }
  private static let vdcnns = SettingPlace.classifiers.filter { $0.name.hasPrefix("vdcnn-") }
  private static let kimAndZhangs: [SettingPlace] = kims + zhangs
  private static let zhangsAndVDCNNs: [SettingPlace] = zhangs + vdcnns
  private static let hiddenAdvice = SettingWords(
    "Narrower for a smaller and quicker network than the paper's.", "想要比论文更小更快的网络时减小。")

  /// The network of the tutorial's equations.
  static let multikernel = Group(
    title: .init("Network gated-multikernel", "网络 gated-multikernel"),
    use: .init("train --model gated-multikernel --set name=value", "train --model gated-multikernel --set name=value"),
    entries: [
      Entry(
        "embedding", in: multikernels, .whole(2...4_096),
        .init(
          "Numbers that stand for a character, and filters of each convolution; even, since the gate halves them.",
          "一个字符用几个数表示，也是每个卷积的过滤器个数；必须是偶数，因为门会减半。"),
        touch: .init("Larger for many texts.", "文本很多时加大。")),
      Entry(
        "widths", in: multikernels, .list(of: 1...64, most: 1_024),
        .init("Characters that each branch looks at.", "每个分支看几个字符。"),
        touch: .init("Fewer for speed; wider where words are long.", "想更快就减少；词长就加宽。")),
      Entry(
        "rounds", .whole(1...64), .init("Layers; the branches are the first.", "层数；分支是第一层。"),
        touch: .init("1 for the branches alone.", "只要分支时用 1。")),
      Entry(
        "roundWidth", .whole(1...64),
        .init("Branches that a convolution of the layers after the first looks at.", "第一层之后，卷积一次看几个分支。"),
        touch: .init("Hardly ever.", "几乎不用改。")),
    ])

  /// Kim (2014).
  static let kim = Group(
    title: .init("Network kim", "网络 kim"),
    use: .init("train --model kim --set name=value", "train --model kim --set name=value"),
    entries: [
      Entry(
        "variant", .choice(KimVariant.self),
        .init(
          "Where the embedding comes from and whether it is trained; all but rand need --embeddings.",
          "嵌入从哪里来、是否训练；除 rand 外都需要 --embeddings。"),
        touch: .init("With a file of character vectors.", "有字符向量文件时。")),
      Entry(
        "widths", in: kims, .list(of: 1...64, most: 16),
        .init("Characters that the windows look at.", "窗口看几个字符。"),
        touch: .init("Wider, such as 3,5,7: characters say less than the paper's words.", "加宽，例如 3,5,7：字符的信息比论文的词少。")),
      Entry(
        "maps", in: kimAndZhangs, .whole(1...16_384),
        .init("Feature maps of each width or convolution.", "每个宽度或每个卷积的特征图个数。"),
        touch: .init("Fewer for speed, more for many texts.", "想更快就减，文本很多就加。")),
      Entry(
        "maximumNorm", .number(from: 0),
        .init("Largest norm of the last layer's weights of a class; 0 for no bound.", "最后一层中一个类的权重的最大范数；0 不限制。"),
        touch: .init("To compute what the paper did.", "要重现论文的计算时。")),
    ])

  /// Zhang, Zhao and LeCun (2015).
  static let zhang = Group(
    title: .init("Networks zhang-*", "网络 zhang-*"),
    use: .init("train --model zhang-small --set name=value", "train --model zhang-small --set name=value"),
    entries: [
      Entry(
        "alphabet", .choice(ZhangAlphabet.self),
        .init(
          "Which characters are read: the paper's 70, these with upper case (full), or those of the data.",
          "读哪些字符：论文的 70 个、加上大写（full），或数据里的。"),
        touch: .init("data for anything but English.", "不是英语就用 data。")),
      Entry(
        "reversed", .truth,
        .init("Whether a text is read from its last character to its first.", "是否从最后一个字符读到第一个。"),
        touch: .init("Hardly ever.", "几乎不用改。")),
      Entry(
        "widths", in: zhangs, .list(of: 1...64, most: 32),
        .init("Characters or rows that each convolution looks at.", "每个卷积看几个字符或几行。"),
        touch: .init("Together with poolings, of which there are as many.", "与 poolings 一起改，两者个数相同。")),
      Entry(
        "poolings", .list(of: 1...64),
        .init("Width and stride of the pooling after each convolution; 1 for none.", "每个卷积之后池化的宽度和步长；1 表示没有。"),
        touch: .init("Together with widths, of which there are as many.", "与 widths 一起改，两者个数相同。")),
      Entry(
        "hidden", in: zhangsAndVDCNNs, .list(of: 1...16_384, least: 0, most: 4),
        .init("Widths of the fully connected layers before the last.", "最后一层之前的全连接层的宽度。"), touch: hiddenAdvice),
      Entry(
        "deviation", .number(above: 0, below: 10),
        .init("Standard deviation of the first weights.", "初始权重的标准差。"),
        touch: .init("Larger where the loss does not fall at all.", "损失完全不下降时加大。")),
    ])

  /// Conneau and others (2017).
  static let vdcnn = Group(
    title: .init("Networks vdcnn-*", "网络 vdcnn-*"),
    use: .init("train --model vdcnn-9 --set name=value", "train --model vdcnn-9 --set name=value"),
    entries: [
      Entry(
        "maps", in: vdcnns, .list(of: 1...16_384, most: 8),
        .init("Feature maps of each level.", "每一级的特征图个数。"),
        touch: .init("Together with convolutions, of which there are as many.", "与 convolutions 一起改，两者个数相同。")),
      Entry(
        "convolutions", .list(of: 2...256),
        .init("Convolutions of each level, two a block, so that they are even.", "每一级的卷积个数，每块两个，所以是偶数。"),
        touch: .init("Take another --model for the depths of the paper.", "论文的深度请换 --model。")),
      Entry(
        "downsampling", .choice(VDCNNDownsampling.self),
        .init("What halves the texts between levels.", "级与级之间怎样把文本减半。"),
        touch: .init("To compare the three of the paper.", "要比较论文的三种做法时。")),
      Entry(
        "shortcut", .truth,
        .init("Whether the input of a block is added to its output.", "是否把块的输入加到输出上。"),
        touch: .init("true for vdcnn-49, as in the paper.", "vdcnn-49 用 true，与论文一致。")),
      Entry(
        "kMax", .whole(1...1_024),
        .init("Rows that are kept of a text before the fully connected layers.", "全连接层之前每条文本保留几行。"),
        touch: .init("Smaller for short texts.", "文本短时减小。")),
    ])
}
