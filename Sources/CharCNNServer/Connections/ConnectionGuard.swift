#if Server
internal import HTTPTypes
internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1
internal import NIOHTTPTypes

/// Watches over one connection: a client that is slow, sends no HTTP, or goes on after its answer holds nothing for long.
///
/// - A client has `patience` to send a body, and wins time with each byte that it sends. Time counts only while more is wanted, so that a long
///   stream whose answers take their time is not cut off. The same holds for a client that does not read its answer.
/// - What is no HTTP is answered with a sentence before the connection is closed.
/// - `Expect: 100-continue` is answered, unless the body is longer than any may be.
/// - When the server is about to end, what is asked is answered with `Connection: close`; who asks nothing has a moment to do so still, because a
///   request may be on its way.
/// - A connection that is closed after an answer is closed for writing first, so that the answer arrives, though more may have been sent.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  /// How long what may take.
  struct Limits: Sendable {
    /// Time for a body, and for taking an answer.
    var patience: TimeAmount = .seconds(20)
    /// Bytes that win a second.
    var bytesPerSecond = 1_000
    /// Time in which a request may still come when the server is about to end.
    var quiet: TimeAmount = .seconds(1)
    /// Time for the client to close a connection that is closed here.
    var lingering: TimeAmount = .seconds(2)
    /// Time after which a client that sends no more is asked whether it is there.
    var silence: TimeAmount = .seconds(1)
    /// Time that a connection may be open without a request, from when it was opened or its last answer was taken.
    var idle: TimeAmount = .seconds(75)
    /// Bytes of a body that are asked for when the client waits to be asked.
    var bodyBytes = 2_000_000
  }

  private let limits: Limits
  private let connections: ConnectionCount
  /// Receives the status of what is refused here.
  private let refused: @Sendable (Int) -> Void

  /// Requests whose answer has not ended.
  private var asked = 0
  /// Whether a body is on its way.
  private var isReading = false
  /// Time that is left for the body.
  private var patience: TimeAmount
  /// Since when more of a body is wanted; nil while it is not.
  private var wantedSince: NIODeadline?
  private var readingCheck: Scheduled<Void>?

  /// Whether the beginning of the present answer is written.
  private var isAnswering = false
  /// Whether the connection ends with the present answer.
  private var isLast = false
  private var isEnding = false
  /// The client sends no more.
  private var isInputClosed = false
  /// When the end of the newest answer is on its way.
  private var lastEnd: EventLoopFuture<Void>?
  /// Since when nothing is asked, and nothing is left to be taken; nil meanwhile.
  private var idleSince: NIODeadline?
  private var idleCheck: Scheduled<Void>?
  /// Closed for writing: what comes now is dropped.
  private var isLingering = false

  private var written = 0
  private var writingCheck: Scheduled<Void>?

  init(_ limits: Limits, _ connections: ConnectionCount, refused: @escaping @Sendable (Int) -> Void) {
    (self.limits, self.connections, self.refused) = (limits, connections, refused)
    patience = limits.patience
  }

  func handlerAdded(context: ChannelHandlerContext) {
    connections.opened()
    beginIdling(context)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    connections.closed()
    readingCheck?.cancel()
    writingCheck?.cancel()
    idleCheck?.cancel()
  }

  // MARK: What comes

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if isLingering { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      asked += 1
      idleSince = nil
      isReading = true
      patience = limits.patience
      answerExpectation(of: head, context)
    case .body(let buffer):
      countWaiting()
      let won = TimeAmount.nanoseconds(Int64(buffer.readableBytes) * 1_000_000_000 / Int64(limits.bytesPerSecond))
      patience = min(limits.patience, patience + won)
    case .end:
      isReading = false
      wantedSince = nil
      readingCheck?.cancel()
      readingCheck = nil
    }
    context.fireChannelRead(data)
  }

  /// More is wanted of the client.
  func read(context: ChannelHandlerContext) {
    if isReading, wantedSince == nil {
      wantedSince = .now()
      if readingCheck == nil { scheduleReadingCheck(context) }
    }
    context.read()
  }

  private func countWaiting() {
    guard let since = wantedSince else { return }
    patience = patience - (.now() - since)
    wantedSince = nil
  }

  private func scheduleReadingCheck(_ context: ChannelHandlerContext) {
    readingCheck = context.eventLoop.assumeIsolated().scheduleTask(in: max(patience, .milliseconds(1))) {
      self.readingCheck = nil
      guard self.isReading, let since = self.wantedSince else { return }
      if .now() - since < self.patience { return self.scheduleReadingCheck(context) }
      self.refuse(context, .requestTimeout, "the request took too long to come")
    }
  }

  private func answerExpectation(of head: HTTPRequest, _ context: ChannelHandlerContext) {
    guard let expectation = head.headerFields[.expect], expectation.lowercased() == "100-continue" else { return }
    if let length = head.headerFields[.contentLength].flatMap({ Int($0) }), length > limits.bodyBytes { return }
    context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case HTTPParserError.headerOverflow:
      refuse(context, .requestHeaderFieldsTooLarge, "the headers are too large")
    case is OldClients.NoHost: refuse(context, .badRequest, "one header Host is wanted, as HTTP/1.1 has it")
    case HTTPParserError.invalidEOFState:
      // The client is gone in the middle.
      context.close(promise: nil)
    case is IOError, is ChannelError: context.close(promise: nil)
    default: refuse(context, .badRequest, "this is no request of HTTP/1.1")
    }
  }

  /// Tells a client why it is not heard any more, unless it is being answered.
  private func refuse(_ context: ChannelHandlerContext, _ status: HTTPResponse.Status, _ problem: String) {
    if isLingering { return }
    guard !isAnswering else { return context.close(promise: nil) }
    refused(status.code)
    let body = context.channel.allocator.buffer(string: "{\"error\":\"\(problem)\"}")
    var head = HTTPResponse(status: status)
    head.headerFields[.contentType] = "application/json"
    head.headerFields[.contentLength] = "\(body.readableBytes)"
    head.headerFields[.connection] = "close"
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(body)), promise: nil)
    finish(context, .end(nil), promise: nil)
    context.flush()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent:
      isEnding = true
      if asked == 0 { closeWhenQuiet(context) }
    case ChannelEvent.inputClosed where isLingering: context.close(promise: nil)
    case ChannelEvent.inputClosed:
      isInputClosed = true
      if asked > 0 { ask(context, after: limits.silence) }
      context.fireUserInboundEventTriggered(event)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  /// Finds out whether a client that sends no more still reads. One that does passes over a `100 Continue`; where nobody is, the system of the other
  /// side says so, the connection is closed, and nobody works for it any more. HTTP/1.0 knows no such thing.
  private func ask(_ context: ChannelHandlerContext, after time: TimeAmount) {
    let isOld = (try? context.pipeline.syncOperations.handler(type: OldClients.self).isOld) ?? true
    if isOld { return }
    context.eventLoop.assumeIsolated().scheduleTask(in: time) {
      guard self.asked > 0, !self.isLingering, context.channel.isActive else { return }
      if !self.isAnswering {
        context.writeAndFlush(self.wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
      }
      self.ask(context, after: time + time)
    }
  }

  private func closeWhenQuiet(_ context: ChannelHandlerContext) {
    context.eventLoop.assumeIsolated().scheduleTask(in: limits.quiet) {
      self.onceTaken {
        if self.asked == 0, !self.isLingering { context.close(promise: nil) }
      }
    }
  }

  /// Does something once the system has the last answer: a client may take long to read it.
  private func onceTaken(_ body: @escaping () -> Void) {
    guard let lastEnd else { return body() }
    lastEnd.assumeIsolated().whenComplete { _ in body() }
  }

  // MARK: Nothing to do

  private func beginIdling(_ context: ChannelHandlerContext) {
    idleSince = .now()
    if idleCheck == nil { scheduleIdleCheck(context, in: limits.idle) }
  }

  private func scheduleIdleCheck(_ context: ChannelHandlerContext, in time: TimeAmount) {
    idleCheck = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
      self.idleCheck = nil
      // What is asked meanwhile begins anew when its answer is taken.
      guard let since = self.idleSince, !self.isLingering else { return }
      let left = self.limits.idle - (.now() - since)
      if left <= .zero { return context.close(promise: nil) }
      self.scheduleIdleCheck(context, in: left)
    }
  }

  // MARK: What goes

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if isLingering {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head):
      isAnswering = head.status.kind != .informational
      // With more asked behind it, that is for the last answer to say.
      if isEnding, asked == 1 { head.headerFields[.connection] = "close" }
      isLast = head.headerFields[.connection] == "close"
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body(let buffer):
      written += buffer.readableBytes
      context.write(data, promise: promise)
    case .end(let trailer):
      asked -= 1
      isAnswering = false
      if isLast {
        finish(context, .end(trailer), promise: promise)
      } else {
        let promise = promise ?? context.eventLoop.makePromise()
        lastEnd = promise.futureResult
        onceTaken { if self.asked == 0, context.channel.isActive { self.beginIdling(context) } }
        context.write(data, promise: promise)
        if isEnding, asked == 0 { closeWhenQuiet(context) }
      }
    }
  }

  /// Closing for writing closes everything where the client sends no more, and what it has not taken yet would be lost. When the server ends and
  /// its time is over, everything is closed at once.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    guard isInputClosed, mode == .output || !isEnding else { return context.close(mode: mode, promise: promise) }
    onceTaken { context.close(mode: mode, promise: promise) }
  }

  /// Writes the end of the last answer, and closes the connection for writing.
  private func finish(_ context: ChannelHandlerContext, _ end: HTTPResponsePart, promise: EventLoopPromise<Void>?) {
    isLingering = true
    readingCheck?.cancel()
    let promise = promise ?? context.eventLoop.makePromise()
    lastEnd = promise.futureResult
    onceTaken {
      context.close(mode: .output, promise: nil)
      context.eventLoop.assumeIsolated().scheduleTask(in: self.limits.lingering) { context.close(promise: nil) }
    }
    context.writeAndFlush(wrapOutboundOut(end), promise: promise)
  }

  func flush(context: ChannelHandlerContext) {
    context.flush()
    if writingCheck == nil, waiting(context) > 0 { scheduleWritingCheck(context, taken: written - waiting(context)) }
  }

  /// Bytes that the client has not taken.
  private func waiting(_ context: ChannelHandlerContext) -> Int {
    (try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)) ?? 0
  }

  private func scheduleWritingCheck(_ context: ChannelHandlerContext, taken before: Int) {
    writingCheck = context.eventLoop.assumeIsolated().scheduleTask(in: limits.patience) {
      self.writingCheck = nil
      let waiting = self.waiting(context)
      if waiting == 0 { return }
      let taken = self.written - waiting
      let wanted = Int(self.limits.patience.nanoseconds / 1_000_000_000) * self.limits.bytesPerSecond
      if taken - before < min(wanted, waiting) { return context.close(promise: nil) }
      self.scheduleWritingCheck(context, taken: taken)
    }
  }
}

@available(*, unavailable)
extension ConnectionGuard: Sendable {}
#endif
