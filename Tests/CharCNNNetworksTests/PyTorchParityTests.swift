import CharCNNCompute
import CharCNNNetworks
import CharCNNStorage
import TestSupport
import Testing

/// PyTorch computed the fixtures in float64 (Fixtures/make_fixtures.py); CharCNN computes in float32.
@Suite struct PyTorchParityTests {
  static let names = [
    "default", "complementary", "relu", "gelu", "layer-norm", "batch-norm", "widths", "stride-dilation", "average",
    "tutorial", "hidden", "residual-embedding", "ngrams", "ngrams-width",
  ]
  static let tolerance = 1e-5

  @Test(arguments: names, InstructionSet.available)
  func `scores, loss and all gradients are PyTorch's`(name: String, instructions: InstructionSet) throws {
    let fixture = try Fixture(name)
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = try fixture.network()
    let step = NetworkStep(
      network, store: try fixture.store(layout: network.parameters, device: device), device: device)
    let (texts, labels) = try fixture.batch()

    expectClose(step.prediction(texts), try fixture.file.floats("prediction"), "prediction")
    let (loss, logits) = step.crossEntropy(texts, labels: labels, smoothing: fixture.smoothing)
    expectClose(logits, try fixture.file.floats("logits"), "logits")
    expectClose([Float(loss)], try fixture.file.floats("loss"), "loss")
    let learned = network.parameters.trained + network.parameters.tables
    let names = learned.map(\.name)
    let expected = try names.map { try fixture.file.floats("gradients.\($0)") }
    let whole = norm(expected.flatMap { $0 })
    for (parameter, theirs) in zip(learned, expected) {
      let ours = step.gradient(parameter)
      if norm(theirs) < 1e-12 * whole {
        // Zero in exact arithmetic: a bias that batch normalization takes out again. Only rounding is left.
        #expect(norm(ours) <= 1e-6 * whole, "\(parameter.name): \(norm(ours)) should vanish")
      } else {
        expectClose(ours, theirs, parameter.name)
      }
    }
    for parameter in network.parameters.state {
      expectClose(
        step.store.read(parameter, device: device), try fixture.file.floats("state.\(parameter.name)"), parameter.name)
    }
  }

  @Test(arguments: names)
  func `a fixture holds every tensor of the network and no other`(name: String) throws {
    let fixture = try Fixture(name)
    let layout = try fixture.network().parameters
    let expected = Set(layout.all.map(\.name))
    let stored = fixture.file.names.filter { $0.hasPrefix("weights.") }.map { String($0.dropFirst(8)) }
    #expect(Set(stored) == expected)
  }

  private func norm(_ values: [Float]) -> Double {
    values.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }

  private func expectClose(_ ours: [Float], _ theirs: [Float], _ what: String) {
    let agreement = Agreement(ours, theirs)
    #expect(agreement.normError <= Self.tolerance, "\(what): \(agreement)")
  }
}
