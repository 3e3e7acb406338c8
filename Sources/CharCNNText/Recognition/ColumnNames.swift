/// Names by which columns are known, the most telling first.
enum ColumnNames {
  static let text = [
    "text", "texta", "文本", "sentence", "review", "reviewtext", "reviewbody", "content", "内容", "正文", "评论", "句子",
    "question", "query", "问题", "utterance", "comment", "tweet", "message", "body", "document", "article", "passage",
    "description", "summary", "headline", "title", "标题", "input", "sms", "phrase", "string", "sentence1", "text1",
  ]
  static let label = [
    "label", "labels", "标签", "class", "category", "类别", "分类", "classification", "sentiment", "情感", "intent", "意图",
    "target", "topic", "author", "作者", "language", "lang", "语言", "cat", "type", "类型", "tag", "genre", "emotion",
    "polarity", "rating", "stars", "score", "output", "gold", "y",
  ]
  private static let other = ["id", "index", "idx", "key", "date", "user", "url", "编号", "序号"]

  /// A name without case, spaces, hyphens and underscores.
  static func simplified(_ name: String) -> String {
    name.lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
  }

  /// Whether any of the lists has the name.
  static func isKnown(_ name: String) -> Bool {
    let name = simplified(name)
    return text.contains(name) || label.contains(name) || other.contains(name)
  }

  /// Says that other columns have the name of this one; nil where it is the only one.
  static func repetition(of position: Int, in names: [String]) -> String? {
    switch names.count(where: { $0 == names[position] }) {
    case ...1: nil
    case 2: "two columns are called \"\(names[position])\""
    case let count: "\(count) columns are called \"\(names[position])\""
    }
  }

  /// The position of the name that stands first in a list.
  static func best(of names: [String], in list: [String], except taken: Int?) -> Int? {
    let simple = names.map(simplified)
    for wanted in list {
      if let position = simple.indices.first(where: { $0 != taken && simple[$0] == wanted }) { return position }
    }
    return nil
  }
}
