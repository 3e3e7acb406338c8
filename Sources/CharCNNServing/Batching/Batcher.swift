internal import CharCNNCompute
internal import Dispatch

/// Why a question gets no answer.
package enum BatcherRefusal: Error, Equatable {
  /// So much waits already that this would wait too long.
  case overloaded
}

/// Answers together what waits together.
///
/// A question that comes while nothing is computed is computed at once. What comes meanwhile waits, and is the next batch: nobody waits for a
/// batch to fill. A batch has as many questions as a cost allows, which is the length of texts, since ten long ones are more work than ten
/// short ones. Clients take turns in a batch, so that one with a thousand texts does not hold up those with one.
///
/// Questions must not know each other: the answer to each is the same, bit for bit, in any batch.
package final class Batcher<Question: Sendable, Answer: Sendable>: Sendable {
  /// Answers, and how long they took.
  package struct Answered: Sendable {
    /// The answers, in the order of the questions.
    package var answers: [Answer]
    /// How long the first question waited for its batch.
    package var waited: Duration
  }

  /// The questions of one client, answered when all are.
  private final class Request {
    let questions: [Question]
    let costs: [Int]
    var answers: [Answer] = []
    /// Questions that are in a batch or answered.
    var taken = 0
    let asked = ContinuousClock.now
    var waited = Duration.zero
    let waiter: CheckedContinuation<Void, any Error>

    init(_ questions: [Question], costs: [Int], waiter: CheckedContinuation<Void, any Error>) {
      (self.questions, self.costs, self.waiter) = (questions, costs, waiter)
      answers.reserveCapacity(questions.count)
    }
  }

  /// What becomes of a request when it comes.
  private enum Outcome { case waits, starts, refused, abandoned }

  private struct State {
    /// Those with questions that are in no batch yet, by their numbers; the next turn is the first one's.
    var turns: [Int] = []
    var requests: [Int: Request] = [:]
    /// Answers that are complete, until they are taken: under the lock, which the thread sanitizer knows, unlike what resumes a task.
    var answered: [Int: Answered] = [:]
    /// Numbers that were given up before they were asked.
    var abandoned: Set<Int> = []
    var nextNumber = 0
    var isComputing = false
    /// Cost of what waits, and of what is computed.
    var waitingCost = 0
    var measures = Measures()
  }

  /// What there is to see.
  package struct Measures: Sendable, Equatable {
    /// Batches that were computed, and their questions.
    package var batches = 0
    package var questions = 0
    /// Requests that were refused, and those that were given up.
    package var refused = 0
    package var abandoned = 0
  }

  private let state = Guarded(State())
  private let queue: DispatchQueue
  private let mostCost: Int
  private let mostWaiting: Int
  private let answer: @Sendable (_ questions: [Question], _ ofSeveral: Bool) -> [Answer]
  private let told: @Sendable (_ questions: Int, _ cost: Int) -> Void

  /// - Parameters:
  ///   - name: What its thread is called.
  ///   - mostCost: Cost of a batch; a question that costs more is a batch by itself.
  ///   - mostWaiting: Cost that may wait; beyond that requests are refused.
  ///   - told: Receives the size of each batch, before it is computed.
  ///   - answer: Answers questions, in their order; it is told whether they are of several requests.
  package init(
    name: String, mostCost: Int, mostWaiting: Int,
    told: @escaping @Sendable (_ questions: Int, _ cost: Int) -> Void = { _, _ in },
    answer: @escaping @Sendable (_ questions: [Question], _ ofSeveral: Bool) -> [Answer]
  ) {
    queue = DispatchQueue(label: name, qos: .userInitiated)
    (self.mostCost, self.mostWaiting, self.told, self.answer) = (mostCost, mostWaiting, told, answer)
  }

  /// What there is to see.
  package var measures: Measures { state.withLock { $0.measures } }

  /// Cost of what waits now.
  package var waitingCost: Int { state.withLock { $0.waitingCost } }

  /// What waits now, and what it costs.
  package var waiting: (questions: Int, cost: Int) {
    state.withLock { state in
      (state.requests.values.reduce(0) { $0 + $1.questions.count - $1.taken }, state.waitingCost)
    }
  }

  /// The answers to some questions, in their order. A task that is cancelled gives up those that are in no batch yet.
  ///
  /// - Parameters:
  ///   - questions: What is asked.
  ///   - costs: What each costs.
  /// - Throws: ``BatcherRefusal/overloaded`` at once where too much waits; `CancellationError` where the task was cancelled.
  package func answers(to questions: [Question], costs: [Int]) async throws -> [Answer] {
    try await answered(questions, costs: costs).answers
  }

  /// As ``answers(to:costs:)``, with how long they took.
  package func answered(_ questions: [Question], costs: [Int]) async throws -> Answered {
    if questions.isEmpty { return Answered(answers: [], waited: .zero) }
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    defer { if Task.isCancelled { state.withLock { _ = $0.abandoned.remove(number) } } }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { waiter in
        ask(number, Request(questions, costs: costs, waiter: waiter))
      }
    } onCancel: {
      giveUp(number)
    }
    guard let answered = state.withLock({ $0.answered.removeValue(forKey: number) }) else { throw CancellationError() }
    return answered
  }

  private func ask(_ number: Int, _ request: sending Request) {
    let cost = request.costs.reduce(0, +)
    let waiter = request.waiter
    let outcome = state.withLock { state -> Outcome in
      if state.abandoned.remove(number) != nil { return .abandoned }
      // A request alone is never too large: it is cut into batches.
      if state.waitingCost > 0, state.waitingCost + cost > mostWaiting {
        state.measures.refused += 1
        return .refused
      }
      state.requests[number] = request
      state.turns.append(number)
      state.waitingCost += cost
      if state.isComputing { return .waits }
      state.isComputing = true
      return .starts
    }
    switch outcome {
    case .waits: break
    case .starts: queue.async { self.compute() }
    case .refused: waiter.resume(throwing: BatcherRefusal.overloaded)
    case .abandoned: waiter.resume(throwing: CancellationError())
    }
  }

  private func giveUp(_ number: Int) {
    let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
      guard let request = state.requests.removeValue(forKey: number) else {
        // It was not asked yet, or is answered already, after which its number is forgotten.
        state.abandoned.insert(number)
        return nil
      }
      state.turns.removeAll { $0 == number }
      state.waitingCost -= request.costs[request.taken...].reduce(0, +)
      state.measures.abandoned += 1
      return request.waiter
    }
    waiter?.resume(throwing: CancellationError())
  }

  /// Computes batch after batch until nothing waits.
  private func compute() {
    while let batch = nextBatch() {
      told(batch.questions.count, batch.cost)
      let answers = answer(batch.questions, batch.owners.contains { $0 != batch.owners[0] })
      for waiter in deliver(answers, to: batch.owners) { waiter.resume() }
    }
  }

  private struct Batch {
    var questions: [Question] = []
    /// The request of each question.
    var owners: [Int] = []
    var cost = 0
  }

  private func nextBatch() -> Batch? {
    state.withLock { state in
      var batch = Batch()
      var isFull = false
      while !isFull, let number = state.turns.first {
        guard let request = state.requests[number] else {
          state.turns.removeFirst()
          continue
        }
        let cost = request.costs[request.taken]
        if !batch.questions.isEmpty, batch.cost + cost > mostCost {
          isFull = true
          break
        }
        if request.taken == 0 { request.waited = ContinuousClock.now - request.asked }
        batch.questions.append(request.questions[request.taken])
        batch.owners.append(number)
        batch.cost += cost
        state.waitingCost -= cost
        request.taken += 1
        // The next turn is another client's.
        state.turns.removeFirst()
        if request.taken < request.questions.count { state.turns.append(number) }
      }
      if batch.questions.isEmpty {
        state.isComputing = false
        return nil
      }
      state.measures.batches += 1
      state.measures.questions += batch.questions.count
      return batch
    }
  }

  /// Hands answers to their requests; those that have all are returned.
  private func deliver(_ answers: [Answer], to owners: [Int]) -> [CheckedContinuation<Void, any Error>] {
    state.withLock { state in
      var done: [CheckedContinuation<Void, any Error>] = []
      for (answer, owner) in zip(answers, owners) {
        // A request that was given up meanwhile has no place for it.
        guard let request = state.requests[owner] else { continue }
        request.answers.append(answer)
        if request.answers.count == request.questions.count {
          state.requests[owner] = nil
          state.answered[owner] = Answered(answers: request.answers, waited: request.waited)
          done.append(request.waiter)
        }
      }
      return done
    }
  }
}
