internal import CharCNN
internal import CharCNNFiles

/// Answers to JSON lines, however many: what comes is answered in groups while more comes, in the order of the lines.
///
/// Each line is what a body of the plain API is, and each has a line of the answer. A line that cannot be answered has an object with `error` and `line`
/// there, and the others go on. Lines of blanks are skipped, as readers of JSON lines do.
package struct LineStream: Sendable {
  /// A line, and its number from 1.
  package struct Line: Sendable, Equatable {
    package let number: Int
    /// What it says; nil where it is longer than a request may be.
    package let bytes: [UInt8]?
  }

  /// Lines that are answered together at most.
  static let mostTogether = 512

  private let service: ModelService
  private let model: LoadedModel
  private let operation: ServedModel.Operation?
  private let settings: PlainRequest.Settings
  /// The beginning of a line whose end has not come.
  private var rest: [UInt8] = []
  /// Whether that line is too long, so that no more of it is kept.
  private var isTooLong = false
  private var count = 0
  /// What was answered so far.
  package private(set) var facts: ServiceAnswer.Facts

  init(
    _ service: ModelService, _ model: LoadedModel, operation: ServedModel.Operation?, settings: PlainRequest.Settings
  ) throws(RequestProblem) {
    (self.service, self.model, self.operation, self.settings) = (service, model, operation, settings)
    let asked = try service.operation(operation, of: model)
    // At once, instead of in each line.
    try settings.check(for: asked, of: model)
    facts = .init(asked, of: model, [], isBatch: true, waited: .zero)
  }

  /// Takes what came, and gives the lines that are whole.
  package mutating func take(_ bytes: some Sequence<UInt8>) -> [Line] {
    var lines: [Line] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") {
        if let line = finished() { lines.append(line) }
      } else if rest.count < service.limits.bodyBytes {
        rest.append(byte)
      } else {
        isTooLong = true
      }
    }
    return lines
  }

  /// The last line, where it has no line break.
  package mutating func end() -> [Line] { finished().map { [$0] } ?? [] }

  private mutating func finished() -> Line? {
    count += 1
    defer { (rest, isTooLong) = ([], false) }
    if isTooLong { return Line(number: count, bytes: nil) }
    let isBlank = rest.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
    return isBlank ? nil : Line(number: count, bytes: rest)
  }

  /// What a line asks, or what is wrong with it.
  private enum Asked {
    case request(PlainRequest, parts: Int)
    case problem(RequestProblem)
  }

  /// Answers lines in groups, so that a part of the answers can go before the next are computed.
  ///
  /// - Parameters:
  ///   - lines: The lines.
  ///   - write: Receives answers, in the order of the lines, each with a line break behind it.
  /// - Throws: `CancellationError`, and what writing throws.
  package mutating func answer(_ lines: [Line], write: (String) async throws -> Void) async throws {
    var group: [(line: Line, asked: Asked)] = []
    var parts = 0
    for line in lines {
      let asked = await asks(line)
      var own = 0
      if case .request(_, let count) = asked { own = count }
      if !group.isEmpty, group.count == Self.mostTogether || parts + own > service.limits.answerParts {
        try await write(together(group).joined())
        (group, parts) = ([], 0)
      }
      group.append((line, asked))
      parts += own
    }
    if !group.isEmpty { try await write(together(group).joined()) }
  }

  /// Bytes of a line that is read on the thread of its connection; a longer one would hold up the other clients of that thread.
  private static let quickBytes = 1 << 15

  private func asks(_ line: Line) async -> Asked {
    if line.bytes?.count ?? 0 <= Self.quickBytes { return ask(line) }
    return await withTaskExecutorPreference(globalConcurrentExecutor) { [self] in ask(line) }
  }

  private func ask(_ line: Line) -> Asked {
    do throws(RequestProblem) {
      guard let bytes = line.bytes else {
        throw RequestProblem(.tooLarge, "the line has more than \(service.limits.bodyBytes) bytes")
      }
      let value = try RequestJSON.value(bytes)
      let request = try service.request(value, settings: settings, facts.operation, of: model)
      return .request(request, parts: service.parts(of: request, facts.operation, of: model))
    } catch {
      return .problem(error)
    }
  }

  private mutating func together(_ lines: [(line: Line, asked: Asked)]) async throws -> [String] {
    var answers = [String](repeating: "", count: lines.count)
    var requests: [PlainRequest] = []
    var places: [Int] = []
    var parts = 0
    for (place, (line, asked)) in lines.enumerated() {
      switch asked {
      case .problem(let problem): answers[place] = Self.problem(problem, at: line)
      case .request(let request, let own):
        requests.append(request)
        places.append(place)
        parts += own
      }
    }
    // Where each line has labels of its own, what is wrong with those of one is no matter of the others.
    if facts.operation == .predict, model.model.operationsByNames.isEmpty,
      !requests.contains(where: \.settings.explains)
    {
      // What waits for an answer is bounded by the group, so that no client is refused for how much it sends.
      do {
        let own = try await Self.patiently { [service, model, requests, parts] in
          try await service.apart(parts) { try await service.predicted(requests, of: model) }
        }
        for (place, answer) in zip(places, own) { answers[place] = answer }
      } catch let problem as RequestProblem {
        for place in places { answers[place] = Self.problem(problem, at: lines[place].line) }
      }
    } else {
      for (place, request) in zip(places, requests) {
        do {
          let (operation, service, model) = (facts.operation, service, model)
          let answer = try await Self.patiently {
            try await service.answer(request, operation, of: model, started: ContinuousClock.now)
          }
          answers[place] = answer.json
        } catch let problem as RequestProblem {
          answers[place] = Self.problem(problem, at: lines[place].line)
        }
      }
    }
    facts.add(requests.flatMap(\.questions))
    return answers.map { $0 + "\n" }
  }

  private static func problem(_ problem: RequestProblem, at line: Line) -> String {
    "{\"error\":\(JSONText.quoted(problem.problem)),\"line\":\(line.number)}"
  }

  /// Waits where too much waits already, instead of giving up: a stream has time.
  private static func patiently<Result>(_ body: () async throws -> Result) async throws -> Result {
    for _ in 0..<500 {
      do {
        return try await body()
      } catch let problem as RequestProblem where problem.kind == .overloaded {
        try await Task.sleep(for: .milliseconds(20))
      }
    }
    return try await body()
  }
}
