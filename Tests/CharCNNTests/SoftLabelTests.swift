import CharCNNToolkit
import Foundation
import TestSupport
import Testing

/// Classifiers that learn from shares of labels, and from texts that count differently.
@Suite struct SoftLabelTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let kinds: [(settings: [String], model: String?)] = [
    ([], "ngrams"), ([], nil), (["ngrams=none", "epochs=6"], nil), (["chunkLength=16"], nil),
  ]

  private func options(_ kind: Int, threads: Int = 2) throws -> ClassificationOptions {
    var options = try Self.kinds[kind].model == nil ? ToyTexts.options() : ClassificationOptions()
    if let model = Self.kinds[kind].model { try options.use(model: model) }
    for setting in Self.kinds[kind].settings { try options.set(setting) }
    options.threads = threads
    return options
  }

  private static let words = [["apple", "plum", "pear"], ["iron", "zinc", "tin"]]

  private static func text(_ number: Int) -> String {
    "\(words[number % 2][number / 2 % 3]) and \(words[number % 2][number / 6 % 3]) \(number % 17)"
  }

  @Test(arguments: kinds.indices) func `shares of 0 and 1 teach what labels teach, bit for bit`(kind: Int) throws {
    let hard = (0..<300).map { LabeledText(Self.text($0), label: ["fruit", "metal"][$0 % 2]) }
    let soft = hard.map {
      LabeledText(
        $0.text, shares: ["fruit": $0.label == "fruit" ? 1 : 0, "metal": $0.label == "metal" ? 1 : 0], weight: 3)
    }
    for (name, texts) in [("hard", hard), ("soft", soft)] {
      try TextClassifier.train(on: Examples(texts, name: "texts"), options: options(kind)).model.write(
        to: folder.path("\(name).charcnn"))
    }
    let (first, second) = (try folder.files(of: "hard.charcnn"), try folder.files(of: "soft.charcnn"))
    for file in ["model.safetensors", "ngrams.safetensors", "labels.json", "alphabet.json"] {
      #expect(first[file] == second[file], "\(file)")
    }
  }

  @Test(arguments: [1, 2, 3]) func `an interrupted training goes on with shares and weights`(kind: Int) throws {
    // From a file, so that what goes on reads them again.
    let rows = (0..<300).map { number in
      let share = Double(number % 5) / 10
      return
        #"{"text": "\#(Self.text(number))", "label": {"fruit": \#(number % 2 == 0 ? 1 - share : share), "metal": \#(number % 2 == 0 ? share : 1 - share)}, "trust": \#(1 + number % 3)}"#
        + "\n"
    }
    let path = try folder.write(rows.joined(), to: "soft.jsonl")
    var reading = DataOptions()
    reading.weight = .name("trust")
    let texts = try Examples<LabeledText>(contentsOf: path, options: reading)
    var options = try options(kind)
    let whole = try TextClassifier.train(on: texts, options: options).model
    options.threads = 1
    options.checkpoint = CheckpointOptions(folder: folder.path("c"), interval: .zero)
    let limit = StepLimit(3)
    let stopped = try TextClassifier.train(
      on: texts, options: options, progress: limit.note, isCancelled: { limit.isOver })
    #expect(stopped.summary.stopReason == .cancelled)
    let resumed = try TextClassifier.resume(TrainingCheckpoint(contentsOf: folder.path("c"))).model
    #expect(try resumed.data() == whole.data())
  }

  @Test(arguments: kinds.indices) func `probabilities follow the shares, on any number of threads`(kind: Int) throws {
    // Texts of metal are 80 to 20, and every text of fruit is certain.
    let texts = (0..<400).map { number in
      LabeledText(
        Self.text(number), shares: number % 2 == 0 ? ["fruit": 1] : ["metal": 0.8, "fruit": 0.2])
    }
    var models: [[UInt8]] = []
    for threads in [1, 3] {
      let model = try TextClassifier.train(on: Examples(texts), options: options(kind, threads: threads)).model
      #expect(model.labels == ["fruit", "metal"])
      let answers = model.predictions(for: ["zinc and tin 3", "apple and plum 5"])
      #expect(answers[0][0].label == "metal" && answers[1][0].label == "fruit")
      models.append(try model.data())
    }
    #expect(models[0] == models[1])
  }

  @Test func `n-grams and network learn shares that labels do not have`() throws {
    // The same text with two labels, three quarters to one quarter, as shares and as that many texts.
    let soft = (0..<200).map { LabeledText(Self.text($0), shares: $0 % 2 == 0 ? ["a": 1] : ["b": 0.75, "c": 0.25]) }
    let model = try TextClassifier.train(on: Examples(soft), options: options(0)).model
    #expect(model.labels == ["a", "b", "c"])
    let answer = model.predictions(for: ["zinc and tin 3"], maximumCount: 3)[0]
    #expect(answer.map(\.label).prefix(2) == ["b", "c"], "what has a share is likelier than what has none: \(answer)")
  }

  @Test(arguments: [0, 1]) func `probabilities are as sure as the shares`(kind: Int) throws {
    let texts = (0..<600).map { number in
      LabeledText(Self.text(number), shares: number % 2 == 0 ? ["a": 0.75, "b": 0.25] : ["b": 0.75, "a": 0.25])
    }
    let model = try TextClassifier.train(on: Examples(texts), options: options(kind)).model
    for answer in model.predictions(for: ["apple and plum 5", "zinc and tin 3"]) {
      #expect((0.65...0.85).contains(answer[0].probability), "\(answer)")
    }
  }

  @Test func `texts that all count nothing are an error, and some are told`() throws {
    var texts = (0..<60).map { LabeledText(Self.text($0), label: ["fruit", "metal"][$0 % 2]) }
    for place in 0..<10 { texts[place].weight = 0 }
    let summary = try TextClassifier.train(on: Examples(texts), options: options(0)) { _ in }
    #expect(summary.model.labels.count == 2)
    for place in texts.indices { texts[place].weight = 0 }
    #expect(throws: TrainingError.self) { try TextClassifier.train(on: Examples(texts), options: options(0)) }
  }

  @Test func `a text that counts for nothing teaches nothing, and heavy ones win`() throws {
    let right = (0..<200).map { LabeledText(Self.text($0), label: ["fruit", "metal"][$0 % 2]) }
    // As many texts say the opposite.
    func mixed(_ weight: Double) -> [LabeledText] {
      right.flatMap { text -> [LabeledText] in
        var (first, second) = (text, LabeledText(text.text, label: text.label == "fruit" ? "metal" : "fruit"))
        (first.weight, second.weight) = (1, weight)
        return [first, second]
      }
    }
    for (weight, label) in [(0.0, "fruit"), (0.1, "fruit"), (10, "metal")] {
      // Of two labels that are as frequent, validation texts choose none: they say the right ones.
      let flipped = right.map { LabeledText($0.text, label: $0.label == "fruit" ? "metal" : "fruit") }
      let model = try TextClassifier.train(
        on: Examples(mixed(weight)), validation: Examples(label == "fruit" ? right : flipped), options: options(0)
      ).model
      #expect(model.predictedLabel(for: "apple and plum") == label, "\(weight)")
    }
    let network = try TextClassifier.train(on: Examples(mixed(0)), validation: Examples(right), options: options(2))
      .model
    #expect(network.predictedLabel(for: "apple and plum") == "fruit")
  }

  @Test func `gradients of shares and weights are those of finite differences and of labels`() throws {
    let device = CPUDevice(threads: 1)
    let workspace = Workspace()
    let scores = workspace.tensor(rows: 2, columns: 3)
    let values: [Float] = [0.3, -1.2, 2, 0.5, 0.1, -0.4]
    let targets: [Float] = [0.2, 0.5, 0.3, 0, 1, 0]
    let weights: [Float] = [2, 0.5]
    func loss(_ values: [Float]) -> (Double, [Float]) {
      device.write(values, to: scores)
      let gradient = workspace.tensor(rows: 2, columns: 3)
      let loss = device.softCrossEntropy(scores, targets: targets, weights: weights, scale: 1, into: gradient)
      return (loss, device.read(gradient))
    }
    let gradient = loss(values).1
    for place in values.indices {
      var (up, down) = (values, values)
      up[place] += 0.01
      down[place] -= 0.01
      let slope = (loss(up).0 - loss(down).0) / 0.02
      #expect((slope - Double(gradient[place])).magnitude < 1e-4)
    }
    let hard = workspace.indices(count: 1)
    hard.host[0] = 1
    let (losses, expected) = (workspace.tensor(rows: 1, columns: 1), workspace.tensor(rows: 1, columns: 3))
    device.crossEntropy(scores.rows(1..<2), labels: hard, smoothing: 0, scale: 1, losses: losses, into: expected)
    for (one, other) in zip(device.read(expected), gradient[3...]) { #expect((one * 0.5 - other).magnitude < 1e-3) }
  }
}
