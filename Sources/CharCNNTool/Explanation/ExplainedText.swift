#if Tool
internal import CharCNN
import CharCNNText

/// An explanation beside the text or the two texts that it speaks of.
struct ExplainedText {
  /// A character and what it adds.
  struct Seen {
    /// The character itself.
    let text: Substring
    /// Its place.
    let place: TextPlace
    let value: Double
  }

  let texts: [String]
  let explanation: TextClassifier.Explanation
  /// Of each text the characters that something reads.
  let characters: [[Seen]]

  init(_ texts: [String], _ explanation: TextClassifier.Explanation) {
    self.texts = texts
    self.explanation = explanation
    characters = zip(texts, [explanation.contributions, explanation.secondContributions]).map { text, contributions in
      var places = ScalarPlaces(text)
      return contributions.map {
        Seen(text: text[$0.range], place: TextPlace($0.range, of: text, &places), value: $0.value)
      }
    }
  }

  /// The largest magnitude of what a character adds.
  var strongest: Double { characters.joined().reduce(0) { max($0, $1.value.magnitude) } }

  /// A text as pieces: characters with what they add, and what lies between, which nothing reads.
  func pieces(ofText number: Int) -> [(text: Substring, value: Double?)] {
    let text = texts[number]
    let contributions = number == 0 ? explanation.contributions : explanation.secondContributions
    var pieces: [(text: Substring, value: Double?)] = []
    var position = text.startIndex
    for contribution in contributions {
      if position < contribution.range.lowerBound {
        pieces.append((text[position..<contribution.range.lowerBound], nil))
      }
      pieces.append((text[contribution.range], contribution.value))
      position = contribution.range.upperBound
    }
    if position < text.endIndex { pieces.append((text[position...], nil)) }
    return pieces
  }

  /// The token whose tag is explained.
  var token: Substring? { explanation.token.map { texts[0][$0] } }

  /// What the score is called.
  var scoreName: String { explanation.isLogOdds ? "log-odds" : "score" }

  /// A sentence on what gave the answer.
  var source: String {
    switch explanation.part {
    case .network: "the network"
    case .ngrams: "without a network"
    case .both: "network and n-grams"
    }
  }
}
#endif
