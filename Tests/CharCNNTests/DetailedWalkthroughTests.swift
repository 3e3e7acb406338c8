import CharCNNToolkit
import Foundation
import Testing

/// What a page shows of a walkthrough beside its values.
@Suite struct DetailedWalkthroughTests {
  private func untrained(_ text: String, _ settings: [String]) throws -> TextClassifier {
    var options = ClassificationOptions()
    try options.use(model: settings[0])
    options.threads = 1
    for setting in settings.dropFirst() { try options.set(setting) }
    return try TextClassifier.untrained(for: text, options: options)
  }

  private func layer(_ name: String, of detail: DetailedWalkthrough) throws -> DetailedWalkthrough.Layer {
    detail.layers[try #require(detail.walkthrough.steps.firstIndex { $0.name == name })]
  }

  @Test(arguments: [
    ["gated", "filters=8", "embedding=4"],
    ["gated", "filters=24", "embedding=4", "widths=2,3,5", "blocks=2", "pooling=average", "stride=2", "hidden=3"],
    ["gated", "filters=8", "embedding=4", "residual=false", "globalPooling=maxAverage", "pooling=none"],
    ["gated-tutorial", "length=40"], ["gated-multikernel", "embedding=8"], ["kim", "maps=4", "embedding=4"],
    ["kim", "maps=4", "embedding=4", "variant=multichannel"], ["zhang-small", "maps=4", "hidden=4"],
    ["zhang-small", "maps=4", "hidden=4", "length=none"], ["vdcnn-9"], ["vdcnn-9", "length=none", "shortcut=true"],
    ["vdcnn-9", "downsampling=kMax"], ["vdcnn-9", "downsampling=convolution"],
    ["gated", "filters=8", "embedding=4", "ngramTraining=steps", "ngramBits=10"],
  ])
  func `a row changes with no character that it does not see`(settings: [String]) throws {
    let text = "a quick brown fox jumps over it"
    let classifier = try untrained(text, settings)
    let before = classifier.detailedWalkthrough(of: text)
    #expect(before.layers.count == before.walkthrough.steps.count)
    for (step, layer) in zip(before.walkthrough.steps, before.layers) {
      #expect(layer.rows.seen.count == step.rows, "\(step.name)")
      #expect(layer.rows.own.isEmpty || layer.rows.own.count == step.rows, "\(step.name)")
      for (own, seen) in zip(layer.rows.own, layer.rows.seen) where !own.isEmpty {
        #expect(seen.lowerBound <= own.lowerBound && own.upperBound <= seen.upperBound, "\(step.name)")
      }
    }
    for place in [0, 7, 16, 30] {
      var characters = text.map { $0 }
      characters[place] = characters[place] == "x" ? "b" : "x"
      let after = classifier.walkthrough(of: String(characters))
      for (number, layer) in before.layers.enumerated().dropFirst(2) {
        let (step, other) = (before.walkthrough.steps[number], after.steps[number])
        let magnitude = step.values.reduce(1e-9) { max($0, abs($1)) }
        for row in 0..<step.rows {
          let range = row * step.columns..<(row + 1) * step.columns
          // Convolutions compute some rows together, which rounds each by its neighbours.
          let isSame = zip(step.values[range], other.values[range]).allSatisfy { abs($0 - $1) < 1e-4 * magnitude }
          #expect(isSame || layer.rows.seen[row].contains(place), "\(step.name), row \(row), character \(place)")
        }
      }
    }
  }

  @Test func `windows, strides and pooling say what a row stands for and sees`() throws {
    let text = "abcdefghij"
    let detail = try untrained(text, ["gated-tutorial", "length=none"]).detailedWalkthrough(of: text)
    let width = try #require(
      detail.walkthrough.steps.first { $0.name == "blocks.0.convolutions.0" }?.title.split(separator: " ").last)
    let reach = (try #require(Int(width)) - 1) / 2
    let convolution = try layer("blocks.0.convolutions.0", of: detail)
    #expect(convolution.rows.own[5] == 5..<6 && convolution.rows.seen[5] == 5 - reach..<5 + reach + 1)
    #expect(convolution.rows.seen[0] == 0..<1 + reach && convolution.inputs == [2])
    let pooling = try layer("blocks.0.pooling", of: detail)
    #expect(pooling.rows.own[2] == 4..<6 && pooling.rows.seen[2] == 4 - reach..<6 + reach)
    let pooled = try layer("global_pooling", of: detail)
    #expect(pooled.rows.own.isEmpty && pooled.rows.seen == [0..<10])
    // Zhang reads from the end, and stands on windows without edges.
    let reversed = try untrained(text, ["zhang-small", "maps=4", "hidden=4"]).detailedWalkthrough(of: text)
    let first = try layer("convolutions.0", of: reversed)
    #expect(first.rows.own[0] == 3..<10 && first.rows.seen[0] == 3..<10)
    #expect(first.rows.own[12] == 12..<19)
  }

  @Test(arguments: [
    ["gated-tutorial", "length=12"], ["kim", "maps=4"], ["vdcnn-9"], ["zhang-small", "maps=4", "hidden=4"],
    ["gated", "filters=8", "globalPooling=maxAverage"], ["gated-multikernel", "embedding=8"],
  ])
  func `winners have the values that poolings give`(settings: [String]) throws {
    let text = "winner takes"
    let detail = try untrained(text, settings).detailedWalkthrough(of: text)
    var poolings = 0
    for (step, layer) in zip(detail.walkthrough.steps, detail.layers) {
      guard let winners = layer.winners else { continue }
      poolings += 1
      let input = detail.walkthrough.steps[layer.inputs[0]]
      #expect(winners.rows.count == step.values.count)
      for (place, row) in winners.rows.enumerated() where row >= 0 {
        let column = place % step.columns % input.columns
        #expect(input.values[Int(row) * input.columns + column] == step.values[place], "\(step.name)")
      }
      if step.name == "global_pooling", step.columns == 2 * input.columns {
        #expect(winners.rows.suffix(input.columns).allSatisfy { $0 == -1 })
      }
    }
    #expect(poolings > 0)
  }

  @Test(arguments: [
    ["filters=16"], ["ngramTraining=steps", "ngramBits=12"], ["ngramTraining=steps", "ngramBits=12", "ngramWidth=6"],
    ["model=ngrams"], ["model=ngrams", "ngramTraining=steps", "ngramBits=12", "ngramWidth=6"],
  ])
  func `n-grams add up to their score, and both parts to the answer`(settings: [String]) throws {
    for hasSeveral in [false, true] {
      var options = try ToyTexts.options()
      if settings[0] == "model=ngrams" {
        options = ClassificationOptions()
        try options.use(model: "ngrams")
        options.threads = 1
      }
      for setting in settings where setting != "model=ngrams" { try options.set(setting) }
      if hasSeveral { options.labels = .several }
      let texts = ToyTexts.texts(120).map { LabeledText($0.text, labels: [$0.label]) }
      let single = texts.map { LabeledText($0.text, label: $0.labels?[0] ?? "") }
      let model = try TextClassifier.train(on: Examples(hasSeveral ? texts : single), options: options).model
      for text in ["apple plum", "", "zinc zinc über 好"] {
        let detail = model.detailedWalkthrough(of: text)
        let votes = try #require(detail.votes)
        #expect((votes.network == nil) == (settings[0] == "model=ngrams"))
        for label in model.labels.indices {
          let sum = votes.ngrams.reduce(votes.bias[label]) { $0 + $1.scores[label] }
          #expect(abs(sum - votes.part.weight * votes.part.scores[label]) < 1e-3)
        }
        #expect(text.isEmpty || votes.ngrams.contains { !$0.places.joined().isEmpty })
        let probabilities = votes.sums.map { hasSeveral ? 1 / (1 + exp(-$0)) : exp($0) }
        let total = hasSeveral ? 1 : probabilities.reduce(0, +)
        for hypothesis in detail.answer.hypotheses {
          let label = try #require(model.labels.firstIndex(of: hypothesis.label))
          #expect(abs(probabilities[label] / total - hypothesis.probability) < 1e-3)
        }
        #expect(detail.answer.labels == model.assignedLabels(for: [text])[0].map(\.label))
        #expect(detail.walkthrough == model.walkthrough(of: text))
      }
      let plum = try #require(model.detailedWalkthrough(of: "a plum").votes).ngrams
      #expect(plum.contains { $0.text.contains("plu") || $0.text.contains("um$") })
    }
  }

  @Test func `a text of which the model is not sure has no label`() throws {
    let model = try TextClassifier.train(on: Examples(ToyTexts.texts(60)), options: ToyTexts.options()).model
    let unsure = try model.rejecting(TextClassifier.RejectOption(temperature: 2, threshold: 1)).detailedWalkthrough(
      of: "apple zinc"
    ).answer
    #expect(unsure.labels.isEmpty && unsure.temperature == 2 && unsure.certainty?.threshold == 1)
    #expect(unsure.hypotheses.count == 3 && unsure.thresholds == nil && unsure.chunks == 1)
    #expect(model.detailedWalkthrough(of: "apple").answer.certainty == nil)
  }

  @Test func `what nobody reads is told apart`() throws {
    let classifier = try untrained("abc", ["kim", "maps=4", "maximumLength=5"])
    let detail = classifier.detailedWalkthrough(of: "abcabcab")
    #expect(detail.units.joined() == "abcab" && detail.networkUnits == 5 && detail.unread == "cab")
    #expect(detail.notes.contains { $0.text(.chinese).contains("只显示开头") })
    #expect(detail.notes.map { $0.text(.english) } == detail.walkthrough.notes)
  }

}
