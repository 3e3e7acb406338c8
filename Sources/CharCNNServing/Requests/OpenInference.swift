internal import CharCNN
internal import CharCNNFiles

/// The Open Inference Protocol, version 2: tensors in JSON, as KServe, Triton and MLServer speak it.
///
/// A text is an element of a `BYTES` tensor. A model takes the input `text` of shape [n], one that compares texts `first` and `second`; other names
/// are taken where there is no doubt. The answers are tensors of n rows.
enum OpenInference {
  /// A request to a model.
  struct Request: Equatable {
    var id: String?
    var questions: [Question]
    /// Names of the outputs that are wanted; nil for the usual ones.
    var outputs: [String]?
  }

  /// Reads a request.
  ///
  /// - Parameters:
  ///   - bytes: The body.
  ///   - jsonCount: Bytes of it that are JSON, where tensors in binary follow (the protocol's extension, which Triton's clients use where nobody says
  ///     otherwise); nil where all of it is.
  ///   - takesPairs: Whether the model takes two inputs.
  /// - Throws: ``RequestProblem`` that says what is wrong.
  static func request(
    _ bytes: [UInt8], jsonCount: Int? = nil, takesPairs: Bool
  ) throws(RequestProblem) -> Request {
    if let jsonCount, jsonCount > bytes.count {
      throw RequestProblem(.malformed, "the request has \(bytes.count) bytes, fewer than the \(jsonCount) of its JSON")
    }
    var binary = BinaryTensors(rest: bytes[(jsonCount ?? bytes.count)...])
    guard case .object(let members) = try RequestJSON.value(jsonCount.map { Array(bytes[..<$0]) } ?? bytes) else {
      throw RequestProblem(.malformed, "an object with inputs is expected")
    }
    var id: String?
    var inputs: [(name: String, texts: [String])]?
    var outputs: [String]?
    for member in members {
      switch member.name {
      case "id": id = try RequestJSON.text(member.value, "id")
      case "inputs":
        var all: [(name: String, texts: [String])] = []
        for value in try RequestJSON.list(member.value, "inputs") { all.append(try input(value, &binary)) }
        inputs = all
      case "outputs":
        var names: [String] = []
        for value in try RequestJSON.list(member.value, "outputs") {
          let name = try outputName(value)
          // As often as it likes would be as large an answer as it likes.
          if names.contains(name) { throw RequestProblem(.malformed, "the output \"\(name)\" stands twice in outputs") }
          names.append(name)
        }
        // A list without names asks for none in particular.
        outputs = names.isEmpty ? nil : names
      default: break
      }
    }
    guard let inputs else { throw RequestProblem(.malformed, "inputs is missing") }
    guard binary.rest.isEmpty else {
      throw RequestProblem(.malformed, "\(binary.rest.count) bytes behind the JSON belong to no input")
    }
    return Request(id: id, questions: try questions(inputs, takesPairs: takesPairs), outputs: outputs)
  }

  private static func questions(
    _ inputs: [(name: String, texts: [String])], takesPairs: Bool
  ) throws(RequestProblem) -> [Question] {
    guard takesPairs else {
      guard inputs.count == 1 else {
        throw RequestProblem(.malformed, "one input is expected, \"text\", and there are \(inputs.count)")
      }
      return inputs[0].texts.map { Question($0) }
    }
    guard inputs.count == 2 else {
      throw RequestProblem(
        .malformed, "two inputs are expected, \"first\" and \"second\", and there are \(inputs.count)")
    }
    if inputs[0].name == inputs[1].name {
      throw RequestProblem(.malformed, "both inputs are called \"\(inputs[0].name)\", and one is to be \"second\"")
    }
    let isSwapped = inputs[0].name == "second" || inputs[1].name == "first"
    let (first, second) = isSwapped ? (inputs[1], inputs[0]) : (inputs[0], inputs[1])
    guard first.texts.count == second.texts.count else {
      throw RequestProblem(
        .malformed, "\"\(first.name)\" has \(first.texts.count) texts and \"\(second.name)\" \(second.texts.count)")
    }
    return zip(first.texts, second.texts).map { Question($0, second: $1) }
  }

  private static func outputName(_ value: JSONValue) throws(RequestProblem) -> String {
    guard case .object(let members) = value, let name = members.first(where: { $0.name == "name" })?.value else {
      throw RequestProblem(.malformed, "an output has no name")
    }
    return try RequestJSON.text(name, "the name of an output")
  }

  private static func input(
    _ value: JSONValue, _ binary: inout BinaryTensors
  ) throws(RequestProblem) -> (name: String, texts: [String]) {
    guard case .object(let members) = value else {
      throw RequestProblem(.malformed, "an input must be an object, not \(RequestJSON.kind(value))")
    }
    func member(_ name: String) throws(RequestProblem) -> JSONValue {
      guard let value = members.first(where: { $0.name == name })?.value else {
        throw RequestProblem(.malformed, "an input has no \(name)")
      }
      return value
    }
    let name = try RequestJSON.text(try member("name"), "the name of an input")
    let type = try RequestJSON.text(try member("datatype"), "a datatype")
    guard type == "BYTES" else {
      throw RequestProblem(.malformed, "the input \"\(name)\" is of the datatype \(type), and texts are BYTES")
    }
    var (elements, isEmpty) = (1, false)
    for size in try RequestJSON.list(try member("shape"), "a shape") {
      let count = try RequestJSON.integer(size, "a size of a shape", in: 0...Int(Int32.max))
      // A size of nothing makes the others no smaller.
      isEmpty = isEmpty || count == 0
      let (product, isTooLarge) = elements.multipliedReportingOverflow(by: max(count, 1))
      if isTooLarge { throw RequestProblem(.malformed, "the shape of the input \"\(name)\" is larger than any data") }
      elements = product
    }
    if isEmpty { elements = 0 }
    var texts: [String] = []
    if let size = binarySize(members) {
      let count = try RequestJSON.integer(size, "binary_data_size", in: 0...Int(Int32.max))
      texts = try binary.texts(count, of: name)
    } else {
      for value in try RequestJSON.list(try member("data"), "data") { try append(value, to: &texts) }
    }
    guard texts.count == elements else {
      throw RequestProblem(
        .malformed, "the input \"\(name)\" has \(texts.count) elements, and its shape says \(elements)")
    }
    return (name, texts)
  }

  private static func binarySize(_ members: [JSONValue.Member]) -> JSONValue? {
    guard case .object(let parameters) = members.first(where: { $0.name == "parameters" })?.value else { return nil }
    return parameters.first { $0.name == "binary_data_size" }?.value
  }

  /// Data may be nested as the shape is, or flat.
  private static func append(_ value: JSONValue, to texts: inout [String]) throws(RequestProblem) {
    switch value {
    case .array(let values): for value in values { try append(value, to: &texts) }
    default: texts.append(try RequestJSON.text(value, "an element of data"))
    }
  }

  // MARK: Answers

  /// A tensor as it is written.
  struct Tensor: Equatable {
    let name: String
    let type: String
    let shape: [Int]
    /// The elements as JSON.
    let data: String

    init(_ name: String, texts: [String]) {
      (self.name, type, shape) = (name, "BYTES", [texts.count])
      data = "[\(texts.map { JSONText.quoted($0) }.joined(separator: ","))]"
    }

    init(_ name: String, numbers: [Double], shape: [Int]? = nil) {
      (self.name, type, self.shape) = (name, "FP32", shape ?? [numbers.count])
      data = "[\(numbers.map(AnswerJSON.number).joined(separator: ","))]"
    }

    init(_ name: String, vectors: [[Float]], dimension: Int) {
      (self.name, type, shape) = (name, "FP32", [vectors.count, dimension])
      data = AnswerJSON.numbers(vectors.flatMap(\.self))
    }

    init(_ name: String, flags: [Bool]) {
      (self.name, type, shape) = (name, "BOOL", [flags.count])
      data = "[\(flags.map { "\($0)" }.joined(separator: ","))]"
    }

    fileprivate var json: String {
      "{\"name\":\(JSONText.quoted(name)),\"datatype\":\"\(type)\",\"shape\":[\(shape.map(String.init).joined(separator: ","))],\"data\":\(data)}"
    }
  }

  /// What a model may be asked for, by name: what it is, and the sizes of a row; the usual ones come first and where nothing is named.
  static func outputs(of model: ServedModel) -> [(name: String, type: String, row: [Int], isUsual: Bool)] {
    var outputs: [(name: String, type: String, row: [Int], isUsual: Bool)] = []
    let classes = model.labels.count
    switch model.kind {
    case .classifier(let classifier) where classifier.allowsSeveralLabels:
      outputs = [("labels", "BYTES", [], true), ("probabilities", "FP32", [classes], false)]
    case .classifier:
      outputs = [
        ("label", "BYTES", [], true), ("probability", "FP32", [], true), ("known", "BOOL", [], false),
        ("probabilities", "FP32", [classes], false),
      ]
    case .regressor(let regressor):
      outputs = [("score", "FP32", [], true)]
      if regressor.grades != nil { outputs.append(("grade", "FP32", [], true)) }
    case .tagger: outputs = [("tags", "BYTES", [], true)]
    case .matcher(let matcher):
      outputs = [("score", "FP32", [], true)]
      if !matcher.labels.isEmpty { outputs.append(("label", "BYTES", [], true)) }
    case .language, .embedder: break
    }
    if let vectorizer = model.vectorizer, !model.takesPairs {
      outputs.append(("vector", "FP32", [vectorizer.dimension], outputs.isEmpty))
    }
    return outputs
  }

  /// The label that stands for "I don't know", which has no place among bytes; `known` says whether it is one.
  static let unknown = "unknown"

  /// The tensors of some answers.
  ///
  /// - Parameters:
  ///   - names: Outputs that the model has.
  ///   - answers: The answers; none where nothing but vectors is wanted.
  ///   - vectors: The vectors; none where nobody asked for them.
  static func tensors(
    _ names: [String], _ questions: [Question], _ answers: [ModelAnswer], vectors: [[Float]], of model: ServedModel
  ) -> [Tensor] {
    names.map { name in
      switch name {
      case "vector": Tensor(name, vectors: vectors, dimension: model.vectorizer?.dimension ?? 0)
      case "label": Tensor(name, texts: answers.map { $0.label ?? unknown })
      case "labels": Tensor(name, texts: answers.map(\.labelList))
      case "known": Tensor(name, flags: answers.map { $0.label != nil })
      case "probability": Tensor(name, numbers: answers.map { $0.hypotheses.first?.probability ?? 0 })
      case "probabilities":
        Tensor(
          name, numbers: answers.flatMap { $0.row(of: model.labels) }, shape: [answers.count, model.labels.count])
      case "score": Tensor(name, numbers: answers.map { $0.score ?? 0 })
      case "grade": Tensor(name, numbers: answers.map { $0.grade ?? 0 })
      default: Tensor(name, texts: zip(answers, questions).map { AnswerJSON.text($0, to: $1) })
      }
    }
  }

  /// A response.
  static func response(_ tensors: [Tensor], id: String?, of loaded: LoadedModel) -> String {
    var json = "{\"model_name\":\(JSONText.quoted(loaded.name)),\"model_version\":\(JSONText.quoted(loaded.version))"
    if let id { json += ",\"id\":\(JSONText.quoted(id))" }
    return json + ",\"outputs\":[\(tensors.map(\.json).joined(separator: ","))]}"
  }

  /// What a model takes and gives.
  static func metadata(_ loaded: LoadedModel, versions: [String]) -> String {
    let inputs = (loaded.model.takesPairs ? ["first", "second"] : ["text"]).map {
      "{\"name\":\"\($0)\",\"datatype\":\"BYTES\",\"shape\":[-1]}"
    }
    let outputs = outputs(of: loaded.model).map { output in
      "{\"name\":\"\(output.name)\",\"datatype\":\"\(output.type)\",\"shape\":[\(([-1] + output.row).map(String.init).joined(separator: ","))]}"
    }
    return
      "{\"name\":\(JSONText.quoted(loaded.name)),\"versions\":[\(versions.map { JSONText.quoted($0) }.joined(separator: ","))],\"platform\":\"charcnn_\(loaded.model.task.rawValue)\",\"inputs\":[\(inputs.joined(separator: ","))],\"outputs\":[\(outputs.joined(separator: ","))]}"
  }
}

extension ModelAnswer {
  /// The likeliest labels.
  fileprivate var hypotheses: [Hypothesis] {
    switch self {
    case .label(let answer): answer.hypotheses
    case .labels(_, let likeliest): likeliest
    case .score(let prediction): prediction.hypotheses ?? []
    case .match(let match): match.hypotheses
    case .tags: []
    }
  }

  /// The label; nil where the model does not know, or gives none.
  fileprivate var label: String? {
    switch self {
    case .label(let answer): answer.label
    case .match(let match): match.label
    case .labels, .score, .tags: nil
    }
  }

  /// All labels as a list in JSON.
  fileprivate var labelList: String {
    guard case .labels(let labels, _) = self else { return "[]" }
    return "[\(labels.map { JSONText.quoted($0.label) }.joined(separator: ","))]"
  }

  fileprivate var score: Double? {
    switch self {
    case .score(let prediction): prediction.score
    case .match(let match): match.score
    case .label, .labels, .tags: nil
    }
  }

  fileprivate var grade: Double? { if case .score(let prediction) = self { prediction.grade } else { nil } }

  /// The probability of each label.
  fileprivate func row(of labels: [String]) -> [Double] {
    let known = Dictionary(hypotheses.map { ($0.label, $0.probability) }) { first, _ in first }
    return labels.map { known[$0] ?? 0 }
  }
}
