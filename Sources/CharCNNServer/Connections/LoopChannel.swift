#if Server
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypesHTTP1

/// A connection whose requests are worked on by the thread that reads and writes it.
///
/// Otherwise each request would change threads when it is read and again when it is answered. Nothing that takes long may run there: texts are
/// answered by the thread of their model, and what takes longer has threads of its own.
struct LoopChannel<Inner: ServerChildChannel>: ServerChildChannel {
  let inner: Inner

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Inner.Value> {
    inner.setup(channel: channel, logger: logger).flatMapThrowing { value in
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(
        OldClients(), position: .before(try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)))
      return value
    }
  }

  func handle(value: Inner.Value, logger: Logger) async {
    let channel = value.channel
    await withTaskExecutorPreference(LoopExecutor(loop: channel.eventLoop)) {
      await withDiscardingTaskGroup { group in
        group.addTask { await inner.handle(value: value, logger: logger) }
        // What is worked on for a client that is gone is given up.
        _ = try? await channel.closeFuture.get()
        group.cancelAll()
      }
    }
  }
}

/// Has connections to clients of HTTP/1.0 closed after the answer, which is how these know its end: they know nothing of chunks. Refuses requests of
/// HTTP/1.1 that do not say whom they ask, of which proxies and servers would think differently.
final class OldClients: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// A request without a host, or with several.
  struct NoHost: Error {}

  /// Whether the client is one.
  private(set) var isOld = false
  /// Whether a request was refused, so that what comes behind its head is for nobody.
  private var isRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isRefused { return }
    if case .head(let head) = unwrapInboundIn(data), head.version != .http1_0, head.headers["host"].count != 1 {
      isRefused = true
      return context.fireErrorCaught(NoHost())
    }
    guard case .head(var head) = unwrapInboundIn(data), head.version == .http1_0 else {
      return context.fireChannelRead(data)
    }
    isOld = true
    head.headers.replaceOrAdd(name: "connection", value: "close")
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard isOld, case .head(var head) = unwrapOutboundIn(data) else { return context.write(data, promise: promise) }
    head.version = .http1_0
    head.headers.replaceOrAdd(name: "connection", value: "close")
    context.write(wrapOutboundOut(.head(head)), promise: promise)
  }
}

@available(*, unavailable)
extension OldClients: Sendable {}

/// Runs tasks on the thread of an event loop.
final class LoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
#endif
