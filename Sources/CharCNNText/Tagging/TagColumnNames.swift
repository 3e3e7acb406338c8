/// Names of columns of tagged text, as ``ColumnNames/simplified(_:)`` makes them.
enum TagColumnNames {
  private static let tokens = [
    "word", "words", "token", "tokens", "form", "text", "char", "chars", "character", "characters", "字", "词", "字符",
    "词语",
  ]
  private static let others: Set<String> = [
    "id", "index", "idx", "sentence", "sentenceid", "sentence#", "lemma", "pos", "postag", "postags", "upos", "xpos",
    "cpos", "cpostag", "feats", "head", "deprel", "chunk", "chunktag", "chunktags", "tag", "tags", "label", "labels",
    "ner",
    "nertag", "nertags", "iob", "bio", "entity", "entities", "标签", "词性", "实体",
  ]

  /// The names in a line that is nothing but such names, one of them that of the tokens; nil for any other line.
  static func header(_ fields: [Range<Int>], _ file: ScannedFile) -> [String]? {
    guard fields.count > 1 else { return nil }
    let names = fields.map {
      ColumnNames.simplified(VisibleText.of(String(decoding: file.bytes[$0], as: UTF8.self)))
    }
    guard token(in: names) != nil, names.allSatisfy({ tokens.contains($0) || others.contains($0) }),
      names.contains(where: others.contains)
    else { return nil }
    return names
  }

  /// The column of the tokens.
  static func token(in names: [String]) -> Int? { names.firstIndex(where: tokens.contains) }
}
