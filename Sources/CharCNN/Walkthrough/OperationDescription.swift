import CharCNNCompute
import CharCNNNetworks

/// What a layer does, in words and as a formula. Formulas follow the tutorial's notation.
struct OperationDescription {
  var title: String
  var explanation: String
  var equation: Int?
  var formula: String?

  init(_ operation: Trace.Operation, name: String) {
    equation = nil
    formula = nil
    switch operation {
    case .embedding(let alphabet, let dimension):
      title = "embedding"
      explanation =
        "Each index picks a row of the table W_e, \(alphabet) x \(dimension); padding becomes zeros."
      equation = 1
      formula = "E = [c₁, c₂, …, c_L]ᵀ W_e"
    case .oneHotConvolution(let geometry):
      title = "convolution of one-hot characters"
      explanation = "\(Self.window(geometry)). A character is a vector with a single one, so each tap picks a weight."
      equation = 2
      formula = "C = Conv1D(c, W) + b"
    case .convolution(let geometry, let inputs, let outputs):
      let isProjection = name.hasSuffix("projection")
      title = isProjection ? "projection of the block's input" : "convolution of width \(geometry.width)"
      explanation =
        "\(Self.window(geometry)): \(outputs) filters, each of \(geometry.width) x \(inputs) weights."
        + (isProjection ? " It gives the input the shape of the block's output, so that both can be added." : "")
      equation = isProjection ? nil : 2
      formula = isProjection ? "x' = x W" : "C = Conv1D(E, W) + b"
    case .normalization(let kind):
      title = "\(kind.rawValue) normalization"
      explanation =
        kind == .layer
        ? "Each row is shifted and scaled to mean 0 and variance 1, then scaled and shifted by trained factors."
        : "Each channel is shifted and scaled by the mean and variance seen in training, then by trained factors."
      formula = "y = γ (x - μ) / √(s² + ε) + β"
    case .nonlinearity(let nonlinearity):
      (title, explanation, equation, formula) = Self.nonlinearity(nonlinearity)
    case .concatenation:
      title = "concatenation"
      explanation = "The parts are put side by side."
      equation = 5
      formula = "z = [p₁, p₂, …, p_k]"
    case .residual:
      title = "residual addition"
      explanation = "What went into this part of the network is added to what came out."
      equation = 6
      formula = "z⁽ᵗ⁾ = F(z⁽ᵗ⁻¹⁾) + z⁽ᵗ⁻¹⁾"
    case .localPooling(let geometry, let pooling):
      title = "\(pooling == .max ? "max" : "average") pooling"
      explanation =
        "Of \(geometry.width) neighbouring rows the \(pooling == .max ? "largest value" : "mean") of each channel is "
        + "kept; the next window starts \(Self.rows(geometry.stride)) further on."
      equation = pooling == .max ? 4 : nil
      formula = pooling == .max ? "p_i = max_j C'_ij, j in the window" : "p_i = mean_j C'_ij, j in the window"
    case .globalPooling(let kind):
      title = "pooling of the whole text"
      let kept =
        switch kind {
        case .max: "The largest value"
        case .average: "The mean"
        case .maxAverage: "The largest value, and then the mean,"
        }
      explanation = "\(kept) of each channel is kept; padding counts as rows like any other."
      equation = kind == .average ? nil : 4
      formula = kind == .average ? "p_i = mean_j C'_ij, 1 ≤ j ≤ L" : "p_i = max_j C'_ij, 1 ≤ j ≤ L"
    case .kMaxPooling:
      title = "k-max pooling"
      explanation = "The largest values of each channel are kept, in the order in which they stood."
    case .linear(let inputs, let outputs):
      title = name == "output" ? "scores of the classes (logits)" : "fully connected layer"
      explanation = "Each of the \(outputs) outputs is a weighted sum of the \(inputs) inputs plus a bias."
      equation = 7
      formula = "o = W_f z + b_f"
    case .mixture:
      title = "scores with those of the n-grams"
      explanation =
        "Every n-gram of the text votes by its row of weights, the rarer the louder; network and votes are mixed."
    case .softmax:
      title = "probabilities (softmax)"
      explanation = "The exponentials of the scores, divided by their sum: positive, and one in all."
      equation = 8
      formula = "ŷ = softmax(o)"
    case .logistic:
      title = "probabilities (logistic function)"
      explanation = "Each score becomes a probability by itself, since a text may have several labels, or none."
      formula = "ŷ_i = 1 / (1 + exp(-o_i))"
    }
  }

  private static func nonlinearity(_ nonlinearity: Nonlinearity) -> (String, String, Int?, String?) {
    switch nonlinearity {
    case .glu:
      (
        "gated linear unit", "One half of the channels is let through as far as the other half opens the gate.", 3,
        "C' = C[:, :k/2] ⊙ σ(C[:, k/2:])"
      )
    case .complementary:
      (
        "gate with both halves",
        "One half of the channels is split by the other half: what the gate lets through, and the rest.", 3,
        "C' = [C[:, :k/2] ⊙ σ(C[:, k/2:]), C[:, :k/2] ⊙ (1 - σ(C[:, k/2:]))]"
      )
    case .relu: ("ReLU", "Negative values become zero.", nil, "y = max(0, x)")
    case .gelu:
      ("GELU", "Each value is multiplied with the share of a normal distribution below it.", nil, "y = x Φ(x)")
    }
  }

  private static func window(_ geometry: WindowGeometry) -> String {
    var text = "A window of \(rows(geometry.width))"
    if geometry.dilation > 1 { text += ", \(geometry.dilation) apart," }
    text += " slides over the text"
    return geometry.stride > 1 ? "\(text) in steps of \(geometry.stride)" : text
  }

  private static func rows(_ count: Int) -> String { count == 1 ? "1 row" : "\(count) rows" }
}
