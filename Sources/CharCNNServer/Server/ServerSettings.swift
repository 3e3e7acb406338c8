#if Server
package import CharCNNServing

/// How a server listens, and what clients may do.
package struct ServerSettings: Sendable {
  /// The address; a name or a number.
  package var host = "127.0.0.1"
  /// The port; 0 for any that is free.
  package var port = 8080
  /// What a client may ask for.
  package var limits = ServiceLimits()
  /// Time for a request to come and for its answer to be taken; each thousand bytes win a second.
  package var patience = Duration.seconds(20)
  /// How long a connection stays open on which nothing is asked.
  package var idleTime = Duration.seconds(75)
  /// Bytes of the headers of a request.
  package var headerBytes = 16_384
  /// How long the server goes on after it was told to end, and is not ready, so that nobody sends more.
  package var drainTime = Duration.zero
  /// How long what is asked may take when the server ends.
  package var endingTime = Duration.seconds(30)
  /// How often the bundles are looked at; nil for never.
  package var reloadTime: Duration? = .seconds(2)
  /// The key that clients must have; nil for none.
  package var apiKey: String?
  /// Files of TLS; nil for none.
  package var tls: TLS?
  /// Origins of pages that may ask; `*` for all.
  package var origins: [String] = []
  /// Whether clients may put models into service and take them out.
  package var allowsControl = true
  /// Whether requests are logged, and whether with their texts.
  package var logsRequests = false
  package var logsTexts = false

  /// A certificate and its key.
  package struct TLS: Sendable {
    /// A file in PEM with the certificate, and with those that it was signed with.
    package var certificates: String
    /// A file in PEM.
    package var privateKey: String

    package init(certificates: String, privateKey: String) {
      (self.certificates, self.privateKey) = (certificates, privateKey)
    }
  }

  /// The defaults: this machine alone may ask.
  package init() {}
}
#endif
