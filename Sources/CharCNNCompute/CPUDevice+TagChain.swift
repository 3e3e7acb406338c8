internal import CKernels

extension CPUDevice {
  /// Sentences of one block, whatever the number of threads.
  private static let sentencesPerBlock = 4

  /// What the kernels read of a batch, and a worker's room.
  private struct Chain {
    let chain: TagChain
    let prepared: UnsafeMutablePointer<Double>
    let emissions: Tensor
    let offsets: IndexTensor
    let scratch: UnsafeMutablePointer<Double>
    let scratchSize: Int

    init(_ chain: TagChain, emissions: Tensor, _ sequences: PackedSequences, threads: Int, workspace: Workspace) {
      precondition(emissions.columns == chain.tags && emissions.rows == sequences.rows, "shapes differ")
      self.chain = chain
      self.emissions = emissions
      offsets = sequences.offsets
      let size = ck_crf_prepared_size(chain.tags)
      let longest = (0..<sequences.count).reduce(0) { max($0, sequences.rows(of: $1).count) }
      // Whole cache lines for each worker.
      scratchSize = (ck_crf_scratch_size(longest, chain.tags) + 7) / 8 * 8
      let room = workspace.records(of: Double.self, count: size + 8 + threads * scratchSize)
      guard let base = room.baseAddress else { preconditionFailure("a workspace always has room") }
      prepared = base
      scratch = base + (size + 7) / 8 * 8
      ck_crf_prepare(chain.transitions.base, chain.tags, prepared)
    }

    /// Calls a kernel with its two descriptions and the worker's room.
    func with(
      worker: Int, _ body: (UnsafePointer<ck_crf>, UnsafePointer<ck_emissions>, UnsafeMutablePointer<Double>) -> Void
    ) {
      let parameters = ck_crf(
        tags: chain.tags, transitions: chain.transitions.base, start: chain.start.base, end: chain.end.base,
        prepared: prepared)
      let rows = ck_emissions(x: emissions.base, ldx: emissions.rowStride, offsets: offsets.base)
      withUnsafePointer(to: parameters) { parameters in
        withUnsafePointer(to: rows) { rows in body(parameters, rows, scratch + worker * scratchSize) }
      }
    }
  }

  private struct ChainGradient: PoolJob {
    let chain: Chain
    let labels: IndexTensor
    let scale: Float
    let losses: Tensor
    let demissions: Tensor
    let sums: UnsafeMutablePointer<Double>
    let sumCount: Int
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      let sums = sums + item * sumCount
      sums.update(repeating: 0, count: sumCount)
      chain.with(worker: worker) { parameters, rows, scratch in
        ck_crf_gradient(
          parameters, rows, labels.base, scale, losses.base, demissions.base, demissions.rowStride, sums, scratch,
          lower, upper)
      }
    }
  }

  public func chainGradient(
    _ emissions: Tensor, _ sequences: PackedSequences, chain: TagChain, labels: IndexTensor, scale: Float,
    losses: Tensor, into demissions: Tensor, addTo gradients: TagChain, workspace: Workspace
  ) {
    precondition(demissions.rows == emissions.rows && demissions.columns == emissions.columns, "shapes differ")
    precondition(labels.count == emissions.rows && losses.count == sequences.count, "labels of another size")
    precondition(losses.isContiguous && gradients.tags == chain.tags, "shapes differ")
    let blocks = Blocks(count: sequences.count, size: Self.sentencesPerBlock)
    let tags = chain.tags
    let sumCount = ck_crf_parameter_count(tags)
    let sums = workspace.records(of: Double.self, count: max(blocks.items, 1) * sumCount)
    guard let base = sums.baseAddress else { return }
    let job = ChainGradient(
      chain: Chain(chain, emissions: emissions, sequences, threads: threadCount, workspace: workspace),
      labels: labels, scale: scale, losses: losses, demissions: demissions, sums: base, sumCount: sumCount,
      blocks: blocks)
    pool.run(job, items: blocks.items)
    // Blocks in their order, so that the threads leave no trace.
    func add(_ range: Range<Int>, to x: Tensor) {
      for (place, parameter) in range.enumerated() {
        var sum = 0.0
        for block in 0..<blocks.items { sum += base[block * sumCount + parameter] }
        x.base[place] += Float(sum)
      }
    }
    add(0..<tags * tags, to: gradients.transitions)
    add(tags * tags..<tags * (tags + 1), to: gradients.start)
    add(tags * (tags + 1)..<tags * (tags + 2), to: gradients.end)
  }

  private struct ChainMarginals: PoolJob {
    let chain: Chain
    let marginals: Tensor
    let partitions: UnsafeMutablePointer<Double>
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      chain.with(worker: worker) { parameters, rows, scratch in
        ck_crf_marginals(
          parameters, rows, marginals.base, marginals.rowStride, partitions, scratch, lower, upper)
      }
    }
  }

  public func chainMarginals(
    _ emissions: Tensor, _ sequences: PackedSequences, chain: TagChain, into marginals: Tensor, workspace: Workspace
  ) -> [Double] {
    precondition(marginals.rows == emissions.rows && marginals.columns == emissions.columns, "shapes differ")
    let partitions = workspace.records(of: Double.self, count: max(sequences.count, 1))
    guard let base = partitions.baseAddress, sequences.count > 0 else { return [] }
    let blocks = Blocks(count: sequences.count, size: Self.sentencesPerBlock)
    let job = ChainMarginals(
      chain: Chain(chain, emissions: emissions, sequences, threads: threadCount, workspace: workspace),
      marginals: marginals, partitions: base, blocks: blocks)
    pool.run(job, items: blocks.items)
    return Array(partitions)
  }

  private struct ChainRuns: PoolJob {
    let chain: Chain
    let firsts: UnsafePointer<Int32>
    let rows: UnsafePointer<Int32>
    let offsets: UnsafePointer<Int32>
    let tags: UnsafePointer<Int32>
    let probabilities: UnsafeMutablePointer<Float>
    let blocks: Blocks

    func run(item: Int, worker: Int) {
      let (lower, upper) = blocks.range(item)
      let runs = ck_runs(firsts: firsts, rows: rows, offsets: offsets, tags: tags)
      chain.with(worker: worker) { parameters, emissions, scratch in
        withUnsafePointer(to: runs) {
          ck_crf_run_probabilities(parameters, emissions, $0, probabilities, scratch, lower, upper)
        }
      }
    }
  }

  public func chainRunProbabilities(
    _ emissions: Tensor, _ sequences: PackedSequences, chain: TagChain, runs: [TagRun], workspace: Workspace
  ) -> [Float] {
    guard !runs.isEmpty else { return [] }
    let order = runs.indices.sorted { (runs[$0].sentence, $0) < (runs[$1].sentence, $1) }
    let firsts = workspace.indices(count: sequences.count + 1)
    let rows = workspace.indices(count: runs.count)
    let offsets = workspace.indices(count: runs.count + 1)
    let tags = workspace.indices(count: runs.reduce(0) { $0 + $1.tags.count })
    firsts.host.update(repeating: 0)
    offsets.host[0] = 0
    for (place, number) in order.enumerated() {
      let run = runs[number]
      let sentence = sequences.rows(of: run.sentence)
      precondition(run.row >= 0 && run.row + run.tags.count <= sentence.count, "a run outside of its sentence")
      firsts.host[run.sentence + 1] += 1
      rows.host[place] = Int32(truncatingIfNeeded: sentence.lowerBound + run.row)
      var end = Int(offsets.host[place])
      for tag in run.tags {
        precondition(tag >= 0 && Int(tag) < chain.tags, "no such tag")
        tags.host[end] = tag
        end += 1
      }
      offsets.host[place + 1] = Int32(truncatingIfNeeded: end)
    }
    for sentence in 0..<sequences.count { firsts.host[sentence + 1] += firsts.host[sentence] }
    let probabilities = workspace.tensor(rows: runs.count, columns: 1)
    let blocks = Blocks(count: sequences.count, size: Self.sentencesPerBlock)
    let job = ChainRuns(
      chain: Chain(chain, emissions: emissions, sequences, threads: threadCount, workspace: workspace),
      firsts: firsts.base, rows: rows.base, offsets: offsets.base, tags: tags.base,
      probabilities: probabilities.base, blocks: blocks)
    pool.run(job, items: blocks.items)
    var result = [Float](repeating: 0, count: runs.count)
    for (place, number) in order.enumerated() { result[number] = probabilities.base[place] }
    return result
  }

  private struct ChainBest: PoolJob {
    let chain: Chain
    let sequences: PackedSequences
    let counts: [Int]
    /// Where the paths of each sentence begin.
    let pathOffsets: [Int]
    /// Where the scores of each sentence begin.
    let scoreOffsets: [Int]
    let paths: UnsafeMutablePointer<Int32>
    let scores: UnsafeMutablePointer<Double>
    let found: UnsafeMutablePointer<Int32>
    let scratch: UnsafeMutableRawPointer
    let scratchSize: Int

    func run(item: Int, worker: Int) {
      let rows = sequences.rows(of: item)
      chain.with(worker: worker) { parameters, emissions, _ in
        found[item] = Int32(
          truncatingIfNeeded: ck_crf_best(
            parameters, emissions.pointee.x + rows.lowerBound * emissions.pointee.ldx, emissions.pointee.ldx,
            rows.count, counts[item], paths + pathOffsets[item], scores + scoreOffsets[item],
            scratch + worker * scratchSize))
      }
    }
  }

  /// Ways to tags that are kept of a sentence for its best sequences: 16 MiB of numbers a thread.
  private static let keptWays = 1 << 22

  public func bestChains(
    _ emissions: Tensor, _ sequences: PackedSequences, chain: TagChain, count: Int, workspace: Workspace
  ) -> [[TagPath]] {
    precondition(count >= 1, "at least one path")
    guard sequences.count > 0 else { return [] }
    let lengths = (0..<sequences.count).map { sequences.rows(of: $0).count }
    let counts = lengths.map { min(count, max(Self.keptWays / (max($0, 1) * chain.tags), 1)) }
    var (pathOffsets, scoreOffsets, scratchSize) = ([0], [0], 0)
    for (length, count) in zip(lengths, counts) {
      pathOffsets.append((pathOffsets.last ?? 0) + length * count)
      scoreOffsets.append((scoreOffsets.last ?? 0) + count)
      scratchSize = max(scratchSize, (ck_crf_best_scratch_size(length, chain.tags, count) + 63) / 64 * 64)
    }
    let paths = workspace.indices(count: pathOffsets[lengths.count])
    let found = workspace.indices(count: sequences.count)
    let scores = workspace.records(of: Double.self, count: scoreOffsets[lengths.count])
    let scratch = workspace.records(of: UInt8.self, count: threadCount * scratchSize)
    guard let scoreBase = scores.baseAddress, let scratchBase = scratch.baseAddress else { return [] }
    let job = ChainBest(
      chain: Chain(chain, emissions: emissions, sequences, threads: 0, workspace: workspace), sequences: sequences,
      counts: counts, pathOffsets: pathOffsets, scoreOffsets: scoreOffsets, paths: paths.base, scores: scoreBase,
      found: found.base, scratch: scratchBase, scratchSize: scratchSize)
    pool.run(job, items: sequences.count)
    return lengths.enumerated().map { sentence, length in
      if length == 0 { return [TagPath(tags: [], score: 0)] }
      return (0..<Int(found.host[sentence])).map { rank in
        let first = pathOffsets[sentence] + rank * length
        return TagPath(
          tags: Array(paths.host[first..<first + length]), score: scores[scoreOffsets[sentence] + rank])
      }
    }
  }
}
