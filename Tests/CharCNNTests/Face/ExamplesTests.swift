import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Examples from everywhere are the same to a model.
@Suite struct ExamplesTests {
  private enum Topic: String { case fruit, metal, river }

  private struct Ticket {
    let body: Substring
    let topic: Topic
    let name: String
  }

  private func bytes(_ examples: Examples<LabeledText>) throws -> [UInt8] {
    try TextClassifier.train(on: examples, options: ToyTexts.options("ngramBits=6")).model.data()
  }

  @Test func `a file, an array, members of a type and a closure teach the same`() throws {
    let folder = try TemporaryFolder()
    let texts = ToyTexts.texts(90)
    let path = try folder.write("text,label\n" + texts.map { "\($0.text),\($0.label)\n" }.joined(), to: "data.csv")
    let tickets = texts.map { Ticket(body: $0.text[...], topic: Topic(rawValue: $0.label)!, name: $0.label) }
    let expected = try bytes(Examples(texts))
    #expect(try bytes(Examples(tickets, text: \.body, label: \.topic)) == expected)
    #expect(try bytes(Examples(tickets.lazy.filter { _ in true }, text: \.body, label: \.name)) == expected)
    let labeled = texts.map { LabeledText($0.text, label: $0.label) }
    #expect(try bytes(Examples(AnySequence(labeled))) == expected)
    #expect(try bytes(Examples { body in for text in labeled { try body(text) } }) == expected)
    // A file has names of columns, which the model remembers.
    let file = try TextClassifier.train(on: Examples(contentsOf: path), options: ToyTexts.options("ngramBits=6")).model
    let url = try TextClassifier.train(
      on: Examples(contentsOf: URL(fileURLWithPath: path)), options: ToyTexts.options("ngramBits=6")
    ).model
    #expect(try file.data() == url.data())
    #expect(file.columns?.label == "label")
    let unlabeled = Examples([LabeledText("a", label: "x"), LabeledText("b", label: nil)])
    let error = #expect(throws: DataError.self) { _ = try bytes(unlabeled) }
    #expect(error?.line == 2 && error?.path == "the training texts")
  }

  @Test func `labels may be optional, numbers or cases, and a missing one is told by its number`() throws {
    struct Note {
      let text: String
      var topic: String?
      let kind: Topic?
      let stars: Int
    }
    let stars = ["fruit": 1, "metal": -2, "river": 30]
    let texts = ToyTexts.texts(90)
    var notes = texts.map {
      Note(text: $0.text, topic: $0.label, kind: Topic(rawValue: $0.label), stars: stars[$0.label]!)
    }
    let expected = try bytes(Examples(texts))
    #expect(try bytes(Examples(notes, text: \.text, label: \.topic)) == expected)
    #expect(try bytes(Examples(notes, text: \.text, label: \.kind)) == expected)
    var labels: [Set<String?>] = [[], []]
    try Examples(notes, text: \.text, label: \.stars).forEach({ text, _, _ in labels[0].insert(text.label) })
    try Examples(notes, first: \.text, second: \.text, label: \.stars).forEach({ pair, _, _ in
      labels[1].insert(pair.label)
    })
    #expect(labels == [["1", "-2", "30"], ["1", "-2", "30"]])
    for missing in [nil, "", " \u{200B}"] {
      notes[6].topic = missing
      let faulty = Examples(notes, text: \.text, label: \.topic)
      let error = #expect(throws: DataError.self) { _ = try bytes(faulty) }
      #expect(error?.line == 7 && error?.problem == "the text has no label")
    }
  }

  @Test func `a language model learns from texts in memory as from files`() throws {
    let folder = try TemporaryFolder()
    // More than one piece of some kilobytes each.
    let texts = (0..<2).map { file in
      (0..<600).map { "line \($0 * (file + 7) % 91) of the text\n" }.joined()
    }
    let files = try texts.enumerated().map { try folder.write($1, to: "\($0).txt") }
    var options = LanguageOptions(.causal)
    for setting in ["filters=8", "blocks=1", "dilations=1", "embedding=4", "epochs=1", "window=32", "ngrams=3"] {
      try options.set(setting)
    }
    let (read, _) = try CharacterLanguageModel.train(on: Examples(contentsOf: files), options: options)
    let (given, _) = try CharacterLanguageModel.train(on: Examples(texts), options: options)
    // Where the texts are from, the model tells; what it has learned is the same.
    let (one, other) = (try ModelBundle(archive: read.data()), try ModelBundle(archive: given.data()))
    for name in ["model.safetensors", "config.json", "alphabet.json"] {
      #expect(try one.data(named: name) == other.data(named: name), "\(name)")
    }
    #expect(try read.evaluate(on: Examples(texts)) == given.evaluate(on: Examples(contentsOf: files)))
    #expect(throws: TrainingError.self) { try CharacterLanguageModel.train(on: Examples(["", ""]), options: options) }
  }

  @Test func `a training on texts in memory goes on from its checkpoint when they are given again`() throws {
    let folder = try TemporaryFolder()
    let texts = Examples([(0..<900).map { "line \($0 % 91) of the text\n" }.joined()])
    var options = LanguageOptions(.causal)
    for setting in ["filters=8", "blocks=1", "dilations=1", "embedding=4", "epochs=2", "window=32", "ngrams=none"] {
      try options.set(setting)
    }
    let whole = try CharacterLanguageModel.train(on: texts, options: options).model.data()
    options.checkpoint = CheckpointOptions(folder: folder.path("run"), interval: .zero)
    let steps = Counter()
    _ = try CharacterLanguageModel.train(on: texts, options: options, isCancelled: { steps.next() > 12 })
    let checkpoint = try TrainingCheckpoint(contentsOf: folder.path("run"))
    #expect(throws: ConfigurationError.self) { try CharacterLanguageModel.resume(checkpoint) }
    #expect(try CharacterLanguageModel.resume(checkpoint, on: texts).model.data() == whole)
  }

  @Test func `a model is opened from a folder, a URL and from memory`() throws {
    let folder = try TemporaryFolder()
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model
    let url = URL(fileURLWithPath: folder.path("a b.charcnn"))
    try classifier.write(to: url)
    let texts = ToyTexts.texts(50, seed: 3).map(\.text)
    let expected = classifier.predictions(for: texts, maximumCount: 3)
    #expect(try TextClassifier(contentsOf: url).predictions(for: texts, maximumCount: 3) == expected)
    #expect(try TextClassifier(contentsOf: url.path).predictions(for: texts, maximumCount: 3) == expected)
    let data = Data(try classifier.data())
    #expect(try TextClassifier(data: data).predictions(for: texts, maximumCount: 3) == expected)
    #expect(try TextClassifier(data: data).data() == Array(data))
    #expect(throws: StorageError.self) { try TextClassifier(contentsOf: URL(string: "https://example.org/a.charcnn")!) }
    // Cut off anywhere, or with another byte, it is refused.
    for count in stride(from: 0, to: data.count - 2_048, by: 997) {
      #expect(throws: StorageError.self, "\(count) bytes") { try TextClassifier(data: data.prefix(count)) }
    }
    var stream = RandomStream(key: Randomness(seed: 4).key(.test))
    for _ in 0..<40 {
      var damaged = data
      let place = stream.below(data.count - 1_024)
      damaged[place] ^= 1
      // What fills up the blocks belongs to no file.
      if let opened = try? TextClassifier(data: damaged) { #expect(try opened.data() == Array(data)) }
    }
  }

  @Test func `substrings are answered as the strings that they are`() throws {
    let classifier = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model
    let line = "plum pear|iron zinc|volga elbe"
    let parts = line.split(separator: "|")
    #expect(classifier.predictions(for: parts) == classifier.predictions(for: parts.map(String.init)))
    #expect(classifier.predictedLabel(for: parts[1]) == classifier.predictedLabel(for: "iron zinc"))
    #expect(classifier.vector(for: parts[0]) == classifier.vector(for: "plum pear"))
  }
}
