import CharCNNText

// How text becomes characters.
extension SettingTable {
  /// How text becomes characters.
  static let text = Group(
    title: .init("Text", "文本"),
    use: .init(
      "train, pretrain, distill: --set name=value; the prefix text. may stand before every one of them",
      "train、pretrain、distill：--set name=value；每一个前面都可以写 text."),
    entries: [
      Entry(
        "text.normalization", .choice(UnicodeNormalization.self),
        .init(
          "Unicode form that texts are brought to: nfkc also unites full-width letters, ligatures and the like.",
          "文本先转成哪种 Unicode 形式：nfkc 还会统一全角字母、连字等。"),
        touch: .init(
          "nfc or none where such differences tell the classes apart, or to write texts as they were.",
          "这些差别能区分类别，或要原样写出文本时，用 nfc 或 none。")),
      Entry(
        "foldsCase", .truth,
        .init(
          "Whether letters are read in lower case; the alphabets of zhang-* prescribe it, unless alphabet=data.",
          "是否把字母读成小写；zhang-* 的字母表规定了它，alphabet=data 除外。"),
        touch: .init(
          "false where case tells something: names, authors, languages such as German; true with few texts.",
          "大小写有意义时用 false：名称、作者、德语等；文本很少时用 true。")),
      Entry(
        "dropsInvisible", .truth,
        .init(
          "Whether characters that nobody sees are left out: zero-width spaces, soft hyphens, marks of direction.",
          "是否去掉看不见的字符：零宽空格、软连字符、方向标记。"),
        touch: .init(
          "false only where they are the signal, as in hidden messages.", "只有它们本身就是信号（例如隐藏信息）时才用 false。")),
      Entry(
        "unit", .choice(CharacterUnit.self),
        .init(
          "What a character is: a Unicode scalar, a grapheme cluster, or a byte of UTF-8; a tagger of characters reads no bytes.",
          "什么算一个字符：Unicode 标量、字素簇，或 UTF-8 的一个字节；逐字标注不能用字节。"),
        touch: .init(
          "grapheme for scripts whose letters are made of several scalars; byte for texts of unknown encoding or no fixed alphabet.",
          "一个字由几个标量组成的文字用 grapheme；编码不明或没有固定字母表时用 byte。")),
      Entry(
        "maximumLength", .whole(1...TextSettings.longestText),
        .init("Characters of a text that are read; the rest is cut off.", "一条文本读多少字符；其余截去。"),
        touch: .init(
          "More where what decides stands late in the texts; less for speed.", "决定性的内容出现得晚时加大；想更快就减小。")),
      Entry(
        "maximumLength", in: SettingPlace.taggers, .whole(1...4_096),
        .init("Characters of a word that are read; the rest is cut off.", "一个词读多少字符；其余截去。"),
        touch: .init("Hardly ever: words are shorter.", "几乎不用改：词没有这么长。")),
      Entry(
        "chunkLength", SettingRange.whole(8...TextSettings.longestText).orNone,
        .init(
          "Characters of a chunk: longer texts are cut into chunks, each is judged, and their answers are pooled; none reads texts whole.",
          "一块多少字符：更长的文本切成几块，分别判断后合并；none 整条读。"),
        touch: .init(
          "500 to 1000 for long documents where every part tells the class, such as authors; with a larger maximumLength.",
          "长文档的每一部分都能说明类别（例如作者）时用 500 到 1000，同时加大 maximumLength。")),
    ])
}
