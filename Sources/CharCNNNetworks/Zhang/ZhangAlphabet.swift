/// Which characters a ``ZhangNetwork`` reads.
public enum ZhangAlphabet: String, SettingValue, CaseIterable {
  /// The paper's: 26 letters in lower case, 10 digits, 32 signs and the newline.
  case paper
  /// The paper's "Full" alphabet: also the letters in upper case.
  case full
  /// The characters of the training texts: for other scripts than the paper's.
  case data

  /// The characters in the order of their indices from 1; nil for those of the training texts.
  ///
  /// The paper counts 70 because its string has the hyphen twice; of two equal characters one is never found, so 69 are
  /// listed here, and the unknown character is the 70th.
  public var units: [String]? {
    let lower = "abcdefghijklmnopqrstuvwxyz"
    let others = "0123456789-,;.!?:'\"/\\|_@#$%^&*~`+=<>()[]{}\n"
    switch self {
    case .paper: return (lower + others).map(String.init)
    case .full: return (lower + lower.uppercased() + others).map(String.init)
    case .data: return nil
    }
  }
}
