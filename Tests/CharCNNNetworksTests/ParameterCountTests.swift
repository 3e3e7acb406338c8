import CharCNNCompute
import CharCNNNetworks
import TestSupport
import Testing

@Suite struct ParameterCountTests {
  @Test func `the default network has as many parameters as its formula`() throws {
    var configuration = GatedConfiguration()
    configuration.alphabetSize = 100
    configuration.classes = 7
    let network = try GatedNetwork(configuration)
    // d = 64, k = 256, h = 3, n = 4: the first block projects d to k / 2 for its residual; layer normalization has a
    // scale and a shift for each filter.
    let embedding = 100 * 64
    let first = 3 * 64 * 256 + 256 + 2 * 256 + 64 * 128
    let others = 3 * (3 * 128 * 256 + 256 + 2 * 256)
    let output = 128 * 7 + 7
    #expect(network.parameters.trainedCount == embedding + first + others + output)
    #expect(network.parameters.stateCount == 0)
    #expect(network.layers.reduce(0) { $0 + $1.parameters } == network.parameters.trainedCount)
  }

  @Test func `the tutorial's network has as many parameters as its formula`() throws {
    let network = try GatedNetwork(.tutorial)
    // V d, then h d k + k for a block; the residual is the input itself, since d = k / 2.
    let embedding = 69 * 50
    let blocks = 2 * (3 * 50 * 100 + 100)
    let output = 50 * 2 + 2
    #expect(network.parameters.trainedCount == embedding + blocks + output)
    #expect(network.parameters.trainedCount == 33_752)
    #expect(network.layers.reduce(0) { $0 + $1.parameters } == network.parameters.trainedCount)
  }

  @Test func `several widths, normalization and hidden layers add theirs`() throws {
    let network = try GatedNetwork(small("widths=2,3 filters=8 normalization=batch hidden=5 globalPooling=maxAverage"))
    let embedding = 5 * 3
    // Each width has 4 filters with bias, scale and shift; a gate leaves 4 channels, the residual needs 3 -> 4.
    let first = (2 * 3 * 4 + 4 + 8) + (3 * 3 * 4 + 4 + 8) + 3 * 4
    let second = (2 * 4 * 4 + 4 + 8) + (3 * 4 * 4 + 4 + 8)
    let dense = (8 * 5 + 5) + (5 * 2 + 2)
    #expect(network.parameters.trainedCount == embedding + first + second + dense)
    #expect(network.parameters.stateCount == 2 * 2 * (4 + 4))
  }

  @Test func `parameters lie one after another without gaps`() throws {
    let layout = try GatedNetwork(small("widths=2,3 filters=8 normalization=batch hidden=5")).parameters
    for list in [layout.trained, layout.state] {
      var offset = 0
      for (number, parameter) in list.enumerated() {
        #expect(parameter.offset == offset && parameter.ordinal == number)
        offset += parameter.count
      }
    }
    #expect(Set(layout.all.map(\.name)).count == layout.all.count)
  }

  @Test func `the tutorial's shapes come out layer by layer`() throws {
    let device = CPUDevice(threads: 1)
    var builder = ParameterBuilder()
    let embedding = CharacterEmbedding(alphabetSize: 69, dimension: 50, dropRate: 0, builder: &builder)
    let first = Convolution(inputs: 50, outputs: 100, geometry: WindowGeometry(width: 3), builder: &builder)
    let second = Convolution(inputs: 50, outputs: 100, geometry: WindowGeometry(width: 3), builder: &builder)
    let output = Linear(inputs: 50, outputs: 2, builder: &builder)
    let pass = Pass.prediction(
      device: device, workspace: Workspace(), store: ParameterStore(layout: builder.layout, seed: 1, device: device))
    let text = wholeValues(230, from: 0, to: 69, seed: 1)[...]
    let batch = CharacterBatch([text], length: 200, workspace: pass.workspace)
    #expect(batch.sequences.rows == 200)

    func gate(_ x: Frames) -> Frames {
      let y = pass.workspace.tensor(rows: x.values.rows, columns: 50)
      _ = Nonlinearity.glu.forward(x.values, into: y, pass)
      return Frames(values: y, sequences: x.sequences)
    }
    let convolved = first.forward(.characters(embedding.forward(batch, pass).0), pass).0
    #expect((convolved.values.rows, convolved.values.columns) == (200, 100))
    let gated = gate(convolved)
    let pooled = LocalPooling(geometry: WindowGeometry(width: 2, stride: 2), pooling: .max).forward(gated, pass).0
    #expect((pooled.values.rows, pooled.values.columns) == (100, 50))
    let convolvedAgain = second.forward(.frames(pooled), pass).0
    #expect((convolvedAgain.values.rows, convolvedAgain.values.columns) == (100, 100))
    let vector = GlobalPooling(.max).forward(gate(convolvedAgain), pass).0
    #expect((vector.rows, vector.columns) == (1, 50))
    let scores = output.forward(vector, pass).0
    #expect((scores.rows, scores.columns) == (1, 2))
  }

  @Test func `the table of layers shows the tutorial's shapes`() throws {
    let layers = try GatedNetwork(.tutorial).layers
    #expect(layers.map(\.name) == ["embedding", "blocks.0", "pooling.0", "blocks.1", "global", "output"])
    #expect(layers.map(\.rows) == ["200", "200", "100", "100", "1", "1"])
    #expect(layers.map(\.channels) == [50, 50, 50, 50, 50, 2])
    let operations: [Double] = [0, 2 * 3 * 50 * 100, 0, 3 * 50 * 100, 0, 2 * 50 * 2]
    #expect(layers.map(\.operations) == operations)
    #expect(layers.map(\.isPerText) == [false, false, false, false, true, true])
  }
}
