/// What a client may ask for.
package struct ServiceLimits: Sendable {
  /// Bytes of a request's body.
  package var bodyBytes = 2_000_000
  /// Bytes of a text.
  package var textBytes = 200_000
  /// Bytes of a text that is explained: the answer takes many passes over it.
  package var explainedBytes = 20_000
  /// Labels and tags of an answer, over all its texts; four numbers of a vector count as one, a character that is explained or
  /// generated too, and 64 bytes of a text of an index or of a label that a client gave.
  package var answerParts = 250_000

  /// Requests that are worked on at once of those that take long: explanations, texts that go on, languages of parts,
  /// neighbors in an index, answers by labels that came with the request, and loading and unloading.
  package var longRequests = 64
  /// Connections that are open at once.
  package var connections = 1_024

  /// The default limits.
  package init() {}

  /// Refuses texts that are too long.
  func check(_ questions: [Question], explains: Bool = false) throws(RequestProblem) {
    let most = explains ? min(explainedBytes, textBytes) : textBytes
    for question in questions where max(question.text.utf8.count, question.second?.utf8.count ?? 0) > most {
      throw RequestProblem(
        .tooLarge, "a text has more than \(most) bytes\(explains ? ", which are too many to be explained" : "")")
    }
  }
}
