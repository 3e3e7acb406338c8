#if Tool
internal import CharCNN
import CharCNNStorage
import CharCNNText

/// Tells whoever has few labels that a base may help.
struct BaseAdvice {
  /// Labels up to which a base brings much.
  private static let fewLabels = 2_000
  /// Words that are looked at.
  private static let someWords = 2_000
  /// The part of them that a base must know.
  private static let knownShare = 0.8
  /// Bases that may come with the program, and what they know.
  private static let bases = [("english", "English")]

  private struct Enough: Error {}

  /// What to say before training begins; nil where labels are many, and where no base that comes with the program knows the texts' words.
  static func line<Example: TrainingExample>(
    for examples: Examples<Example>, text: (Example) -> String
  ) -> String? {
    var labels = 0
    var words: [String] = []
    func look(_ example: Example, _ reference: RecordReference?, _ row: Int) throws {
      labels += 1
      if labels >= fewLabels { throw Enough() }
      if words.count < someWords { words += text(example).split { !$0.isLetter }.map(String.init) }
    }
    do { try examples.forEach(look) } catch {
      // What is wrong with the file, training says.
      return nil
    }
    for (name, language) in bases {
      guard let bundle = try? ModelBundle(contentsOf: name), let base = try? TextEmbedder(bundle, threads: 1),
        base.knownShare(of: words) >= knownShare
      else { continue }
      let count = Numbers.count(labels, String(Example.plural.dropLast()))
      return
        "few labels (\(count)): `--from \(name)` also knows what \(language) words mean, which helps most then"
    }
    return nil
  }
}
#endif
