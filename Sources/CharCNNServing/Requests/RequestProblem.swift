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
    /// More waits than can be answered soon.
    case overloaded = 429
    case internalError = 500
    /// Not ready, or about to end.
    case unavailable = 503
  }

  package let kind: Kind
  package let problem: String

  /// A problem.
  package init(_ kind: Kind, _ problem: String) { (self.kind, self.problem) = (kind, problem) }

  /// The status of HTTP.
  package var status: Int { kind.rawValue }
}
