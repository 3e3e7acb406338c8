internal import CharCNN
internal import CharCNNFiles

/// The API of Hugging Face's text-embeddings-inference (1.9): what its clients send, and what they read.
///
/// A text is a text, a list of two texts is a pair, and a list of lists is many of either, with one text or two in each.
enum TextEmbeddingsInference {
  /// A request to `/predict`.
  struct Prediction: Equatable {
    var questions: [Question]
    /// Whether there are many, however many that is.
    var isBatch: Bool
    /// Whether numbers are wanted that become probabilities by softmax, or by sigmoid.
    var isRaw = false
    /// Whether a text that is too long is an error.
    var refusesLong = false
  }

  /// Reads a request to `/predict`.
  ///
  /// - Throws: ``RequestProblem`` that says what is wrong.
  static func prediction(_ bytes: [UInt8], takesPairs: Bool) throws(RequestProblem) -> Prediction {
    let members = try object(bytes)
    var request = Prediction(questions: [], isBatch: false)
    (request.questions, request.isBatch) = try questions(try inputs(members), takesPairs: takesPairs)
    if let raw = members["raw_scores"], raw != .null { request.isRaw = try RequestJSON.flag(raw, "raw_scores") }
    request.refusesLong = try refusesLong(members)
    return request
  }

  /// A request to `/embed`.
  struct Embedding: Equatable {
    var texts: [String]
    var isNormalized = true
    var refusesLong = false
  }

  /// Reads a request to `/embed`.
  static func embedding(_ bytes: [UInt8]) throws(RequestProblem) -> Embedding {
    let members = try object(bytes)
    var request = Embedding(texts: [])
    switch try inputs(members) {
    case .string(let text): request.texts = [text]
    case .array(let values): for value in values { request.texts.append(try RequestJSON.text(value, "an input")) }
    case let other:
      throw RequestProblem(.unsuitable, "inputs must be a text or a list of texts, not \(RequestJSON.kind(other))")
    }
    if request.texts.isEmpty { throw empty }
    if let normalize = members["normalize"], normalize != .null {
      request.isNormalized = try RequestJSON.flag(normalize, "normalize")
    }
    if let dimensions = members["dimensions"], dimensions != .null {
      throw RequestProblem(.unsuitable, "dimensions is not for this model, whose vectors cannot be shortened")
    }
    request.refusesLong = try refusesLong(members)
    return request
  }

  /// Reads a request to `/similarity`.
  static func similarity(
    _ bytes: [UInt8]
  ) throws(RequestProblem) -> (source: String, sentences: [String], refusesLong: Bool) {
    let members = try object(bytes)
    guard case .object(let fields) = try inputs(members) else {
      throw RequestProblem(.unsuitable, "inputs must be an object with source_sentence and sentences")
    }
    func field(_ name: String) throws(RequestProblem) -> JSONValue {
      guard let value = fields.first(where: { $0.name == name })?.value else {
        throw RequestProblem(.unsuitable, "inputs has no \(name)")
      }
      return value
    }
    var sentences: [String] = []
    for value in try RequestJSON.list(try field("sentences"), "sentences") {
      sentences.append(try RequestJSON.text(value, "a sentence"))
    }
    if sentences.isEmpty { throw empty }
    var refusesLong = false
    if let parameters = members["parameters"], parameters != .null {
      guard case .object(let members) = parameters else {
        throw RequestProblem(.unsuitable, "parameters must be an object, not \(RequestJSON.kind(parameters))")
      }
      refusesLong = try self.refusesLong(dictionary(members))
    }
    return (try RequestJSON.text(try field("source_sentence"), "source_sentence"), sentences, refusesLong)
  }

  /// That there is nothing to answer.
  private static let empty = RequestProblem(.malformed, "inputs cannot be empty")

  private static func object(_ bytes: [UInt8]) throws(RequestProblem) -> [String: JSONValue] {
    guard case .object(let members) = try RequestJSON.value(bytes) else {
      throw RequestProblem(.unsuitable, "an object with inputs is expected")
    }
    return dictionary(members)
  }

  private static func dictionary(_ members: [JSONValue.Member]) -> [String: JSONValue] {
    Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
  }

  private static func inputs(_ members: [String: JSONValue]) throws(RequestProblem) -> JSONValue {
    guard let inputs = members["inputs"] else { throw RequestProblem(.unsuitable, "inputs is missing") }
    return inputs
  }

  /// Whether a text that is too long is an error; by default the rest of it is left out, from the right.
  private static func refusesLong(_ members: [String: JSONValue]) throws(RequestProblem) -> Bool {
    var refuses = false
    if let truncate = members["truncate"], truncate != .null { refuses = !(try RequestJSON.flag(truncate, "truncate")) }
    if let direction = members["truncation_direction"], direction != .null {
      let name = try RequestJSON.text(direction, "truncation_direction").lowercased()
      guard name == "right" || name == "left" else {
        throw RequestProblem(.unsuitable, "truncation_direction must be right or left, not \"\(name)\"")
      }
      // What would be left out on the other side is read here, so that nothing may be left out.
      if name == "left" { refuses = true }
    }
    return refuses
  }

  private static func questions(
    _ value: JSONValue, takesPairs: Bool
  ) throws(RequestProblem) -> (questions: [Question], isBatch: Bool) {
    switch value {
    case .string(let text):
      if takesPairs { throw RequestProblem(.unsuitable, "this model compares two texts: inputs must be a list of two") }
      return ([Question(text)], false)
    case .array(let values):
      if values.isEmpty { throw empty }
      // A list of texts is one pair.
      if case .string = values[0] { return ([try question(values, takesPairs: takesPairs)], false) }
      var questions: [Question] = []
      for value in values {
        questions.append(try question(try RequestJSON.list(value, "an input"), takesPairs: takesPairs))
      }
      return (questions, true)
    default: throw RequestProblem(.unsuitable, "inputs must be a text or a list, not \(RequestJSON.kind(value))")
    }
  }

  private static func question(_ values: [JSONValue], takesPairs: Bool) throws(RequestProblem) -> Question {
    var texts: [String] = []
    for value in values { texts.append(try RequestJSON.text(value, "an input")) }
    switch (texts.count, takesPairs) {
    case (1, false): return Question(texts[0])
    case (2, true): return Question(texts[0], second: texts[1])
    case (2, false):
      throw RequestProblem(
        .unsuitable, "a list of two texts is a pair here, and this model takes single texts: write [[\"…\"], [\"…\"]]")
    default:
      throw RequestProblem(.unsuitable, "an input has \(texts.count) texts, and this model takes \(takesPairs ? 2 : 1)")
    }
  }

  // MARK: Answers

  /// `[{"label":"sport","score":0.93},…]`, the best first.
  static func scores(_ hypotheses: [Hypothesis], isRaw: Bool, areIndependent: Bool) -> String {
    let parts = hypotheses.map { hypothesis in
      let probability = hypothesis.probability
      let least = Double(Float.leastNormalMagnitude)
      let raw = log(max(probability, least)) - (areIndependent ? log(max(1 - probability, least)) : 0)
      return
        "{\"score\":\(AnswerJSON.number(isRaw ? raw : probability)),\"label\":\(JSONText.quoted(hypothesis.label))}"
    }
    return "[\(parts.joined(separator: ","))]"
  }

  /// A vector of the length 1, unless it is zero.
  static func normalized(_ vector: [Float]) -> [Float] {
    let length = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    return length > 0 ? vector.map { Float(Double($0) / length) } : vector
  }

  /// The cosine of the angle between two vectors of the length 1.
  static func cosine(_ first: [Float], _ second: [Float]) -> Double {
    min(max(zip(first, second).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }, -1), 1)
  }

  /// What clients of this API call a problem.
  static func errorType(_ problem: RequestProblem) -> String {
    switch problem.kind {
    case .malformed: problem == empty ? "Empty" : "Validation"
    case .unauthorized, .forbidden, .unknown, .wrongMethod, .tooLarge, .unsupportedType, .unsuitable: "Validation"
    case .overloaded: "Overloaded"
    case .internalError, .wrongModel: "Backend"
    case .unavailable: "Unhealthy"
    }
  }
}
