// Learns from places that are marked in strings, and marks places in strings: ranges in, ranges out.
import CharCNN

/// A text with [names] in brackets, as a program that keeps marks may have them.
func marked(_ text: String, as type: String) throws -> TaggedSentence {
  var (plain, spans) = ("", [(range: Range<Int>, type: String)]())
  for (number, part) in text.split(separator: "|", omittingEmptySubsequences: false).enumerated() {
    let start = plain.utf8.count
    plain += part
    if number % 2 == 1 { spans.append((start..<plain.utf8.count, type)) }
  }
  let string = plain
  return try TaggedSentence(
    string,
    spans: spans.map { span in
      let start = string.utf8.index(string.startIndex, offsetBy: span.range.lowerBound)
      return (start..<string.utf8.index(start, offsetBy: span.range.count), span.type)
    })
}

@main
struct MarkingNames {
  static func main() async throws {
    let names = ["Ann", "Ben", "Clara", "David", "Émile", "Fatima", "Zoë", "Ivan"]
    let verbs = ["lives in", "comes from", "writes to", "looks for"]
    let things = ["the house", "a friend", "the garden", "some letters"]
    var sentences: [TaggedSentence] = []
    for name in names {
      for verb in verbs {
        for thing in things { sentences.append(try marked("Today |\(name)| \(verb) \(thing).", as: "NAME")) }
      }
    }

    var options = TaggingOptions(.word)
    options.training.epochs = 20
    let (tagger, summary) = try await SequenceTagger.train(on: Examples(sentences), options: options)
    print("trained on \(sentences.count) sentences: span F1 \(summary.report.spanF1)")

    // Ranges are places in the user's own string.
    let text = "Greetings! Today Clara looks for a friend.\nToday Émile writes to some letters."
    for sentence in tagger.tags(in: text) {
      let spans = sentence.spans.map { "\($0.type): \(text[$0.range])" }
      print("\"\(text[sentence.range])\" has \(spans.isEmpty ? "no name" : spans.joined(separator: ", "))")
    }

    // Only a part of it, in the shape of NLTagger's enumeration.
    let second = text.index(after: text.firstIndex(of: "\n")!)..<text.endIndex
    tagger.enumerateTags(in: text, range: second) { type, place in
      print("in the second line, \(type) is \(text[place])")
      return true
    }
  }
}
