import CharCNNNetworks
public import CharCNNText

extension TextSettings {
  /// How the paper of a published network turns text into characters; for other names the default settings.
  ///
  /// Zhang (2015) and Conneau (2017) read the first 1014 characters in lower case. The papers say nothing of normalization,
  /// so those networks' texts keep their scalars, but for those that nobody sees.
  ///
  /// - Parameter model: Name of a preset.
  public static func preset(for model: String) -> TextSettings {
    switch model.split(separator: "-").first {
    case "zhang", "vdcnn":
      // The "Full" alphabet has letters of both cases.
      TextSettings(normalization: .none, foldsCase: !model.hasSuffix("-full"), maximumLength: 1_014)
    default: TextSettings()
    }
  }
}

extension ClassificationOptions {
  /// The options with the letter case that the network prescribes, where it does, and one length of texts where n-grams are alone.
  var resolved: ClassificationOptions {
    var options = self
    if let foldsCase = architecture.configuration.foldsCase { options.text.foldsCase = foldsCase }
    if !architecture.hasNetwork { options.resolveLoneNgrams() }
    return options
  }
}
