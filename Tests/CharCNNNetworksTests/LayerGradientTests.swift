import CharCNNCompute
import CharCNNNetworks
import TestSupport
import Testing

@Suite struct LayerGradientTests {
  @Test(arguments: convolutions + simple + normalizations + poolings + blocks, InstructionSet.available)
  func `the backward pass is the derivative of the forward pass`(
    layer: LayerUnderTest, instructions: InstructionSet
  ) {
    let problems = layer.problems(device: CPUDevice(threads: 2, instructions: instructions))
    #expect(problems.isEmpty, "\(problems.joined(separator: "; "))")
  }

  // MARK: Convolution

  static let geometries: [WindowGeometry] = [
    WindowGeometry(width: 1), WindowGeometry(width: 3), WindowGeometry(width: 4), WindowGeometry(width: 7),
    WindowGeometry(width: 1, stride: 2), WindowGeometry(width: 3, stride: 2), WindowGeometry(width: 2, stride: 3),
    WindowGeometry(width: 3, dilation: 2), WindowGeometry(width: 2, dilation: 3),
    WindowGeometry(width: 4, stride: 2, dilation: 2), WindowGeometry(width: 3, padding: .causal),
    WindowGeometry(width: 2, stride: 2, dilation: 2, padding: .causal), WindowGeometry(width: 3, padding: .valid),
    WindowGeometry(width: 2, stride: 2, padding: .valid),
  ]

  static let convolutions = geometries.flatMap { geometry -> [LayerUnderTest] in
    let name =
      "width \(geometry.width), stride \(geometry.stride), dilation \(geometry.dilation), \(geometry.padding.rawValue)"
    return [onFrames(geometry, "convolution of frames, \(name)"), onCharacters(geometry, "of characters, \(name)")]
  }

  static func onFrames(_ geometry: WindowGeometry, _ name: String) -> LayerUnderTest {
    LayerUnderTest(name, columns: 3) {
      Convolution(inputs: 3, outputs: 5, geometry: geometry, builder: &$0)
    } run: { layer, x, pass in
      let (y, saved) = layer.forward(.frames(Frames(values: x, sequences: LayerUnderTest.sequences(pass))), pass)
      return (
        y.values,
        { dy in
          let dx = pass.workspace.tensor(rows: x.rows, columns: x.columns)
          layer.backward(dy, saved, into: dx, accumulate: false, pass)
          return dx
        }
      )
    }
  }

  static func onCharacters(_ geometry: WindowGeometry, _ name: String) -> LayerUnderTest {
    LayerUnderTest(name, columns: nil) { builder in
      (
        CharacterEmbedding(alphabetSize: 5, dimension: 3, dropRate: 0, builder: &builder),
        Convolution(inputs: 3, outputs: 4, geometry: geometry, bias: false, builder: &builder)
      )
    } run: { layers, _, pass in
      let (embedding, convolution) = layers
      let (characters, embeddingSaved) = embedding.forward(LayerUnderTest.batch(pass), pass)
      let (y, saved) = convolution.forward(.characters(characters), pass)
      return (
        y.values,
        { dy in
          let table = characters.table
          let dtable = pass.workspace.tensor(rows: table.rows, columns: table.columns)
          convolution.backward(dy, saved, into: dtable, accumulate: false, pass)
          embedding.backward(dtable, embeddingSaved, pass)
          return dtable
        }
      )
    }
  }

  // MARK: Embedding, linear, nonlinearities, dropout

  static let simple: [LayerUnderTest] =
    [0, 0.4].map { rate in
      LayerUnderTest("embedding, \(rate) dropped", columns: nil, randomness: Randomness(seed: 8)) {
        CharacterEmbedding(alphabetSize: 5, dimension: 3, dropRate: rate, builder: &$0)
      } run: { layer, _, pass in
        let (characters, saved) = layer.forward(LayerUnderTest.batch(pass), pass)
        return (
          characters.table,
          { dy in
            layer.backward(dy, saved, pass)
            return dy
          }
        )
      }
    } + [
      LayerUnderTest("linear", columns: 4) {
        Linear(inputs: 4, outputs: 3, builder: &$0)
      } run: { layer, x, pass in
        let (y, saved) = layer.forward(x, pass)
        return (y, { layer.backward($0, saved, pass) })
      },
      LayerUnderTest("dropout", columns: 4, randomness: Randomness(seed: 7)) {
        Dropout(rate: 0.4, builder: &$0)
      } run: { layer, x, pass in
        (layer.forward(x, pass), { layer.backward($0, pass) })
      },
    ]
    + Nonlinearity.allCases.map { nonlinearity in
      LayerUnderTest("\(nonlinearity)", columns: 6) { _ in
        nonlinearity
      } run: { layer, x, pass in
        let y = pass.workspace.tensor(rows: x.rows, columns: layer.outputs(filters: x.columns))
        let saved = layer.forward(x, into: y, pass)
        return (y, { layer.backward($0, saved, pass) })
      }
    }

  // MARK: Normalization

  static let normalizations = [
    LayerUnderTest("layer normalization", columns: 6) {
      LayerNormalization(channels: 6, builder: &$0)
    } run: { layer, x, pass in
      let (y, saved) = layer.forward(x, pass)
      return (y, { layer.backward($0, saved, pass) })
    },
    LayerUnderTest("batch normalization", columns: 5) {
      BatchNormalization(channels: 5, builder: &$0)
    } run: { layer, x, pass in
      let (y, saved) = layer.forward(x, pass)
      return (y, { layer.backward($0, saved, pass) })
    },
  ]

  // MARK: Pooling

  static let poolings =
    Pooling.allCases.flatMap { pooling in
      [(1, 1), (2, 2), (2, 1), (3, 2), (3, 1), (3, 3)].map { width, stride in
        LayerUnderTest("\(pooling) pooling, width \(width), stride \(stride)", columns: 3) { _ in
          LocalPooling(geometry: WindowGeometry(width: width, stride: stride), pooling: pooling)
        } run: { layer, x, pass in
          let (y, saved) = layer.forward(Frames(values: x, sequences: LayerUnderTest.sequences(pass)), pass)
          return (y.values, { layer.backward($0, saved, pass) })
        }
      }
    }
    + GlobalPoolingKind.allCases.map { kind in
      LayerUnderTest("global \(kind) pooling", columns: 3) { _ in
        GlobalPooling(kind)
      } run: { layer, x, pass in
        let (y, saved) = layer.forward(Frames(values: x, sequences: LayerUnderTest.sequences(pass)), pass)
        return (y, { layer.backward($0, saved, pass) })
      }
    }

  // MARK: Blocks

  static let blocks: [LayerUnderTest] = [
    ("a projection", "embedding=3", 3), ("the input added", "filters=6", 3), ("no residual", "residual=false", 3),
    ("stride 2", "stride=2", 3), ("three widths", "widths=1,2,4 filters=12", 3),
    ("three widths, the input added", "widths=1,2,4 filters=12", 6),
    ("layer normalization, dropout", "normalization=layer blockDropout=0.3", 3),
    ("batch normalization, dilation", "normalization=batch dilations=2", 3),
    ("both halves", "nonlinearity=complementary filters=4", 4), ("relu", "nonlinearity=relu", 3),
  ].flatMap { name, settings, inputs -> [LayerUnderTest] in
    let configuration = small(settings)
    return [
      LayerUnderTest("block on frames, \(name)", columns: inputs, randomness: Randomness(seed: 5)) {
        GatedBlock(inputs: inputs, configuration: configuration, block: 0, builder: &$0)
      } run: { layer, x, pass in
        let (y, saved) = layer.forward(.frames(Frames(values: x, sequences: LayerUnderTest.sequences(pass))), pass)
        return (y.values, { layer.backward($0, saved, pass) })
      },
      LayerUnderTest("block on characters, \(name)", columns: nil, randomness: Randomness(seed: 5)) { builder in
        (
          CharacterEmbedding(alphabetSize: 5, dimension: inputs, dropRate: 0, builder: &builder),
          GatedBlock(inputs: inputs, configuration: configuration, block: 0, builder: &builder)
        )
      } run: { layers, _, pass in
        let (embedding, block) = layers
        let (characters, embeddingSaved) = embedding.forward(LayerUnderTest.batch(pass), pass)
        let (y, saved) = block.forward(.characters(characters), pass)
        return (
          y.values,
          { dy in
            let dtable = block.backward(dy, saved, pass)
            embedding.backward(dtable, embeddingSaved, pass)
            return dtable
          }
        )
      },
    ]
  }
}
