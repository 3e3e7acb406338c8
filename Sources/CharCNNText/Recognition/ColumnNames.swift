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

  /// Names of the two texts of pairs, those of one place belonging together, the most telling first.
  private static let pairs: [(first: String, second: String)] = [
    ("sentence1", "sentence2"), ("sentencea", "sentenceb"), ("text1", "text2"), ("texta", "textb"),
    ("question1", "question2"), ("questiona", "questionb"), ("query1", "query2"), ("first", "second"),
    ("premise", "hypothesis"), ("query", "title"), ("query", "candidate"), ("question", "answer"),
    ("query", "document"), ("query", "passage"), ("anchor", "positive"), ("source", "target"), ("s1", "s2"),
    ("q1", "q2"), ("文本1", "文本2"), ("句子1", "句子2"), ("问题1", "问题2"),
  ]
  /// Names of the labels of pairs, the most telling first.
  static let pairLabels = [
    "label", "goldlabel", "entailmentjudgment", "entailmentlabel", "entailment", "isduplicate", "duplicate", "match",
    "ismatch", "class", "category", "judgment", "relation", "标签", "类别",
  ]
  /// Names of scores, the most telling first.
  static let scores = [
    "score", "similarity", "relatednessscore", "relatedness", "similarityscore", "sim", "rating", "gold", "分数", "相似度",
  ]

  /// Names of the scores of single texts, the most telling first.
  static let textScores = ["score", "scores", "rating", "stars", "grade", "分数", "评分", "星级", "等级"]

  /// A name without case, blanks, hyphens, underscores and what nobody sees.
  static func simplified(_ name: String) -> String {
    VisibleText.of(name).lowercased().filter { !$0.isWhitespace && $0 != "_" && $0 != "-" }
  }

  /// Whether a name is meant by another.
  static func matches(_ name: String, _ wanted: String) -> Bool { simplified(name) == simplified(wanted) }

  /// The positions of the two texts of pairs; nil where no two names belong together.
  static func pairs(in names: [String], except taken: Int? = nil) -> (first: Int, second: Int)? {
    let simple = names.map(simplified)
    for pair in pairs {
      if let first = simple.firstIndex(of: pair.first), let second = simple.firstIndex(of: pair.second),
        first != taken, second != taken
      {
        return (first, second)
      }
    }
    return nil
  }

  /// Whether any of the lists has the name.
  static func isKnown(_ name: String) -> Bool {
    let name = simplified(name)
    return text.contains(name) || label.contains(name) || other.contains(name) || pairLabels.contains(name)
      || scores.contains(name)
  }

  /// Says that other columns have the name of this one; nil where it is the only one.
  ///
  /// - Parameter exactly: Whether names that differ in case, blanks, hyphens or underscores are different ones.
  static func repetition(of position: Int, in names: [String], exactly: Bool) -> String? {
    switch names.count(where: { exactly ? $0 == names[position] : matches($0, names[position]) }) {
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
