extension NgramConfiguration {
  /// How the weights of n-grams come about.
  public enum Training: String, Codable, Sendable, CaseIterable, SettingValue {
    /// ``steps`` where a setting asks for it that only a table has, or where the texts have more than 40 million characters (100 million
    /// without a network), whose n-grams would take gigabytes of memory; otherwise ``solved``.
    case automatic
    /// At once: n-grams of characters and words are weighed by their rarity, and the optimum of a convex problem is found.
    case solved
    /// Step by step, as a table of hashed character n-grams that learns beside the network, or alone. Files before version 3
    /// know no other.
    case steps

    public var isLeftOut: Bool { self == .steps }
    /// What files of earlier versions mean.
    public static var leftOut: Training? { .steps }
  }

  /// How much a training text of a rare class counts in a solution, as a function of how often an average class occurs for each time
  /// that its class does.
  #if hasAttribute(nonexhaustive)
  @nonexhaustive
  #endif
  public enum Balance: String, Codable, Sendable, CaseIterable, SettingValue {
    /// As much as any other.
    case none
    /// The square root of it: rare classes are found more often, and hardly more texts of frequent ones are lost.
    case root
    /// All of it, so that each class counts as much as any other.
    case full
  }

  /// Lengths of n-grams.
  public enum Lengths: Sendable, Hashable, SettingValue, ExpressibleByArrayLiteral {
    /// Those that suit the texts: their script, and how many they are. A table that learns in steps has 1 to 5 characters.
    case automatic
    /// These; empty for no n-grams.
    case exactly([Int])

    /// The lengths; nil where they are chosen by the texts.
    public var lengths: [Int]? {
      switch self {
      case .automatic: nil
      case .exactly(let lengths): lengths
      }
    }

    /// These lengths.
    public init(arrayLiteral lengths: Int...) { self = .exactly(lengths) }

    /// `automatic`, whole numbers between commas, or `none`.
    public init?(settingText: String) {
      if settingText == "automatic" {
        self = .automatic
      } else {
        guard let lengths = [Int](settingText: settingText) else { return nil }
        self = .exactly(lengths)
      }
    }

    public var settingText: String { lengths?.settingText ?? "automatic" }
    public var isLeftOut: Bool { self == .automatic }
    public static var leftOut: Lengths? { .automatic }

    /// Reads the lengths; null is ``automatic``.
    public init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self = container.decodeNil() ? .automatic : .exactly(try container.decode([Int].self))
    }

    /// Writes the lengths, or null for ``automatic``.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if let lengths { try container.encode(lengths) } else { try container.encodeNil() }
    }
  }
}
