import CharCNNText

extension TextClassifier {
  /// Why a text has a label: what each of its characters adds to the score of the label.
  ///
  /// The score is the label's log-odds, log(p / (1 - p)) of its probability p: 0 where it is as likely as not. It is compared with that
  /// of a reference, the same text with no character of it seen. What the characters add makes up the difference:
  /// the sum of ``contributions`` is ``total`` - ``baseline``.
  ///
  /// ```swift
  /// let explanation = try classifier.explanation(of: "A film to remember.")
  /// for part in explanation.contributions { print("A film to remember."[part.range], part.value) }
  /// ```
  public struct Explanation: Sendable, Hashable {
    /// What a character of a text adds to the score.
    public struct Contribution: Sendable, Hashable {
      /// The character: a place in the text as it was given. Where normalization makes one character of several, all of them.
      public var range: Range<String.Index>
      /// What it adds, in units of the score: above 0 it speaks for the label, below 0 against it.
      public var value: Double

      /// What a character adds.
      public init(range: Range<String.Index>, value: Double) {
        self.range = range
        self.value = value
      }
    }

    /// How contributions are found.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Method: String, Codable, Sendable, CaseIterable {
      /// Integrated gradients along the straight line from the reference to the text (Sundararajan, Taly, Yan 2017, "Axiomatic
      /// Attribution for Deep Networks"), of which those of n-grams are exact. They add up.
      case gradients
      /// How much the score falls when the character is taken out of the text (Zeiler & Fergus 2014, "Visualizing and Understanding
      /// Convolutional Networks"). They do not add up: of two characters that say the same, either can be spared.
      case occlusion
    }

    /// What gave the answer.
    #if hasAttribute(nonexhaustive)
    @nonexhaustive
    #endif
    public enum Part: String, Codable, Sendable, CaseIterable {
      /// The network alone.
      case network
      /// The n-grams, and the vector of a base where the model has one: there is no network, it counts nothing, or a cascade did not ask it.
      case ngrams
      /// The network and the n-grams beside it.
      case both
    }

    /// The label that is explained; the tag of a token; empty for models and matchers that give scores.
    public var label: String
    /// Its probability, as predictions give it; the score where the model gives no probabilities.
    public var probability: Double
    /// Whether the score is the log-odds of a probability; false for models of scores and matchers without probabilities, whose score is a cosine, or a
    /// number in the range of their data.
    public var isLogOdds = true
    /// The score of the label for the text.
    public var total: Double
    /// Its score for the reference.
    public var baseline: Double
    /// What each character adds, in the order of the text. Characters that nothing reads are not among them: those
    /// that are left out, such as soft hyphens, and those beyond the longest text that is read.
    public var contributions: [Contribution]
    /// The same for the second text of a pair; empty otherwise.
    public var secondContributions: [Contribution] = []
    /// The token whose tag is explained, a place in the text; nil where a label is one of the whole text.
    public var token: Range<String.Index>?
    /// How many characters of the text, or of both texts, nothing reads.
    public var unreadCharacters: Int
    /// How they were found.
    public var method: Method
    /// What gave the answer.
    public var part: Part
    /// What was missing in the sum of the contributions when the integration ended, which was then spread over them in proportion to
    /// their magnitudes; 0 for occlusion.
    public var gap: Double

    /// Whether the contributions added up by themselves, within a hundredth of the difference or 0.00001. False for occlusion.
    public var isComplete: Bool {
      method == .gradients
        && gap.magnitude <= max(PathIntegral.relative * (total - baseline).magnitude, PathIntegral.absolute)
    }
  }
}
