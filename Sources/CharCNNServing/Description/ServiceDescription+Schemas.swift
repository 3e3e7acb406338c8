internal import CharCNN

/// What is sent and answered.
extension ServiceDescription {
  private static let text: JSONNode = ["type": "string"]
  private static let pair: JSONNode = ["type": "array", "items": text, "minItems": 2, "maxItems": 2]

  /// What text-embeddings-inference takes for nothing said.
  private static let flagOrNull: JSONNode = ["type": ["boolean", "null"]]

  private static func object(
    _ properties: [(name: String, value: JSONNode)], required: [String], isClosed: Bool = false
  ) -> JSONNode {
    var members: [(name: String, value: JSONNode)] = [
      ("type", "object"), ("properties", .object(properties)), ("required", .list(required.map { .text($0) })),
    ]
    if isClosed { members.append(("additionalProperties", false)) }
    return .object(members)
  }

  /// The settings of an operation of a model, which may stand beside a text.
  private static func settings(
    _ operation: ServedModel.Operation, of model: ServedModel
  ) -> [(name: String, value: JSONNode)] {
    model.settings(of: operation).map { ($0.rawValue, schema(of: $0, model)) }
  }

  private static func schema(of setting: RequestSetting, _ model: ServedModel) -> JSONNode {
    switch setting {
    case .top: ["type": "integer", "minimum": 1, "maximum": .number("\(PlainRequest.mostTop)")]
    case .threshold: ["type": "number", "minimum": 0, "maximum": 1]
    case .explain, .spans: ["type": "boolean"]
    // Another name than that of a label is an error, which a schema tells beforehand; those of a base come with the request.
    case .label:
      model.labels.isEmpty ? text : ["type": "string", "enum": .list(model.labels.map { .text($0) })]
    case .labels:
      ["type": "array", "items": text, "minItems": 2, "maxItems": .number("\(PlainRequest.mostNames)")]
    case .template: text
    case .length: ["type": "integer", "minimum": 0, "maximum": .number("\(PlainRequest.mostLength)")]
    case .temperature: ["type": "number", "minimum": 0, "maximum": 10]
    case .seed: ["type": "integer", "minimum": 0, "maximum": 9_223_372_036_854_775_807]
    }
  }

  /// The same settings, as they stand in an address.
  static func parameters(_ operation: ServedModel.Operation, of model: ServedModel) -> [JSONNode] {
    settings(operation, of: model).map { setting in
      let parameter: JSONNode = ["name": .text(setting.name), "in": "query", "schema": setting.value]
      // One after another, with commas between them.
      return setting.name == "labels" ? parameter.with([("style", "form"), ("explode", false)]) : parameter
    }
  }

  /// What the plain API takes for a model.
  static func question(_ operation: ServedModel.Operation, of model: ServedModel) -> JSONNode {
    let settings = settings(operation, of: model)
    if model.operationsByNames.contains(operation) {
      return [
        "oneOf": [
          object([("text", text)] + settings, required: ["text", "labels"], isClosed: true),
          object(
            [("texts", ["type": "array", "items": text])] + settings, required: ["texts", "labels"], isClosed: true),
        ]
      ]
    }
    if model.takesPairs, operation != .embed, operation != .nearest {
      return [
        "oneOf": [
          pair, ["type": "array", "items": pair],
          object([("first", text), ("second", text)] + settings, required: ["first", "second"], isClosed: true),
          object(
            [("pairs", ["type": "array", "items": pair])] + settings, required: ["pairs"], isClosed: true),
        ]
      ]
    }
    return [
      "oneOf": [
        text, ["type": "array", "items": text],
        object([("text", text)] + settings, required: ["text"], isClosed: true),
        object(
          [("texts", ["type": "array", "items": text])] + settings, required: ["texts"], isClosed: true),
      ]
    ]
  }

  /// What the plain API answers for a text.
  static func answer(_ operation: ServedModel.Operation, of model: ServedModel) -> JSONNode {
    switch operation {
    case .predict: ["$ref": .text("#/components/schemas/\(answerName(of: model))")]
    case .explain:
      model.task == .tagging
        ? ["type": "array", "items": ["$ref": "#/components/schemas/Explanation"]]
        : ["$ref": "#/components/schemas/Explanation"]
    case .detect: ["$ref": "#/components/schemas/Languages"]
    case .embed: ["$ref": "#/components/schemas/Vector"]
    case .generate: ["$ref": "#/components/schemas/Continuation"]
    case .nearest: ["$ref": "#/components/schemas/Neighbors"]
    }
  }

  private static func answerName(of model: ServedModel) -> String {
    switch model.kind {
    case .classifier(let classifier): classifier.allowsSeveralLabels ? "Labels" : "Label"
    case .regressor: "TextScore"
    case .tagger: "Tags"
    case .matcher: "Match"
    case .language: "Continuation"
    case .embedder: "Label"
    }
  }

  /// What `/predict` of text-embeddings-inference takes.
  static func predictionInputs(_ model: ServedModel) -> JSONNode {
    let one: JSONNode =
      model.takesPairs ? pair : ["type": "array", "items": text, "minItems": 1, "maxItems": 1]
    let many: JSONNode = ["type": "array", "items": one, "minItems": 1]
    let inputs: JSONNode = ["oneOf": model.takesPairs ? [pair, many] : [text, one, many]]
    return object(
      [
        ("inputs", inputs), ("raw_scores", flagOrNull), ("truncate", flagOrNull),
        (
          "truncation_direction",
          ["anyOf": [["type": "string", "enum": ["left", "right", "Left", "Right"]], ["type": "null"]]]
        ),
      ], required: ["inputs"])
  }

  static var schemas: [(name: String, value: JSONNode)] {
    let number: JSONNode = ["type": "number"]
    let integer: JSONNode = ["type": "integer"]
    let probability: JSONNode = ["type": "number", "minimum": 0, "maximum": 1]
    let place: [(name: String, value: JSONNode)] = [
      ("start", integer), ("end", integer), ("utf8Start", integer), ("utf8End", integer),
    ]
    func list(_ items: JSONNode) -> JSONNode { ["type": "array", "items": items] }
    func reference(_ name: String) -> JSONNode { ["$ref": .text("#/components/schemas/\(name)")] }
    let hypotheses = list(object([("label", text), ("probability", probability)], required: ["label", "probability"]))
    let tensor = object(
      [("name", text), ("shape", list(integer)), ("datatype", text), ("data", ["type": "array"])],
      required: ["name", "shape", "datatype", "data"])
    let explanation = ("explanation", ["type": ["object", "array"]] as JSONNode)
    return [
      ("Problem", object([("error", text)], required: ["error"])),
      ("TypedProblem", object([("error", text), ("error_type", text)], required: ["error", "error_type"])),
      (
        "Label",
        object(
          [("label", ["type": ["string", "null"]]), ("predictions", hypotheses), explanation],
          required: ["label", "predictions"])
      ),
      (
        "Labels",
        object(
          [("labels", list(text)), ("predictions", hypotheses), explanation], required: ["labels", "predictions"])
      ),
      (
        "TextScore",
        object(
          [
            ("score", number), ("grade", number),
            (
              "predictions",
              list(object([("grade", number), ("probability", probability)], required: ["grade", "probability"]))
            ), explanation,
          ], required: ["score"])
      ),
      (
        "Tags", object([("sentences", list(["type": "object"])), explanation], required: ["sentences"])
      ),
      (
        "Match",
        object(
          [("score", number), ("label", ["type": ["string", "null"]]), ("predictions", hypotheses), explanation],
          required: ["score"])
      ),
      ("Vector", object([("vector", list(number))], required: ["vector"])),
      ("Neighbors", object([("neighbors", list(["type": "object"]))], required: ["neighbors"])),
      ("Continuation", object([("text", text)], required: ["text"])),
      (
        "Languages",
        [
          "oneOf": [
            object(
              [("language", ["type": ["string", "null"]]), ("hypotheses", list(["type": "object"]))],
              required: ["language", "hypotheses"]),
            object([("spans", list(["type": "object"]))], required: ["spans"]),
          ]
        ]
      ),
      (
        "Explanation",
        object(
          [
            ("label", text), ("probability", number), ("score", number), ("total", number), ("baseline", number),
            (
              "contributions",
              list(object(place + [("value", number)], required: ["start", "end", "utf8Start", "utf8End", "value"]))
            ),
          ], required: ["total", "baseline", "contributions"])
      ),
      (
        "Model",
        object(
          [
            ("name", text), ("version", text), ("ready", ["type": "boolean"]), ("problem", text), ("task", text),
            ("can", list(text)), ("canWithLabels", list(text)), ("labels", list(text)),
            ("several", ["type": "boolean"]), ("digest", text),
          ], required: ["name", "version", "ready"])
      ),
      ("Models", object([("models", list(reference("Model")))], required: ["models"])),
      (
        "Server",
        object(
          [("name", text), ("version", text), ("extensions", list(text))], required: ["name", "version", "extensions"])
      ),
      (
        "RepositoryModel",
        object(
          [("name", text), ("version", text), ("state", text), ("reason", text)], required: ["name", "state", "reason"])
      ),
      (
        "Metadata",
        object(
          [
            ("name", text), ("versions", list(text)), ("platform", text), ("inputs", list(["type": "object"])),
            ("outputs", list(["type": "object"])),
          ], required: ["name", "platform", "inputs", "outputs"])
      ),
      (
        "Inference",
        object(
          [
            ("id", text),
            (
              "inputs",
              list(
                object(
                  [
                    ("name", text), ("shape", list(["type": "integer", "minimum": 0])),
                    ("datatype", ["type": "string", "enum": ["BYTES"]]),
                    ("data", ["type": "array", "items": ["type": ["string", "array"]]]),
                  ], required: ["name", "shape", "datatype", "data"]))
            ), ("outputs", list(object([("name", text)], required: ["name"]))),
          ], required: ["inputs"])
      ),
      (
        "Inferred",
        object(
          [("model_name", text), ("model_version", text), ("id", text), ("outputs", list(tensor))],
          required: ["model_name", "outputs"])
      ),
      ("Score", object([("label", text), ("score", number)], required: ["label", "score"])),
      (
        "EmbeddingInputs",
        object(
          [
            ("inputs", ["oneOf": [text, ["type": "array", "items": text, "minItems": 1]]]),
            ("normalize", flagOrNull), ("truncate", flagOrNull),
          ], required: ["inputs"])
      ),
      (
        "SimilarityInputs",
        object(
          [
            (
              "inputs",
              object(
                [("source_sentence", text), ("sentences", ["type": "array", "items": text, "minItems": 1])],
                required: ["source_sentence", "sentences"])
            ), ("parameters", ["type": ["object", "null"]]),
          ], required: ["inputs"])
      ),
      (
        "Info",
        object(
          [
            ("model_id", text), ("model_dtype", text), ("model_type", ["type": "object"]), ("version", text),
            ("max_client_batch_size", integer), ("max_input_length", integer),
          ], required: ["model_id", "model_dtype", "model_type", "version"])
      ),
    ]
  }
}
