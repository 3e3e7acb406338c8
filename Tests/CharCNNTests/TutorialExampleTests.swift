import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// The Swift code of the tutorial and what it prints; ``DocumentTests`` checks that the tutorial shows nothing else.
@Suite final class TutorialExampleTests {
  private var printed = ""

  /// Keeps what an example prints.
  private func print(_ items: Any...) { printed += items.map { "\($0)" }.joined(separator: " ") + "\n" }

  /// Weights of one filter of width h over d channels: for each tap the weights of all channels.
  func convolve(_ rows: [[Float]], _ filter: [[Float]], bias: Float = 0) -> [Float] {
    rows.indices.map { position in
      var sum = bias
      for (tap, weights) in filter.enumerated() {
        let row = position + tap - (filter.count - 1) / 2
        guard rows.indices.contains(row) else { continue }
        for (value, weight) in zip(rows[row], weights) { sum += value * weight }
      }
      return sum
    }
  }

  @Test func `characters become numbers`() throws {
    let alphabet = try Alphabet(units: ["I", " ", "l", "o", "v", "e"])
    let encoder = TextEncoder(settings: TextSettings(foldsCase: false), alphabet: alphabet)
    var indices: [Int32] = []
    let outcome = encoder.encode("I love ü", into: &indices)
    print(indices)
    print(outcome.unknownCount)

    #expect(
      printed == """
        [1, 2, 3, 4, 5, 6, 2, 0]
        1

        """)
  }

  @Test func `one-hot times a table is a row of it`() {
    let table: [[Float]] = [[0.0, 0.1], [0.2, 0.3], [0.4, 0.5]]
    let oneHot: [Float] = [0, 0, 1]
    let product = (0..<2).map { column in
      zip(oneHot, table).reduce(0) { sum, pair in sum + pair.0 * pair.1[column] }
    }
    print(product, table[2])

    #expect(
      printed == """
        [0.4, 0.5] [0.4, 0.5]

        """)
  }

  @Test func `a filter answers where its pattern stands`() {
    let (a, b): ([Float], [Float]) = ([1, 0], [0, 1])
    print(convolve([a, b, a, a, b], [a, b, a]))

    #expect(
      printed == """
        [0.0, 3.0, 1.0, 1.0, 2.0]

        """)
  }

  /// The worked example's network, not trained, without padding.
  private func untrained(_ text: String) throws -> TextClassifier {
    var options = ClassificationOptions()
    try options.use(model: "gated-tutorial")
    try options.set("foldsCase=false")
    try options.set("length=none")
    let classifier = try TextClassifier.untrained(for: text, options: options)
    return classifier
  }

  @Test func `an embedding is a row of the table`() throws {
    let text = "I love this movie!"
    let classifier = try untrained(text)
    let embedding = classifier.walkthrough(of: text).steps[2]
    print(embedding.name, embedding.shape)
    if let vector = classifier.embeddings?["o"] {
      print(Array(vector) == Array(embedding.values[3 * 50..<4 * 50]))
    }

    #expect(
      printed == """
        embedding [18, 50]
        true

        """)
  }

  @Test func `the library convolves as by hand`() throws {
    let temporary = try TemporaryFolder()
    let folder = temporary.path
    let text = "I love this movie!"
    let classifier = try untrained(text)
    let steps = classifier.walkthrough(of: text).steps
    let (embedding, convolution) = (steps[2], steps[3])

    try classifier.write(to: folder + "/untrained.charcnn")
    let file = try SafetensorsFile(path: folder + "/untrained.charcnn/model.safetensors")
    print(try file.shape(of: "blocks.0.convolutions.0.weight"))

    let weights = try file.floats("blocks.0.convolutions.0.weight")
    let bias = try file.floats("blocks.0.convolutions.0.bias")[0]
    let rows = (0..<18).map { row in Array(embedding.values[row * 50..<(row + 1) * 50]) }
    let filter = (0..<3).map { tap in (0..<50).map { channel in weights[channel * 3 + tap] } }
    let byHand = convolve(rows, filter, bias: bias)
    let errors = (0..<18).map { abs(byHand[$0] - convolution.values[$0 * 100]) }
    print(errors.allSatisfy { $0 < 1e-5 })

    #expect(
      printed == """
        [100, 50, 3]
        true

        """)
  }

  @Test func `a filter of even width looks further ahead`() throws {
    let temporary = try TemporaryFolder()
    let folder = temporary.path
    let text = "I love this movie!"
    var options = ClassificationOptions()
    try options.use(model: "gated-tutorial")
    try options.set("length=none")
    try options.set("widths=2")
    let even = try TextClassifier.untrained(for: text, options: options)
    try even.write(to: folder + "/even.charcnn")
    let evenFile = try SafetensorsFile(path: folder + "/even.charcnn/model.safetensors")
    print(try evenFile.shape(of: "blocks.0.convolutions.0.weight"))

    let evenSteps = even.walkthrough(of: text).steps
    let evenRows = (0..<18).map { row in Array(evenSteps[2].values[row * 50..<(row + 1) * 50]) }
    let evenWeights = try evenFile.floats("blocks.0.convolutions.0.weight")
    let evenBias = try evenFile.floats("blocks.0.convolutions.0.bias")[0]
    let evenFilter = (0..<2).map { tap in (0..<50).map { channel in evenWeights[channel * 2 + tap] } }
    let evenByHand = convolve(evenRows, evenFilter, bias: evenBias)
    print((0..<18).allSatisfy { abs(evenByHand[$0] - evenSteps[3].values[$0 * 100]) < 1e-5 })

    #expect(
      printed == """
        [100, 50, 2]
        true

        """)
  }

  @Test func `a letter reaches only the rows whose window holds it`() throws {
    let text = "I love this movie!"
    let classifier = try untrained(text)
    let before = classifier.walkthrough(of: text).steps
    let after = classifier.walkthrough(of: "I love thos movie!").steps
    for number in [2, 3, 6, 7] {
      let (old, new) = (before[number], after[number])
      let changed = (0..<old.rows).filter { row in
        let range = row * old.columns..<(row + 1) * old.columns
        return old.values[range] != new.values[range]
      }
      print(old.name, changed)
    }

    #expect(
      printed == """
        embedding [9]
        blocks.0.convolutions.0 [8, 9, 10]
        blocks.0.pooling [4, 5]
        blocks.1.convolutions.0 [3, 4, 5, 6]

        """)
  }

  @Test func `each block sees further`() throws {
    var options = ClassificationOptions()
    try options.use(model: "gated-tutorial")
    try options.set("length=none")
    try options.set("blocks=4")
    let classifier = try TextClassifier.untrained(for: "ab", options: options)

    let letters = Array(repeating: "a", count: 100)
    let before = classifier.walkthrough(of: letters.joined()).steps
    var reach = [0, 0, 0, 0]
    for position in letters.indices {
      var changed = letters
      changed[position] = "b"
      let after = classifier.walkthrough(of: changed.joined()).steps
      for (block, number) in [3, 7, 11, 15].enumerated() {
        let (old, new) = (before[number], after[number])
        let middle = old.rows / 2 * old.columns..<(old.rows / 2 + 1) * old.columns
        let differences = zip(old.values[middle], new.values[middle]).map { abs($0 - $1) }
        if differences.contains(where: { $0 > 1e-5 }) { reach[block] += 1 }
      }
    }
    print(reach)

    #expect(
      printed == """
        [3, 8, 18, 38]

        """)
  }

  @Test func `pooling keeps the larger of two neighbours`() throws {
    let text = "I love this movie!"
    let steps = try untrained(text).walkthrough(of: text).steps
    let (rows, pooled) = (steps[5], steps[6])
    let isLarger = pooled.values.indices.map { index in
      let (row, channel) = (index / 50, index % 50)
      return pooled.values[index] == max(rows.values[2 * row * 50 + channel], rows.values[(2 * row + 1) * 50 + channel])
    }
    print(rows.shape, pooled.shape, isLarger.allSatisfy { $0 })

    #expect(
      printed == """
        [18, 50] [9, 50] true

        """)
  }

  @Test func `a gate is a product with a sigmoid, and a residual a sum`() throws {
    let text = "I love this movie!"
    let steps = try untrained(text).walkthrough(of: text).steps
    let (embedding, convolution, gate, residual) = (steps[2], steps[3], steps[4], steps[5])
    var largestError: Float = 0
    for row in 0..<18 {
      for channel in 0..<50 {
        let a = convolution.values[row * 100 + channel]
        let b = convolution.values[row * 100 + 50 + channel]
        let gated = a / (1 + exp(-b))
        let sum = gated + embedding.values[row * 50 + channel]
        largestError = max(largestError, abs(gated - gate.values[row * 50 + channel]))
        largestError = max(largestError, abs(sum - residual.values[row * 50 + channel]))
      }
    }
    print(largestError < 1e-5)

    #expect(
      printed == """
        true

        """)
  }

  @Test func `both halves of equation 3 add up to what went in`() throws {
    let text = "I love this movie!"
    var options = ClassificationOptions()
    try options.use(model: "gated-tutorial")
    try options.set("nonlinearity=complementary")
    try options.set("filters=50")
    let steps = try TextClassifier.untrained(for: text, options: options).walkthrough(of: text).steps
    let (convolution, gate) = (steps[3], steps[4])
    print(convolution.shape, gate.shape)
    let errors = (0..<200 * 25).map { index in
      let start = index / 25 * 50 + index % 25
      return abs(gate.values[start] + gate.values[start + 25] - convolution.values[start])
    }
    print(errors.allSatisfy { $0 < 1e-6 })

    #expect(
      printed == """
        [200, 50] [200, 50]
        true

        """)
  }

  @Test func `the gradient of the loss is prediction minus truth`() {
    func softmax(_ scores: [Double]) -> [Double] {
      let powers = scores.map { exp($0) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
    func loss(_ scores: [Double], label: Int) -> Double { -log(softmax(scores)[label]) }

    let scores = [2.0, -1.0]
    print(softmax(scores).map { String(format: "%.4f", $0) })
    print(String(format: "%.4f", loss(scores, label: 0)), String(format: "%.4f", loss(scores, label: 1)))

    let truth = [0.0, 1.0]
    for number in scores.indices {
      var moved = scores
      moved[number] += 1e-6
      let slope = (loss(moved, label: 1) - loss(scores, label: 1)) / 1e-6
      print(String(format: "%.4f %.4f", slope, softmax(scores)[number] - truth[number]))
    }

    #expect(
      printed == """
        ["0.9526", "0.0474"]
        0.0486 3.0486
        0.9526 0.9526
        -0.9526 -0.9526

        """)
  }

  @Test func `a network learns what not does to a word`() throws {
    let good = ["wonderful", "moving", "funny", "brilliant", "charming", "clever"]
    let bad = ["boring", "dull", "awful", "clumsy", "tedious", "silly"]
    var texts: [(text: String, label: String)] = []
    for subject in ["The film", "This movie", "The story", "The acting", "The ending", "The music"] {
      for verb in ["was", "is", "was really"] {
        texts += good.map { ("\(subject) \(verb) \($0).", "good") } + bad.map { ("\(subject) \(verb) \($0).", "bad") }
      }
      for verb in ["was not", "is never", "was hardly"] {
        texts += good.map { ("\(subject) \(verb) \($0).", "bad") } + bad.map { ("\(subject) \(verb) \($0).", "good") }
      }
    }

    var options = ClassificationOptions()
    let settings = [
      "ngrams=none", "filters=64", "embedding=32", "blocks=2", "rate=0.005", "epochs=40", "patience=none",
    ]
    for setting in settings {
      try options.set(setting)
    }
    var losses: [Double] = []
    let (classifier, summary) = try TextClassifier.train(on: Examples(texts), options: options) { event in
      if case .epoch(let epoch) = event { losses.append(epoch.validationLoss) }
    }
    print(losses.count, summary.accuracy > 0.8, losses.last ?? 1 < 0.5)
    print(classifier.predictions(for: ["The story was moving.", "The story was not moving."]).map { $0[0].label })

    #expect(
      printed == """
        40 true true
        ["good", "bad"]

        """)
  }

  @Test func `the shapes of reading A close`() throws {
    let network = try Architecture(named: "gated-tutorial").makeNetwork()
    for layer in network.layers { print(layer.name, "\(layer.rows) x \(layer.channels)", layer.parameters) }
    print(network.parameters.learnedCount)

    #expect(
      printed == """
        embedding 200 x 50 3450
        blocks.0 200 x 50 15100
        pooling.0 100 x 50 0
        blocks.1 100 x 50 15100
        global 1 x 50 0
        output 1 x 2 102
        33752

        """)
  }

  @Test func `the shapes of reading B close`() throws {
    var configuration = MultikernelConfiguration()
    configuration.alphabetSize = 69
    configuration.classes = 2
    configuration.embedding = 50
    configuration.widths = Array(repeating: 3, count: 100)
    configuration.length = 200
    let network = try Architecture.multikernel(configuration).makeNetwork()
    for layer in network.layers.suffix(4) { print(layer.name, "\(layer.rows) x \(layer.channels)", layer.parameters) }
    print(network.parameters.learnedCount)

    #expect(
      printed == """
        branches.99 200 x 25 7550
        pooling 100 x 25 0
        rounds.0 100 x 25 3800
        output 1 x 2 5002
        767252

        """)
  }
}
