/// Activation functions without parameters.
public enum Activation: String, Codable, Sendable, BitwiseCopyable, CaseIterable {
  /// max(0, x).
  case relu
  /// x * Phi(x) with the exact normal distribution (Hendrycks & Gimpel 2016).
  case gelu
}

/// How several rows become one.
public enum Pooling: String, Codable, Sendable, CaseIterable {
  /// The largest value of each channel.
  case max
  /// The mean of each channel.
  case mean
}

/// Weights in the order that a device's convolution reads; see ``Device/pack(_:taps:inputs:outputs:transposed:workspace:)``.
public struct PackedWeights {
  /// The weights as the kernels of a precision read them.
  package enum Storage {
    case floats(Tensor)
    case brainFloats(UnsafeMutablePointer<UInt32>)
  }

  package let storage: Storage
  /// Number of taps; 1 for a dense product.
  public let taps: Int
  /// Channels in.
  public let inputs: Int
  /// Channels out.
  public let outputs: Int

  package init(storage: Tensor, taps: Int, inputs: Int, outputs: Int) {
    self.init(.floats(storage), taps: taps, inputs: inputs, outputs: outputs)
  }

  package init(brainFloats: UnsafeMutablePointer<UInt32>, taps: Int, inputs: Int, outputs: Int) {
    self.init(.brainFloats(brainFloats), taps: taps, inputs: inputs, outputs: outputs)
  }

  private init(_ storage: Storage, taps: Int, inputs: Int, outputs: Int) {
    self.storage = storage
    self.taps = taps
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// The numbers of one AdamW update (Loshchilov & Hutter 2019, "Decoupled weight decay regularization").
public struct AdamWStep: Sendable {
  /// Decay of the first moment.
  public var beta1: Float
  /// Decay of the second moment.
  public var beta2: Float
  /// Added to the root of the second moment.
  public var epsilon: Float
  /// Learning rate.
  public var rate: Float
  /// Decoupled weight decay, multiplied by the rate.
  public var weightDecay: Float
  /// Factor on the gradient, from clipping.
  public var gradientScale: Float
  /// Number of this update, from 1.
  public var number: Int

  /// One update's numbers.
  public init(
    beta1: Float, beta2: Float, epsilon: Float, rate: Float, weightDecay: Float, gradientScale: Float, number: Int
  ) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.rate = rate
    self.weightDecay = weightDecay
    self.gradientScale = gradientScale
    self.number = number
  }
}

/// The operations that networks are made of. Layers call these and never read tensor memory themselves.
///
/// Every operation gives the same bits on any number of threads: however work is cut, sums are taken in one
/// fixed order. "into" replaces its target, "add" adds to it. Shapes are checked by preconditions: a wrong shape is an
/// error of the calling layer, never of the user's data.
public protocol Device: AnyObject, Sendable {
  /// Threads that share the work.
  var threadCount: Int { get }
  /// The vector instructions in use.
  var instructionSet: InstructionSet { get }
  /// What convolutions and dense products multiply.
  var precision: Precision { get }

  // MARK: Pieces of work

  /// Runs independent pieces of work side by side and gives their values in order. Operations within a piece run on its
  /// thread alone.
  func map<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) -> [Value]

  // MARK: Convolution and dense product

  /// Packs `weights` [taps, inputs, outputs] for ``convolve(_:windows:weights:bias:accumulate:into:workspace:)``, or its transpose
  /// [taps, outputs, inputs] for the gradient to the input.
  func pack(_ weights: Tensor, taps: Int, inputs: Int, outputs: Int, transposed: Bool, workspace: Workspace)
    -> PackedWeights
  /// y[r] = bias + sum over taps of x[windows[r, tap]] W[tap]. With one tap and each row its own window: a dense product.
  func convolve(
    _ x: Tensor, windows: IndexTensor, weights: PackedWeights, bias: Tensor?, accumulate: Bool, into y: Tensor,
    workspace: Workspace)
  /// dW[tap] += sum over rows of x[windows[r, tap]]ᵀ dy[r]; `dw` is [taps, inputs, outputs].
  func addWeightGradient(
    _ x: Tensor, windows: IndexTensor, taps: Int, dy: Tensor, into dw: Tensor, workspace: Workspace)

  // MARK: Convolution by minimal filtering

  /// Products that four outputs of one channel take by minimal filtering; 0 where the device convolves windows of so many
  /// taps in no other way than ``convolve(_:windows:weights:bias:accumulate:into:workspace:)``.
  func filteringPoints(taps: Int) -> Int
  /// Packs `weights` [taps, inputs, outputs] for ``convolve(_:tiles:weights:bias:accumulate:into:workspace:)``, or for the
  /// gradient to the input. What is only needed meanwhile is taken from `scratch`.
  func packFilter(
    _ weights: Tensor, taps: Int, inputs: Int, outputs: Int, transposed: Bool, workspace: Workspace,
    scratch: Workspace
  ) -> PackedFilter
  /// The convolution of ``convolve(_:windows:weights:bias:accumulate:into:workspace:)`` for the rows of the tiles, to a relative
  /// error of 1e-4 of the largest output at most.
  func convolve(
    _ x: Tensor, tiles: FilteringTiles, weights: PackedFilter, bias: Tensor?, accumulate: Bool, into y: Tensor,
    workspace: Workspace)
  /// The gradient of ``addWeightGradient(_:windows:taps:dy:into:workspace:)`` by minimal filtering.
  func addWeightGradient(_ x: Tensor, tiles: FilteringTiles, dy: Tensor, into dw: Tensor, workspace: Workspace)

  // MARK: 8-bit integers

  /// Packs weights [outputs, inputs, taps], in the order of files, for
  /// ``convolve(_:windows:weights:bias:output:into:workspace:)``.
  func pack(_ weights: QuantizedMatrix, taps: Int, inputs: Int, workspace: Workspace) -> PackedIntegers
  /// Quantizes each text by the range of its own elements.
  func quantize(_ x: Tensor, _ sequences: PackedSequences, workspace: Workspace) -> Frames8
  /// As the convolution of floats; `output` says to which text a row of y belongs. The same bits with all instructions.
  func convolve(
    _ x: Frames8, windows: IndexTensor, weights: PackedIntegers, bias: Tensor?, output: PackedSequences, into y: Tensor,
    workspace: Workspace)
  /// As ``addGatheredSums(_:rows:offsets:weights:to:)`` from a quantized table.
  func addGatheredSums(
    _ table: QuantizedMatrix, rows: IndexTensor, offsets: IndexTensor, weights: Tensor, to y: Tensor)

  // MARK: The first layer as a table

  /// y[r] = bias + sum over taps of table[tap, units[r, tap]]; `table` is [taps * units, outputs]; -1 adds nothing.
  func gatherConvolve(_ table: Tensor, units: IndexTensor, taps: Int, bias: Tensor?, into y: Tensor)
  /// dtable[tap, u] = sum of the dy rows that read unit u with that tap.
  func scatterGradient(_ dy: Tensor, units: IndexTensor, taps: Int, into dtable: Tensor)
  /// y[r] = x[rows[r]], zeros for -1.
  func gatherRows(_ x: Tensor, rows: IndexTensor, into y: Tensor)
  /// x[rows[r]] += y[r], in order; nothing for -1.
  func scatterRows(_ y: Tensor, rows: IndexTensor, addTo x: Tensor)

  // MARK: Sparse tables

  /// weights[e] = sqrt(counts[e]) * idf[rows[e]], scaled so that a segment's weights have the L2 norm `scale`.
  func weighRows(
    _ idf: Tensor, rows: IndexTensor, counts: IndexTensor, offsets: IndexTensor, scale: Float, into weights: Tensor)
  /// y[s] += sum of weights[e] * table[rows[e]] over the entries e of segment s; -1 adds nothing.
  func addGatheredSums(_ table: Tensor, rows: IndexTensor, offsets: IndexTensor, weights: Tensor, to y: Tensor)
  /// dtable[rows[e]] += weights[e] * dy[s] for all entries e of all segments s, in order.
  func addScatteredSums(_ dy: Tensor, rows: IndexTensor, offsets: IndexTensor, weights: Tensor, to dtable: Tensor)
  /// table[rows[r]] = keep * table[rows[r]] - rate * gradients[r] for rows that differ from one another.
  func updateRows(_ table: Tensor, rows: IndexTensor, gradients: Tensor, rate: Float, keep: Float)
  /// An update of AdamW for table[rows[r]] alone, with gradients[r]; rows differ from one another. The moments of other rows stay as they
  /// are.
  func adamRows(
    _ step: AdamWStep, table: Tensor, rows: IndexTensor, gradients: Tensor, moment1: Tensor, moment2: Tensor)

  // MARK: Several operations on rows

  /// Does these operations, each of which may read what earlier ones write, a few rows at a time. The bits are those of one operation
  /// after the other; what they read of one another comes from the cache.
  func walk(_ operations: UnsafeBufferPointer<RowOperation>)

  // MARK: Gates and activations

  /// Gated linear unit of rows [a | b]: a σ(b), and with `complementary` also a (1 - σ(b)) (Dauphin 2017).
  func gate(_ x: Tensor, complementary: Bool, into y: Tensor)
  /// Gradient of ``gate(_:complementary:into:)``; `x` is its input.
  func gateGradient(_ x: Tensor, complementary: Bool, dy: Tensor, into dx: Tensor)
  /// y = f(x).
  func activate(_ x: Tensor, _ activation: Activation, into y: Tensor)
  /// dx = f'(x) dy.
  func activateGradient(_ x: Tensor, _ activation: Activation, dy: Tensor, into dx: Tensor)
  /// Inverted dropout with the random stream `key`; applied to dy it is its own gradient (Srivastava 2014).
  func dropout(_ x: Tensor, rate: Float, key: UInt64, into y: Tensor)

  // MARK: A block's end, in prediction

  /// y = function(normalization(x)) + residual, as the operations of these names do it one after the other, bit by bit,
  /// but a few rows at a time, so that what lies between them is never in memory.
  func finishBlock(
    _ x: RowSource, normalization: RowNormalization?, function: RowFunction, residual: RowSource?, into y: Tensor,
    workspace: Workspace)

  // MARK: Normalization

  /// Layer normalization of each row (Ba 2016); `statistics` is [rows, 2] and receives mean and reciprocal deviation.
  func layerNormalize(
    _ x: Tensor, gamma: Tensor, beta: Tensor, epsilon: Float, statistics: Tensor, into y: Tensor)
  /// dx of layer normalization; also adds to the gradients of gamma and beta.
  func layerNormalizeGradient(
    _ x: Tensor, gamma: Tensor, statistics: Tensor, dy: Tensor, into dx: Tensor, addGamma dgamma: Tensor,
    addBeta dbeta: Tensor)
  /// Adds to the gradients of gamma and beta of layer normalization alone.
  func addLayerNormalizeGradients(
    _ x: Tensor, statistics: Tensor, dy: Tensor, addGamma dgamma: Tensor, addBeta dbeta: Tensor)
  /// Mean and biased variance of each column, [1, columns] each.
  func columnMoments(_ x: Tensor, mean: Tensor, variance: Tensor)
  /// Batch normalization with given mean and reciprocal deviation (Ioffe & Szegedy 2015).
  func batchNormalize(
    _ x: Tensor, mean: Tensor, reciprocalDeviation: Tensor, gamma: Tensor, beta: Tensor, into y: Tensor)
  /// dx through the batch's own statistics; also adds to the gradients of gamma and beta.
  func batchNormalizeGradient(
    _ x: Tensor, mean: Tensor, reciprocalDeviation: Tensor, gamma: Tensor, dy: Tensor, into dx: Tensor,
    addGamma dgamma: Tensor, addBeta dbeta: Tensor, workspace: Workspace)
  /// y = 1 / sqrt(x + epsilon), element by element.
  func reciprocalRoot(_ x: Tensor, epsilon: Float, into y: Tensor)

  // MARK: Pooling

  /// Pools windows of rows; `winners` (count = rows * columns of y) receives the winning row of each maximum.
  func pool(_ x: Tensor, windows: IndexTensor, taps: Int, by pooling: Pooling, winners: IndexTensor, into y: Tensor)
  /// The same of rows that need not lie anywhere: they may be computed when a window reads them.
  func pool(
    _ x: RowSource, windows: IndexTensor, taps: Int, by pooling: Pooling, winners: IndexTensor, into y: Tensor,
    workspace: Workspace)
  /// Gradient of ``pool(_:windows:taps:by:winners:into:)``; needs the transposed window table too.
  func poolGradient(
    _ dy: Tensor, windows: IndexTensor, transposed: IndexTensor, taps: Int, by pooling: Pooling, winners: IndexTensor,
    into dx: Tensor)
  /// Pools each text to one row.
  func poolSegments(
    _ x: Tensor, _ sequences: PackedSequences, by pooling: Pooling, winners: IndexTensor, into y: Tensor)
  /// Gradient of ``poolSegments(_:_:by:winners:into:)``.
  func poolSegmentsGradient(
    _ dy: Tensor, _ sequences: PackedSequences, by pooling: Pooling, winners: IndexTensor, into dx: Tensor)
  /// K-max pooling (Kalchbrenner 2014): of each channel of text i the largest `kept.rows(of: i).count` values in the
  /// order of their rows, the earlier first among equals, and zeros where the text has fewer rows; `winners` (count =
  /// rows * columns of y) receives the row of each value, -1 for a zero that was filled in.
  func keepLargest(
    _ x: Tensor, _ sequences: PackedSequences, kept: PackedSequences, winners: IndexTensor, into y: Tensor,
    workspace: Workspace)
  /// Gradient of ``keepLargest(_:_:kept:winners:into:workspace:)``.
  func keepLargestGradient(
    _ dy: Tensor, _ sequences: PackedSequences, kept: PackedSequences, winners: IndexTensor, into dx: Tensor)

  // MARK: Loss

  /// Softmax of each row.
  func softmax(_ x: Tensor, into y: Tensor)
  /// Cross entropy of softmax(x) with label smoothing (Szegedy 2016); losses is [rows, 1], dx = (softmax - target) scale.
  func crossEntropy(
    _ x: Tensor, labels: IndexTensor, smoothing: Float, scale: Float, losses: Tensor, into dx: Tensor)

  // MARK: Pairs

  /// The columns of ``PairFeatures`` of the rows of u and v (Conneau 2017, "Supervised Learning of Universal Sentence
  /// Representations"; Tai 2015 for the difference and the product). The cosine with a row of zeros is 0.
  func pairFeatures(_ u: Tensor, _ v: Tensor, symmetric: Bool, into y: Tensor)
  /// Gradient of ``pairFeatures(_:_:symmetric:into:)``; that of |u - v| is 0 where both are equal.
  func pairFeaturesGradient(_ u: Tensor, _ v: Tensor, symmetric: Bool, dy: Tensor, into du: Tensor, _ dv: Tensor)
  /// The cosine of each row of u with that of v, [rows, 1]; 0 with a row of zeros.
  func cosines(_ u: Tensor, _ v: Tensor, into y: Tensor)
  /// Gradient of ``cosines(_:_:into:)``.
  func cosinesGradient(_ u: Tensor, _ v: Tensor, dy: Tensor, into du: Tensor, _ dv: Tensor)
  /// Contrastive loss (Hadsell 2006, "Dimensionality Reduction by Learning an Invariant Mapping") with the distance
  /// D = 1 - cosine: D² / 2 for label 1, max(0, margin - D)² / 2 for label 0, nothing for others; losses is [rows, 1], and
  /// dx is `scale` times the derivative by the cosine.
  func contrastiveLoss(
    _ cosines: Tensor, labels: IndexTensor, margin: Float, scale: Float, losses: Tensor, into dx: Tensor)
  /// Squared error (σ(x) - target)² of each row, losses [rows, 1], and `scale` times its derivative by x.
  func sigmoidSquaredError(_ x: Tensor, targets: Tensor, scale: Float, losses: Tensor, into dx: Tensor)

  // MARK: Chains of tags

  /// Negative log-likelihood of the tags of each sentence under a linear-chain conditional random field (Lafferty 2001),
  /// losses [sentences, 1], and `scale` times its gradient. A sentence with a label below 0 adds nothing.
  func chainGradient(
    _ emissions: Tensor, _ sequences: PackedSequences, chain: TagChain, labels: IndexTensor, scale: Float,
    losses: Tensor, into demissions: Tensor, addTo gradients: TagChain, workspace: Workspace)
  /// The probability of every tag at every row; returns the logarithm of each sentence's sum over all sequences of tags.
  func chainMarginals(
    _ emissions: Tensor, _ sequences: PackedSequences, chain: TagChain, into marginals: Tensor, workspace: Workspace
  ) -> [Double]
  /// The probability of each run of tags, whatever the other rows have.
  func chainRunProbabilities(
    _ emissions: Tensor, _ sequences: PackedSequences, chain: TagChain, runs: [TagRun], workspace: Workspace
  ) -> [Float]
  /// The `count` best sequences of tags of each sentence, best first (Viterbi 1967); fewer where there are no more, and of
  /// a sentence so long that rows x tags x count would be above 2^22 as many as that allows, at least one.
  func bestChains(
    _ emissions: Tensor, _ sequences: PackedSequences, chain: TagChain, count: Int, workspace: Workspace
  ) -> [[TagPath]]

  // MARK: Vectors and updates

  /// x = value.
  func fill(_ x: Tensor, with value: Float)
  /// y += x, shapes equal.
  func add(_ x: Tensor, to y: Tensor)
  /// y = x, shapes equal.
  func copy(_ x: Tensor, into y: Tensor)
  /// y = alpha x + beta y for contiguous tensors.
  func blend(_ x: Tensor, alpha: Float, beta: Float, into y: Tensor)
  /// sums += column sums of x; the gradient of a bias.
  func addColumnSums(_ x: Tensor, to sums: Tensor)
  /// Sum of a contiguous tensor, in double and in order.
  func sum(_ x: Tensor) -> Double
  /// Sum of squares of a contiguous tensor.
  func sumOfSquares(_ x: Tensor) -> Double
  /// Whether a contiguous tensor holds only finite numbers.
  func isFinite(_ x: Tensor) -> Bool
  /// One AdamW update of contiguous tensors of the same size.
  func adamW(_ step: AdamWStep, parameters: Tensor, gradients: Tensor, moment1: Tensor, moment2: Tensor)
  /// One update of gradient descent with momentum; contiguous tensors of the same size.
  func descend(_ step: SGDStep, parameters: Tensor, gradients: Tensor, velocity: Tensor)
  /// One Adadelta update of contiguous tensors of the same size.
  func adadelta(_ step: AdadeltaStep, parameters: Tensor, gradients: Tensor, squares: Tensor, deltas: Tensor)
  /// Scales every vector of `x` whose L2 norm is over `limit` back to it.
  func limitNorms(of vectors: MatrixVectors, in x: Tensor, to limit: Float)

  // MARK: Search

  /// Offers every element of x to its column of `kept`, as the candidate `first` + its row.
  func keepLargest(of x: Tensor, first: Int, in kept: LargestValues)
  /// y = x with every row divided by its L2 norm; rows of zeros stay.
  func unitRows(_ x: Tensor, into y: Tensor)

  // MARK: Memory

  /// Copies host floats into a contiguous tensor.
  func write(_ values: UnsafeBufferPointer<Float>, to x: Tensor)
  /// Copies a tensor to host floats, row by row.
  func read(_ x: Tensor) -> [Float]
}

extension Device {
  /// Copies host floats into a contiguous tensor.
  public func write(_ values: [Float], to x: Tensor) {
    values.withUnsafeBufferPointer { write($0, to: x) }
  }

  /// y = x W + bias for every row: a convolution with one tap.
  public func product(
    _ x: Tensor, weights: PackedWeights, bias: Tensor?, accumulate: Bool = false, into y: Tensor, workspace: Workspace
  ) {
    let windows = ownRows(x.rows, workspace: workspace)
    convolve(
      x, windows: windows, weights: weights, bias: bias, accumulate: accumulate, into: y, workspace: workspace)
  }

  /// y = x W + bias in 8-bit integers; each row is a text of its own.
  public func product(
    _ x: Tensor, weights: PackedIntegers, bias: Tensor?, into y: Tensor, workspace: Workspace
  ) {
    let offsets = ownRows(x.rows + 1, workspace: workspace)
    let rows = PackedSequences(offsets: offsets)
    convolve(
      quantize(x, rows, workspace: workspace), windows: offsets.prefix(x.rows), weights: weights, bias: bias,
      output: rows, into: y, workspace: workspace)
  }

  /// dW += xᵀ dy.
  public func addProductGradient(_ x: Tensor, dy: Tensor, into dw: Tensor, workspace: Workspace) {
    let windows = ownRows(x.rows, workspace: workspace)
    addWeightGradient(x, windows: windows, taps: 1, dy: dy, into: dw, workspace: workspace)
  }

  /// The window table of a dense product: each row reads itself.
  private func ownRows(_ count: Int, workspace: Workspace) -> IndexTensor {
    let windows = workspace.indices(count: count)
    for row in 0..<count { windows.base[row] = Int32(truncatingIfNeeded: row) }
    return windows
  }
}
