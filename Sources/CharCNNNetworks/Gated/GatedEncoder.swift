package import CharCNNCompute

/// The body of ``GatedNetwork`` without its head: embedding, residual gated blocks and the pooling between them. Characters
/// go in, a row of ``channels`` for each position comes out.
///
/// Every network that is built on it names the parameters alike (`embedding.*`, `blocks.N.*`), so that one that has
/// learned a task can lend them to another.
package struct GatedEncoder: Sendable {
  /// Channels of the rows that it gives.
  package let channels: Int
  let embedding: CharacterEmbedding
  let blocks: [GatedBlock]
  private let localPooling: LocalPooling?

  /// What the backward pass needs. Its lists lie in the step's memory, so that a step allocates nothing.
  package struct Saved: BitwiseCopyable {
    let embedding: CharacterEmbedding.Saved
    let blocks: UnsafeMutableBufferPointer<GatedBlock.Saved>
    let localPooling: UnsafeMutableBufferPointer<LocalPooling.Saved>
  }

  /// Lays out the parameters. Of the configuration, what concerns classes, global pooling and fully connected layers is
  /// not read.
  package init(_ configuration: GatedConfiguration, builder: inout ParameterBuilder) {
    embedding = builder.scope("embedding", part: .embedding) {
      CharacterEmbedding(
        alphabetSize: configuration.alphabetSize, dimension: configuration.embedding,
        dropRate: configuration.characterDropout, builder: &$0)
    }
    var channels = configuration.embedding
    blocks = (0..<configuration.blocks).map { number in
      builder.scope("blocks.\(number)", part: .body(number)) {
        let block = GatedBlock(inputs: channels, configuration: configuration, block: number, builder: &$0)
        channels = block.outputs
        return block
      }
    }
    self.channels = channels
    localPooling = configuration.pooling.pooling.map {
      LocalPooling(
        geometry: WindowGeometry(width: configuration.poolingWidth, stride: configuration.poolingStride), pooling: $0)
    }
  }

  /// Rows of the last block. Without pooling and strides they are as many as the characters.
  package func forward(_ batch: CharacterBatch, _ pass: Pass) -> (Frames, Saved) {
    let (characters, embeddingSaved) = embedding.forward(batch, pass)
    var input = LayerInput.characters(characters)
    let blockSaved = pass.workspace.records(of: GatedBlock.Saved.self, count: blocks.count)
    let poolingSaved = pass.workspace.records(of: LocalPooling.Saved.self, count: blocks.count)
    for (number, block) in blocks.enumerated() {
      var (frames, saved) = block.forward(input, pass)
      blockSaved[number] = saved
      if let localPooling, number < blocks.count - 1 {
        let (pooled, saved) = localPooling.forward(frames, pass)
        poolingSaved[number] = saved
        frames = pooled
      }
      input = .frames(frames)
    }
    return (input.frames, Saved(embedding: embeddingSaved, blocks: blockSaved, localPooling: poolingSaved))
  }

  /// Inverts the blocks from the last back to the embedding.
  package func backward(_ dframes: Tensor, _ saved: Saved, _ pass: Pass) {
    var dx = dframes
    for number in blocks.indices.reversed() {
      if let localPooling, number < blocks.count - 1 {
        dx = localPooling.backward(dx, saved.localPooling[number], pass)
      }
      dx = blocks[number].backward(dx, saved.blocks[number], pass)
    }
    embedding.backward(dx, saved.embedding, pass)
  }
}
