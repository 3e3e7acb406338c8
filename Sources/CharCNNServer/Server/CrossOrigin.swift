#if Server
internal import HTTPTypes
internal import Hummingbird

/// Which pages of other sites may ask (the Fetch standard's CORS protocol).
struct CrossOrigin: Sendable {
  private let origins: Set<String>
  private let allowsAll: Bool

  init(_ origins: [String]) {
    allowsAll = origins.contains("*")
    self.origins = Set(origins)
  }

  /// Whether pages of an origin may ask.
  func allows(_ origin: String) -> Bool { allowsAll || origins.contains(origin) }

  /// Whether an origin is this server itself.
  ///
  /// - Parameters:
  ///   - origin: Where a page comes from.
  ///   - head: The request, which says whom it asks.
  ///   - host: Whom it must ask, where anybody may ask anything: nil takes every name. Whoever has a name may let it lead to this machine after the browser has
  ///     loaded the page from another one (DNS rebinding), and cannot do that with an address.
  func isOwn(_ origin: String, _ head: HTTPRequest, host: String?) -> Bool {
    guard let authority = head.authority else { return false }
    if let host, !Self.isKnown(authority, host) { return false }
    return origin == "http://\(authority)" || origin == "https://\(authority)"
  }

  /// Whether an authority is an address, this machine, or a host by its name.
  private static func isKnown(_ authority: String, _ host: String) -> Bool {
    if authority.hasPrefix("[") { return true }
    let name = authority.prefix { $0 != ":" }.lowercased()
    let isAddress = name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { UInt8($0) != nil }
    return isAddress || name == "localhost" || name == host.lowercased()
  }

  /// The response to a browser that asks whether it may ask; nil for any other request.
  func preflight(_ head: HTTPRequest) -> Response? {
    guard head.method == .options, let origin = head.headerFields[.origin],
      head.headerFields[.accessControlRequestMethod] != nil
    else { return nil }
    var headers = HTTPFields()
    if allows(origin) {
      headers[.accessControlAllowMethods] = "GET, HEAD, POST"
      headers[.accessControlAllowHeaders] = "authorization, content-type, x-request-id"
      headers[.accessControlMaxAge] = "600"
    }
    add(to: &headers, for: origin)
    return Response(status: .noContent, headers: headers)
  }

  /// Tells a browser whether the page may read the response.
  func add(to headers: inout HTTPFields, for origin: String?) {
    if !allowsAll, !origins.isEmpty { headers[.vary] = "origin" }
    guard let origin, allows(origin) else { return }
    headers[.accessControlAllowOrigin] = allowsAll ? "*" : origin
    headers[.accessControlExposeHeaders] =
      "retry-after, x-request-id, x-compute-characters, x-compute-time, x-compute-tokens, x-inference-time, x-queue-time, x-total-time"
  }
}
#endif
