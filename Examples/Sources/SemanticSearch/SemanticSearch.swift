// Learns which questions mean the same, keeps their vectors in an index, and looks questions up that nobody asked before.
import CharCNN

func variants(_ question: String) -> [String] {
  ["", "please, ", "hello, ", "excuse me, "].map { $0 + question + "?" }
}

@main
struct SemanticSearch {
  static func main() async throws {
    let topics: [(id: String, questions: [String])] = [
      ("pay", ["how do I pay", "which cards do you take", "can I pay by invoice", "do you take cash"]),
      (
        "send",
        ["when will it arrive", "how long does delivery take", "is my parcel on its way", "how fast do you ship"]
      ),
      ("return", ["how do I send it back", "can I return this", "I want to give it back", "what if I do not like it"]),
    ]
    // Pairs that mean the same, and pairs that do not.
    var pairs: [TextPair] = []
    for topic in topics {
      for question in topic.questions {
        for other in topic.questions where other != question {
          for (one, two) in zip(variants(question), variants(other)) { pairs.append(TextPair(one, two, label: "same")) }
        }
        for stranger in topics where stranger.id != topic.id {
          for (one, two) in zip(variants(question), variants(stranger.questions[0])) {
            pairs.append(TextPair(one, two, label: "different"))
          }
        }
      }
    }
    var options = MatchingOptions(.contrastive)
    options.network.positive = "same"
    options.training.epochs = 8
    let (matcher, _) = try await TextMatcher.train(on: Examples(pairs), options: options)

    // Any model makes vectors; an index finds the nearest. Vectors can be added at any time.
    let model: any TextVectorizer = matcher
    var index = try VectorIndex(dimension: model.dimension)
    for topic in topics {
      for (number, question) in topic.questions.enumerated() {
        try index.append(model.vector(for: question + "?"), identifier: "\(topic.id)-\(number + 1)")
      }
    }
    print("\(index.count) questions of \(index.dimension) numbers each")

    var right = 0
    for (query, wanted) in [
      ("hi, can I pay by invoice?", "pay"), ("hi, how fast do you ship?", "send"), ("hi, can I return this?", "return"),
    ] {
      let nearest = try index.nearest(to: model.vector(for: query), count: 2)
      print("\(query) is near to \(nearest.compactMap(\.identifier).joined(separator: " and "))")
      if nearest[0].identifier?.hasPrefix(wanted) == true { right += 1 }
    }
    guard right == 3 else { fatalError("only \(right) of 3 questions found their like") }
  }
}
