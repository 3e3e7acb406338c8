extension TextSettings {
  /// How the paper of a published network turns text into characters; for other names the default settings.
  ///
  /// Zhang (2015) and Conneau (2017) read the first 1014 characters in lower case; presets whose name ends in `-full` keep
  /// upper case. The papers say nothing of normalization, so those networks' texts keep their scalars.
  ///
  /// - Parameter model: Name of a preset.
  public static func preset(for model: String) -> TextSettings {
    switch model.split(separator: "-").first {
    case "zhang", "vdcnn":
      TextSettings(normalization: .none, foldsCase: !model.hasSuffix("-full"), maximumLength: 1_014)
    default: TextSettings()
    }
  }
}
