internal import CharCNNFiles

/// A request of the plain API: one text or many, and how they are to be answered.
///
/// The body is a text in quotes, a list, or an object with the text and settings beside it; for a matcher a list of two texts is a pair. The same
/// settings may stand in the query of the address.
struct PlainRequest: Equatable {
  /// What is asked.
  var questions: [Question]
  /// Whether the answer is a list, as many texts have, also where there is one.
  var isList: Bool
  var settings = Settings()

  /// How texts are answered.
  struct Settings: Equatable {
    /// Likeliest labels, best sequences of tags, or nearest texts that are wanted; nil for one, of nearest texts for ten.
    var top: Int?
    /// The least probability of a label that is given; nil for what is stored with the model.
    var threshold: Double?
    /// Whether it is to be said why.
    var explains = false
    /// The label that is explained; nil for the one that is given.
    var label: String?
    /// The labels that a base of vectors chooses from by their names; nil for a model that has labels of its own.
    var labels: [String]?
    /// What is read of such a label, with `{}` in the place of its name; nil for the name alone.
    var template: String?
    /// Whether the parts of a text may be in different languages.
    var spans = false
    /// Characters that a text goes on for.
    var length = 200
    /// How boldly it goes on.
    var temperature = 1.0
    /// The same gives the same text.
    var seed: UInt64 = 1
    /// Those that were given, whatever they say.
    private(set) var given: [RequestSetting] = []

    /// Takes a setting.
    ///
    /// - Returns: False for a name that is none.
    mutating func take(_ name: String, _ value: JSONValue) throws(RequestProblem) -> Bool {
      guard let setting = RequestSetting(rawValue: name) else { return false }
      if !given.contains(setting) { given.append(setting) }
      switch setting {
      case .top: top = try RequestJSON.integer(value, name, in: 1...PlainRequest.mostTop)
      case .threshold: threshold = try RequestJSON.number(value, name, in: 0...1)
      case .explain: explains = try RequestJSON.flag(value, name)
      case .label: label = try RequestJSON.text(value, name)
      case .labels:
        var names: [String] = []
        for value in try RequestJSON.list(value, name) {
          // As the base reads them, so that `label` finds them.
          let words = try RequestJSON.text(value, "a label").split(whereSeparator: \.isWhitespace)
          names.append(words.joined(separator: " "))
        }
        guard names.count <= PlainRequest.mostNames, names.allSatisfy({ $0.utf8.count <= PlainRequest.longestName })
        else {
          throw RequestProblem(
            .unsuitable,
            "labels may be at most \(PlainRequest.mostNames), of at most \(PlainRequest.longestName) bytes each")
        }
        labels = names
      case .template:
        let words = try RequestJSON.text(value, name)
        guard words.utf8.count <= PlainRequest.longestName else {
          throw RequestProblem(.unsuitable, "the template may have at most \(PlainRequest.longestName) bytes")
        }
        template = words
      case .spans: spans = try RequestJSON.flag(value, name)
      case .length: length = try RequestJSON.integer(value, name, in: 0...PlainRequest.mostLength)
      case .temperature: temperature = try RequestJSON.number(value, name, in: 0...10)
      case .seed: seed = UInt64(try RequestJSON.integer(value, name, in: 0...Int.max))
      }
      return true
    }

    /// Takes a setting of the query, where everything is text.
    mutating func take(query name: String, _ text: String) throws(RequestProblem) {
      let value: JSONValue =
        switch text {
        // First, because a label may be called like anything.
        case _ where name == "label" || name == "template": .string(text)
        case _ where name == "labels":
          .array(text.split(separator: ",", omittingEmptySubsequences: false).map { .string(String($0)) })
        case "true": .bool(true)
        case "false": .bool(false)
        default: Int(text).map(JSONValue.integer) ?? (Double(text) == nil ? .string(text) : .number(text))
        }
      guard try take(name, value) else {
        throw RequestProblem(
          .unsuitable, "\"\(name)\" is no setting; there are \(RequestSetting.list(RequestSetting.allCases))")
      }
    }
  }

  /// Labels that may be asked for at once.
  static let mostTop = 10_000
  /// Labels that a base may choose from.
  static let mostNames = 1_000
  /// Bytes of such a label, or of the words around it.
  static let longestName = 1_000
  /// Characters that a text may go on for.
  static let mostLength = 10_000

  /// Reads a request.
  ///
  /// - Parameters:
  ///   - bytes: JSON.
  ///   - takesPairs: Whether the model compares two texts.
  ///   - settings: Those of the query.
  /// - Throws: ``RequestProblem`` that says what is wrong.
  init(_ bytes: [UInt8], takesPairs: Bool, settings: Settings = .init()) throws(RequestProblem) {
    try self.init(try RequestJSON.value(bytes), takesPairs: takesPairs, settings: settings)
  }

  /// Reads a value of JSON lines or of a body.
  init(_ value: JSONValue, takesPairs: Bool, settings: Settings = .init()) throws(RequestProblem) {
    self.settings = settings
    (questions, isList) = ([], false)
    guard case .object(let members) = value else {
      (questions, isList) = try Self.questions(of: value, takesPairs: takesPairs)
      finish()
      return
    }
    var content: (questions: [Question], isList: Bool)?
    var (first, second): (String?, String?)
    func set(_ found: (questions: [Question], isList: Bool), _ name: String) throws(RequestProblem) {
      if content != nil {
        throw RequestProblem(.unsuitable, "\"\(name)\" stands beside another text; one of them is too many")
      }
      content = found
    }
    for member in members {
      switch member.name {
      case "text" where !takesPairs:
        try set(([Question(try RequestJSON.text(member.value, "text"))], false), "text")
      case "texts" where !takesPairs:
        var texts: [Question] = []
        for value in try RequestJSON.list(member.value, "texts") {
          texts.append(Question(try RequestJSON.text(value, "a text")))
        }
        try set((texts, true), "texts")
      case "pairs" where takesPairs:
        var pairs: [Question] = []
        for value in try RequestJSON.list(member.value, "pairs") { pairs.append(try Self.pair(value)) }
        try set((pairs, true), "pairs")
      case "first" where takesPairs: first = try RequestJSON.text(member.value, "first")
      case "second" where takesPairs: second = try RequestJSON.text(member.value, "second")
      default:
        guard try self.settings.take(member.name, member.value) else {
          let texts = takesPairs ? "first and second, or pairs" : "text, or texts"
          throw RequestProblem(
            .unsuitable,
            "\"\(member.name)\" is nothing that this model takes; there are \(texts), and \(RequestSetting.list(RequestSetting.allCases))"
          )
        }
      }
    }
    if let first, let second { try set(([Question(first, second: second)], false), "first") }
    guard let content, (first == nil) == (second == nil) else {
      throw RequestProblem(
        .unsuitable, takesPairs ? "this model compares two texts: give first and second, or pairs" : "there is no text")
    }
    (questions, isList) = content
    finish()
  }

  /// Texts without settings beside them.
  private static func questions(
    of value: JSONValue, takesPairs: Bool
  ) throws(RequestProblem) -> (questions: [Question], isList: Bool) {
    switch value {
    case .string(let text) where !takesPairs: return ([Question(text)], false)
    case .array(let values) where takesPairs:
      // Two texts are a pair, lists of two are pairs.
      if values.count == 2, case .string(let first) = values[0], case .string(let second) = values[1] {
        return ([Question(first, second: second)], false)
      }
      var pairs: [Question] = []
      for value in values { pairs.append(try pair(value)) }
      return (pairs, true)
    case .array(let values):
      var texts: [Question] = []
      for value in values { texts.append(Question(try RequestJSON.text(value, "a text"))) }
      return (texts, true)
    default:
      throw RequestProblem(
        .unsuitable,
        takesPairs
          ? "this model compares two texts: give a list of two, or a list of such lists, not \(RequestJSON.kind(value))"
          : "a text, a list of texts or an object is expected, not \(RequestJSON.kind(value))")
    }
  }

  private static func pair(_ value: JSONValue) throws(RequestProblem) -> Question {
    if case .array(let values) = value, values.count == 2 {
      return Question(
        try RequestJSON.text(values[0], "a first text"), second: try RequestJSON.text(values[1], "a second text"))
    }
    throw RequestProblem(.unsuitable, "a pair must be a list of two texts")
  }

  private mutating func finish() { for place in questions.indices { questions[place].top = settings.top ?? 1 } }
}
