internal import CharCNNCompute

extension TextNetwork {
  /// The scores of texts along an input path and, where somebody asks for it, the gradient of what they are good for.
  ///
  /// - Parameters:
  ///   - path: The fraction of each text.
  ///   - batch: The texts.
  ///   - pass: A pass of prediction.
  ///   - gradient: Of the scores of the network's parts, one under the other, [parts · texts, classes], makes the gradient by them; nil
  ///     where nothing goes back.
  /// - Returns: These scores.
  package func follow(
    _ path: InputPath, _ batch: CharacterBatch, _ pass: Pass, gradient: ((_ scores: [Float]) -> [Float])?
  ) -> [Float] {
    var pass = pass
    pass.path = path
    let (scores, saved) = forward(batch, pass)
    let values = pass.device.read(scores.all)
    if let gradient {
      let dscores = pass.tensor(rows: scores.all.rows, columns: scores.all.columns)
      pass.device.write(gradient(values), to: dscores)
      backward(PartScores(dscores, parts: scores.count), saved, pass)
    }
    return values
  }
}
