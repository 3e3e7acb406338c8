#if Tool
internal import CharCNN
internal import CharCNNFiles
import CharCNNText

/// An explanation as JSON.
struct ExplanationOutput: Encodable {
  struct Contribution: Encodable {
    let start: Int
    let end: Int
    let utf8Start: Int
    let utf8End: Int
    let value: Double
    /// Which text of a pair, 1 or 2; nil of single texts.
    let text: Int?
  }

  struct Token: Encodable {
    let text: String
    let start: Int
    let end: Int
    let utf8Start: Int
    let utf8End: Int
  }

  let text: String?
  let first: String?
  let second: String?
  let token: Token?
  let label: String?
  let probability: Double?
  let score: Double?
  let total: Double
  let baseline: Double
  let contributions: [Contribution]
  let method: String
  let part: String
  let gap: Double
  let unreadCharacters: Int

  init(_ explained: ExplainedText) {
    let explanation = explained.explanation
    let isPair = explained.texts.count == 2
    text = isPair ? nil : explained.texts[0]
    first = isPair ? explained.texts[0] : nil
    second = isPair ? explained.texts[1] : nil
    token = explanation.token.map { range in
      var places = ScalarPlaces(explained.texts[0])
      let place = TextPlace(range, of: explained.texts[0], &places)
      return Token(
        text: String(explained.texts[0][range]), start: place.start, end: place.end, utf8Start: place.utf8Start,
        utf8End: place.utf8End)
    }
    label = explanation.label.isEmpty ? nil : explanation.label
    let answer = Decimals.toMillionths(explanation.probability)
    probability = explanation.isLogOdds ? answer : nil
    score = explanation.isLogOdds ? nil : answer
    total = explanation.total.toSevenDigits
    baseline = explanation.baseline.toSevenDigits
    contributions = explained.characters.enumerated().flatMap { number, characters in
      characters.map {
        Contribution(
          start: $0.place.start, end: $0.place.end, utf8Start: $0.place.utf8Start, utf8End: $0.place.utf8End,
          value: $0.value.toSevenDigits, text: isPair ? number + 1 : nil)
      }
    }
    method = explanation.method.rawValue
    part = explanation.part.rawValue
    gap = explanation.gap.toSevenDigits
    unreadCharacters = explanation.unreadCharacters
  }
}
#endif
