/// Why a request gets no answer, in one sentence.
package struct RequestProblem: Error, Equatable {
  /// What is wrong, which decides the status.
  package enum Kind: Int, Sendable, CaseIterable {
    /// Not what such a request looks like: broken JSON, bytes that are no text.
    case malformed = 400
    case unauthorized = 401
    case forbidden = 403
    case unknown = 404
    /// There is such a place, but not for this method.
    case wrongMethod = 405
    case tooLarge = 413
    case unsupportedType = 415
    /// Well formed, but not what the model takes.
    case unsuitable = 422
    /// Not what this kind of model does, as text-embeddings-inference has it.
    case wrongModel = 424
    /// More waits than can be answered soon.
    case overloaded = 429
    case internalError = 500
    /// Not ready, or about to end.
    case unavailable = 503
  }

  package let kind: Kind
  package let problem: String
  /// The methods that a place has, of a request with another one.
  package let methods: [String]

  /// A problem.
  package init(_ kind: Kind, _ problem: String, methods: [String] = []) {
    (self.kind, self.problem, self.methods) = (kind, problem, methods)
  }

  /// The status of HTTP.
  package var status: Int { kind.rawValue }
}
