#if Server
internal import CharCNNCompute
internal import CharCNNFiles
package import CharCNNServing
internal import Hummingbird
internal import HummingbirdCore
internal import HummingbirdTLS
package import Logging
internal import NIOCore
internal import NIOSSL
internal import ServiceLifecycle
internal import UnixSignals

/// A server of models over HTTP/1.1.
package struct ModelServer: Sendable {
  /// Why a server does not start.
  package struct Problem: Error, CustomStringConvertible {
    package let description: String
  }

  private let settings: ServerSettings
  private let registry: ModelRegistry
  private let metrics: ServerMetrics
  private let prometheus: PrometheusMetrics
  private let logger: Logger
  private let access: Logger
  private let isEnding = Guarded(false)
  private let connections = ConnectionCount()
  /// What runs, while it does.
  private let running = Guarded(ServiceGroup?.none)

  /// A server of some models.
  ///
  /// - Parameters:
  ///   - registry: The models.
  ///   - settings: How it listens.
  ///   - metrics: Where it counts.
  ///   - prometheus: Where that is kept, for `/metrics`.
  ///   - logger: Where it tells what happens.
  ///   - access: Where it tells each request, if it does.
  package init(
    _ registry: ModelRegistry, _ settings: ServerSettings, _ metrics: ServerMetrics, _ prometheus: PrometheusMetrics,
    logger: Logger, access: Logger
  ) {
    (self.registry, self.settings, self.metrics, self.prometheus) = (registry, settings, metrics, prometheus)
    (self.logger, self.access) = (logger, access)
  }

  /// Answers requests until the process is told to end (SIGTERM or SIGINT), or the task is cancelled.
  ///
  /// - Parameters:
  ///   - handlesSignals: Whether the signals end it.
  ///   - isRunning: Receives the port as soon as requests are answered.
  /// - Throws: ``Problem`` where the address cannot be had or the certificate not be read.
  package func run(handlesSignals: Bool = true, isRunning: @escaping @Sendable (Int) async -> Void) async throws {
    let events = ModelEvents(metrics: metrics, logger: logger)
    let service = ModelService(
      registry, limits: settings.limits, counted: { [metrics] in metrics.counted($0, $1) }, told: events.tell)
    let router = ServiceRouter(
      service,
      metrics: { [metrics, prometheus, registry, connections] in
        metrics.look(at: registry, connections: connections.now)
        return prometheus.text
      },
      hasKey: settings.apiKey != nil, isEnding: { [isEnding] in isEnding.withLock { $0 } })
    let limit = Self.raiseFileLimit(for: settings.limits.connections)
    if limit < settings.limits.connections {
      logger.warning(
        "the system allows fewer open files", metadata: ["connections": .stringConvertible(limit)])
    }
    var configuration = ApplicationConfiguration(
      address: .hostname(settings.host, port: settings.port), backlog: 1_024,
      availableConnectionsDelegate: MaximumAvailableConnections(limit))
    configuration.serverName = nil
    // What Hummingbird tells of each connection is for those who work on it.
    var quiet = logger
    quiet.logLevel = max(logger.logLevel, .warning)
    let application = Application(
      responder: Responder(router, settings, metrics, access: access), server: try channel(),
      configuration: configuration,
      onServerRunning: { channel in await isRunning(channel.localAddress?.port ?? 0) }, logger: quiet)
    let group = ServiceGroup(
      configuration: {
        var group = ServiceGroupConfiguration(
          // They end in the reverse order.
          services: [
            .init(service: application),
            .init(service: ReloadingService(registry, settings.reloadTime, told: events.tell)),
            .init(service: DrainingService(settings.drainTime, isEnding, logger)),
          ],
          gracefulShutdownSignals: handlesSignals ? [.sigterm, .sigint] : [], logger: quiet)
        group.maximumGracefulShutdownDuration = settings.drainTime + settings.endingTime
        return group
      }())
    running.withLock { $0 = group }
    defer { running.withLock { $0 = nil } }
    do {
      try await group.run()
    } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw Problem(description: "port \(settings.port) of \(settings.host) is taken by another program")
    } catch let error as IOError where error.errnoCode == EACCES || error.errnoCode == EADDRNOTAVAIL {
      throw Problem(
        description:
          "port \(settings.port) of \(settings.host) cannot be had: \(String(cString: strerror(error.errnoCode)))")
    } catch let error as SocketAddressError {
      throw Problem(description: "there is no address \(settings.host) here (\(error))")
    } catch is SocketAddressError.UnknownHost {
      throw Problem(description: "there is no address \(settings.host)")
    }
  }

  /// Ends as at a signal: what was asked is answered first.
  package func end() async {
    let group = running.withLock { $0 }
    await group?.triggerGracefulShutdown()
  }

  private func channel() throws -> HTTPServerBuilder {
    var limits = ConnectionGuard.Limits()
    limits.patience = .nanoseconds(settings.patience.nanoseconds)
    limits.bodyBytes = settings.limits.bodyBytes
    limits.idle = .nanoseconds(settings.idleTime.nanoseconds)
    let guards: @Sendable () -> [any RemovableChannelHandler] = { [limits, connections, metrics, access, settings] in
      [
        ConnectionGuard(limits, connections) { status in
          metrics.refused(status)
          if settings.logsRequests { access.info("refused", metadata: ["status": .stringConvertible(status)]) }
        }
      ]
    }
    let http = HTTP1Channel.Configuration(
      additionalChannelHandlers: guards(),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: settings.headerBytes, maxHeaderListSize: settings.headerBytes, maxHeaderFieldCount: 100))
    guard let tls = settings.tls else {
      return HTTPServerBuilder { LoopChannel(inner: HTTP1Channel(responder: $0, configuration: http)) }
    }
    let certificates: [NIOSSLCertificate]
    let key: NIOSSLPrivateKey
    do {
      certificates = try NIOSSLCertificate.fromPEMFile(tls.certificates)
    } catch {
      throw Problem(description: "\(tls.certificates): is no certificate in PEM (\(error))")
    }
    do {
      key = try NIOSSLPrivateKey(file: tls.privateKey, format: .pem)
    } catch {
      throw Problem(description: "\(tls.privateKey): is no private key in PEM (\(error))")
    }
    let configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
    return HTTPServerBuilder { responder in
      LoopChannel(
        inner: try TLSChannel(
          HTTP1Channel(responder: responder, configuration: http), tlsConfiguration: configuration))
    }
  }

  /// Lets the process have as many files as connections need, and some for itself.
  ///
  /// - Returns: The connections that it can have.
  private static func raiseFileLimit(for connections: Int) -> Int {
    let own = 64
    var limit = rlimit()
    guard getrlimit(filesResource, &limit) == 0 else { return connections }
    let wanted = rlim_t(connections + own)
    if limit.rlim_cur < wanted {
      limit.rlim_cur = min(wanted, limit.rlim_max)
      _ = setrlimit(filesResource, &limit)
      guard getrlimit(filesResource, &limit) == 0 else { return connections }
    }
    return limit.rlim_cur >= wanted ? connections : max(Int(limit.rlim_cur) - own, 1)
  }
}

#if canImport(Glibc)
private let filesResource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
#else
private let filesResource = RLIMIT_NOFILE
#endif
#endif
