import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import CharCNNTraining
import TestSupport
import Testing

/// PyTorch computed the fixtures in float64 (Fixtures/published_networks.py); CharCNN computes in float32.
///
/// Scores agree to 1e-5 and gradients to 1e-4: vdcnn has nine and more layers with batch normalization one after another,
/// and each divides by a deviation that has rounding of its own.
@Suite struct PublishedParityTests {
  static let names = [
    "kim-rand", "kim-static", "kim-multichannel", "zhang", "zhang-no-length", "vdcnn", "vdcnn-k-max", "vdcnn-shortcut",
    "multikernel", "multikernel-length",
  ]

  @Test(arguments: names, InstructionSet.available)
  func `scores, loss and all gradients are PyTorch's`(name: String, instructions: InstructionSet) throws {
    let fixture = try PublishedFixture(name)
    let device = CPUDevice(threads: 2, instructions: instructions)
    let step = try fixture.step(device: device)
    let layout = step.network.parameters
    let (texts, labels) = try fixture.batch()

    expectClose(step.prediction(texts), try fixture.file.floats("prediction"), 1e-5, "prediction")
    let (loss, logits) = step.crossEntropy(texts, labels: labels, smoothing: fixture.smoothing)
    expectClose(logits, try fixture.file.floats("logits"), 1e-5, "logits")
    expectClose([Float(loss)], try fixture.file.floats("loss"), 1e-5, "loss")
    for parameter in layout.trained {
      expectClose(
        step.gradient(parameter), try fixture.file.floats("gradients.\(parameter.name)"), 1e-4, parameter.name)
    }
    for parameter in layout.state {
      expectClose(
        step.store.read(parameter, device: device), try fixture.file.floats("state.\(parameter.name)"), 1e-5,
        parameter.name)
    }
  }

  @Test(arguments: names)
  func `a fixture holds every tensor of the network and no other`(name: String) throws {
    let fixture = try PublishedFixture(name)
    let stored = fixture.file.names.filter { $0.hasPrefix("weights.") }.map { String($0.dropFirst(8)) }
    #expect(Set(stored) == Set(try fixture.architecture.makeNetwork().parameters.all.map(\.name)))
    let gradients = fixture.file.names.filter { $0.hasPrefix("gradients.") }.map { String($0.dropFirst(10)) }
    #expect(Set(gradients) == Set(try fixture.architecture.makeNetwork().parameters.trained.map(\.name)))
  }

  @Test(arguments: InstructionSet.available)
  func `ten steps of AdamW on vdcnn give PyTorch's losses`(instructions: InstructionSet) throws {
    let fixture = try PublishedFixture("golden-vdcnn")
    let device = CPUDevice(threads: 2, instructions: instructions)
    let step = try fixture.step(device: device)
    let layout = step.network.parameters
    let (moment1, moment2) = (DeviceMemory(count: layout.trainedCount), DeviceMemory(count: layout.trainedCount))
    let batches = try (0..<3).map { try fixture.batch("batches.\($0).") }
    let optimizer = try fixture.optimizer()

    let expected = try fixture.file.doubles("losses")
    #expect(expected.count == 10)
    for (number, theirs) in expected.enumerated() {
      let (texts, labels) = batches[number % batches.count]
      let loss = step.crossEntropy(texts, labels: labels, smoothing: fixture.smoothing).loss
      #expect(abs(loss - theirs) <= 1e-4 * theirs, "step \(number + 1): \(loss), PyTorch \(theirs)")
      let norm = device.sumOfSquares(step.gradients.all).squareRoot()
      for parameter in layout.trained {
        let numbers = AdamWStep(
          beta1: 0.9, beta2: 0.999, epsilon: 1e-8, rate: optimizer.rate,
          weightDecay: parameter.decays ? optimizer.weightDecay : 0,
          gradientScale: Float(min(1, Double(optimizer.clip) / norm)), number: number + 1)
        device.adamW(
          numbers, parameters: step.store.tensor(parameter),
          gradients: ParameterStore.window(parameter, of: step.gradients),
          moment1: ParameterStore.window(parameter, of: moment1),
          moment2: ParameterStore.window(parameter, of: moment2))
      }
    }
  }

  @Test(arguments: ["kim", "zhang", "vdcnn", "multikernel"])
  func `ten steps of a paper's recipe give PyTorch's losses`(name: String) throws {
    let fixture = try PublishedFixture("recipe-\(name)")
    let device = CPUDevice(threads: 2)
    let step = try fixture.step(device: device)
    var settings = TrainingSettings.recipe(for: fixture.architecture.name)
    settings.weightDecay = 0
    let optimizer = settings.optimizer.makeOptimizer(layout: step.network.parameters, settings: settings)
    let batches = try (0..<2).map { try fixture.batch("batches.\($0).") }

    let expected = try fixture.file.doubles("losses")
    #expect(expected.count == 10)
    for (number, theirs) in expected.enumerated() {
      let (texts, labels) = batches[number % batches.count]
      let loss = step.crossEntropy(texts, labels: labels, smoothing: 0).loss
      #expect(abs(loss - theirs) <= 1e-4 * theirs, "step \(number + 1): \(loss), PyTorch \(theirs)")
      optimizer.update(
        step.store, gradients: step.gradients, rate: try #require(settings.rate), gradientScale: 1, device: device)
      step.store.restoreConstraints(device: device)
    }
  }

  private func expectClose(_ ours: [Float], _ theirs: [Float], _ tolerance: Double, _ what: String) {
    let agreement = Agreement(ours, theirs)
    #expect(agreement.normError <= tolerance, "\(what): \(agreement)")
  }
}
