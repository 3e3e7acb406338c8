internal import BenchmarkSupport
internal import CharCNNToolkit

/// How time grows with the number and the length of texts that are made up.
enum Growth {
  /// Texts of words from a small vocabulary, two classes that prefer different words.
  static func texts(count: Int, length: Int) -> [(text: String, label: String)] {
    let words = (0..<200).map(word)
    var state: UInt64 = 1
    return (0..<count).map { number in
      var text = ""
      var left = length
      while left > 0 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let place = Int(state >> 33) % 100 + (number % 2) * 50
        let word = (words[place] + " ").prefix(left)
        text += word
        left -= word.count
      }
      return (text, number % 2 == 0 ? "even" : "odd")
    }
  }

  private static func word(_ number: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for place in 0..<2 + number % 7 {
      let letter = UInt8((number * 7 + place * 11) % 26) + UInt8(ascii: "a")
      scalars.append(UnicodeScalar(letter))
    }
    return String(scalars)
  }

  /// Seconds to train one epoch (reading, alphabet and encoding included), then to predict all texts.
  static func measure(count: Int, length: Int, machine: Machine, trains: Bool) throws -> Reply {
    let texts = texts(count: count, length: length)
    var options = ClassificationOptions()
    options.ngrams = .none
    options.text.maximumLength = length
    options.training.epochs = 1
    options.threads = machine.threads
    options.instructions = machine.instructions
    let clock = ContinuousClock()
    var start = clock.now
    let used = trains ? texts : Array(texts.prefix(64))
    let (classifier, _) = try TextClassifier.train(
      on: Examples(used), validation: Examples(Array(texts.prefix(2))), options: options)
    let training = (clock.now - start).seconds
    let strings = texts.map(\.text)
    start = clock.now
    let answers = classifier.predictions(for: strings)
    var reply = Reply()
    reply.seconds = [trains ? training : 0, (clock.now - start).seconds]
    reply.texts = answers.count
    reply.characters = count * length
    return reply
  }
}
