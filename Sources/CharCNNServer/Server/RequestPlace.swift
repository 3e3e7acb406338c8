#if Server
internal import CharCNNServing

/// What a request is, in few words: those that metrics are kept under.
struct RequestPlace: Sendable {
  /// The protocol.
  let api: String
  /// What is asked.
  let operation: String
  /// Whether it may be asked without a key: whether the server is there tells nothing about its models.
  let isOpen: Bool
  /// Whether it puts models into service or takes them out.
  let changesModels: Bool

  private static let words: Set = [
    "predict", "explain", "detect", "embed", "generate", "similarity", "info", "health", "ping", "metrics", "infer",
    "ready", "live", "nearest", "index", "load", "unload",
  ]

  /// - Parameters:
  ///   - request: The request.
  ///   - usual: What it asks of its model, where it does not say so.
  init(_ request: ServiceRequest, usual: ServedModel.Operation?) {
    let path = request.path
    let last = path.last ?? ""
    switch path.first {
    case "v1":
      api = "plain"
      operation =
        path.count < 2
        ? "models" : path.count == 2 ? usual?.rawValue ?? "model" : Self.words.contains(last) ? last : "other"
    case "v2":
      api = "open_inference"
      // A model may have the name of anything: what is asked of it stands behind that and its version.
      let isNamed = path.count > 1 && path[1] == "models"
      let isAsked = !isNamed || path.count == 4 || path.count == 6
      operation = isAsked && Self.words.contains(last) ? last : "metadata"
    case nil: (api, operation) = ("text_embeddings", request.method == "POST" ? usual?.rawValue ?? "other" : "page")
    default: (api, operation) = ("text_embeddings", Self.words.contains(last) ? last : "other")
    }
    let isHealth =
      path == ["health"] || path == ["ping"] || path == ["v2", "health", "live"] || path == ["v2", "health", "ready"]
    isOpen = isHealth || path.isEmpty && request.method != "POST"
    changesModels = path.count == 5 && path.starts(with: ["v2", "repository", "models"])
  }
}
#endif
