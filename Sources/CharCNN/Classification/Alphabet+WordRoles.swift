import CharCNNNetworks
import CharCNNText

extension Alphabet {
  /// What each index is to words: letters, marks and digits make them up, blanks part them, and every other character is a word for
  /// itself. So is a letter of a script that does not set words apart.
  func wordRoles(_ settings: TextSettings) -> [WordRole] {
    [.letter]
      + units.map { unit in
        guard let scalar = unit.unicodeScalars.first else { return .letter }
        // The bytes of other than ASCII characters are parts of letters more often than not.
        if settings.unit == .byte, scalar.value >= 0x80 { return .letter }
        return WordRole(scalar)
      }
  }
}

extension WordRole {
  fileprivate init(_ scalar: Unicode.Scalar) {
    let properties = scalar.properties
    if properties.isWhitespace {
      self = .space
    } else if scalar.isUnspaced {
      self = .sign
    } else if properties.isAlphabetic || properties.numericType != nil || scalar == "_" {
      self = .letter
    } else {
      switch properties.generalCategory {
      case .nonspacingMark, .spacingMark, .enclosingMark: self = .letter
      default: self = .sign
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether it is a letter of a script that does not set words apart: Thai, Lao, Burmese, Khmer, Tai Le and Tai Lue, the
  /// Chinese and Japanese ones.
  var isUnspaced: Bool {
    switch value {
    case 0x0E01...0x0E3A, 0x0E40...0x0E4E, 0x0E81...0x0ECF, 0x1000...0x103F, 0x1050...0x109F, 0x1780...0x17D3,
      0x1950...0x19DF, 0x3005...0x3007, 0x3040...0x30FF, 0x3100...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF,
      0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9D, 0x1B000...0x1B16F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
