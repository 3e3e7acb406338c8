import CharCNNCompute
import CharCNNNetworks
import TestSupport
import Testing

@Suite struct PublishedGradientTests {
  static let cases = [
    ("kim", ""), ("kim", "variant=static"), ("kim", "variant=multichannel"), ("kim", "length=9 widths=1,4"),
    ("zhang-small", ""), ("zhang-small", "length=none"), ("zhang-small", "reversed=false hidden=none"),
    ("zhang-small", "length=none widths=2,2,1 poolings=1,3,2 hidden=4,3"), ("vdcnn-9", ""), ("vdcnn-9", "length=7"),
    ("vdcnn-9", "shortcut=true"), ("vdcnn-9", "downsampling=kMax"), ("vdcnn-9", "downsampling=convolution"),
    ("vdcnn-9", "downsampling=convolution shortcut=true maps=2,2"), ("vdcnn-9", "downsampling=kMax kMax=5 hidden=none"),
    ("gated-multikernel", ""), ("gated-multikernel", "rounds=1 hidden=5"),
    ("gated-multikernel", "rounds=4 roundWidth=2 length=6"),
  ]

  @Test(arguments: cases, InstructionSet.available)
  func `gradients of whole networks are derivatives of the scores`(
    settings: (preset: String, changes: String), instructions: InstructionSet
  ) throws {
    let device = CPUDevice(threads: 2, instructions: instructions)
    let network = try smallPublished(settings.preset, settings.changes).makeNetwork()
    let store = ParameterStore(layout: network.parameters)
    device.write(normalValues(store.values.count, seed: 4).map { 0.6 * $0 }, to: store.values.all)
    device.write(normalValues(store.state.count, seed: 6).map { abs($0) }, to: store.state.all)
    let step = NetworkStep(network, store: store, device: device)
    let weights = normalValues(awkwardTexts.count * 2, seed: 5)

    step.backward(awkwardTexts, from: weights)
    let gradient = device.read(step.gradients.all)
    let problem = GradientCheck().problem(values: device.read(store.values.all), gradient: gradient) { values in
      device.write(values, to: store.values.all)
      return zip(step.scores(awkwardTexts), weights).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    #expect(problem == nil, "\(settings): \(problem ?? "")")
    #expect(gradient.contains { $0 != 0 })
  }

  static let layers: [LayerUnderTest] =
    [KMaxPooling.Count.fixed(1), .fixed(2), .fixed(8), .half].map { count in
      LayerUnderTest("k-max pooling, \(count)", columns: 3) { _ in
        KMaxPooling(count)
      } run: { layer, x, pass in
        let (y, saved) = layer.forward(Frames(values: x, sequences: LayerUnderTest.sequences(pass)), pass)
        return (y.values, { layer.backward($0, saved, pass) })
      }
    }
    + [WindowGeometry(width: 3, padding: .valid), WindowGeometry(width: 1), WindowGeometry(width: 4)].map { geometry in
      LayerUnderTest("one-hot convolution, width \(geometry.width), \(geometry.padding)", columns: nil) {
        OneHotConvolution(
          alphabetSize: 5, outputs: 4, geometry: geometry, initialization: .normal(1), builder: &$0)
      } run: { layer, _, pass in
        let (y, saved) = layer.forward(LayerUnderTest.batch(pass), pass)
        return (
          y.values,
          { dy in
            layer.backward(dy, saved, pass)
            return dy
          }
        )
      }
    }
    + [(3, 4, 1, false), (3, 4, 1, true), (3, 3, 1, true), (3, 3, 2, true), (3, 4, 2, false)].map { sizes in
      let (inputs, outputs, stride, shortcut) = sizes
      return LayerUnderTest("vdcnn block, \(sizes)", columns: inputs) {
        VDCNNBlock(inputs: inputs, outputs: outputs, stride: stride, shortcut: shortcut, builder: &$0)
      } run: { layer, x, pass in
        let (y, saved) = layer.forward(Frames(values: x, sequences: LayerUnderTest.sequences(pass)), pass)
        return (y.values, { layer.backward($0, saved, pass) })
      }
    } + [
      LayerUnderTest("head with two hidden layers and dropout", columns: 4, randomness: Randomness(seed: 5)) {
        ClassifierHead(inputs: 4, hidden: [5, 3], classes: 2, dropouts: [0.2, 0.4, 0], builder: &$0)
      } run: { layer, x, pass in
        let (y, saved) = layer.forward(x, pass)
        return (y, { layer.backward($0, saved, pass) })
      }
    ]

  @Test(arguments: layers, InstructionSet.available)
  func `the backward pass is the derivative of the forward pass`(layer: LayerUnderTest, instructions: InstructionSet) {
    let problems = layer.problems(device: CPUDevice(threads: 2, instructions: instructions))
    #expect(problems.isEmpty, "\(problems.joined(separator: "; "))")
  }

  @Test(arguments: ["kim", "zhang-small", "vdcnn-9", "gated-multikernel"])
  func `a text has the same scores alone and among others`(preset: String) throws {
    let step = try initialized(smallPublished(preset, ""), threads: 2)
    let together = step.prediction(awkwardTexts)
    for (number, text) in awkwardTexts.enumerated() {
      let alone = Agreement(step.prediction([text]), Array(together[2 * number..<2 * number + 2]))
      #expect(alone.largestError <= 1e-5, "text \(number): \(alone)")
    }
  }

  @Test(arguments: ["kim", "zhang-small", "vdcnn-9", "gated-multikernel"], InstructionSet.available)
  func `any number of threads gives the same bits`(preset: String, instructions: InstructionSet) throws {
    let texts = (0..<20).map { wholeValues(1 + 5 * $0, from: 0, to: 5, seed: UInt64($0))[...] }
    let labels = wholeValues(texts.count, from: 0, to: 2, seed: 99)
    let runs = try [1, 2, 5].map { threads -> [UInt32] in
      let step = try initialized(smallPublished(preset, "length=none"), threads: threads, instructions: instructions)
      let logits = step.crossEntropy(texts, labels: labels, smoothing: 0.1).logits
      return (logits + step.device.read(step.gradients.all)).map(\.bitPattern)
    }
    #expect(runs[0] == runs[1] && runs[0] == runs[2])
  }

  private func initialized(
    _ architecture: Architecture, threads: Int, instructions: InstructionSet = .best
  ) throws -> NetworkStep {
    let device = CPUDevice(threads: threads, instructions: instructions)
    let network = try architecture.makeNetwork()
    return NetworkStep(
      network, store: ParameterStore(layout: network.parameters, seed: 1, device: device), device: device)
  }
}
