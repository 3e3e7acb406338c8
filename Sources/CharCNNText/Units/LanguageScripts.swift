/// Scripts, as far as languages are told apart by them.
package struct LanguageScripts: OptionSet, Hashable, Sendable {
  package let rawValue: UInt32

  package static let latin = Self(rawValue: 1 << 0)
  package static let greek = Self(rawValue: 1 << 1)
  package static let cyrillic = Self(rawValue: 1 << 2)
  package static let armenian = Self(rawValue: 1 << 3)
  package static let hebrew = Self(rawValue: 1 << 4)
  package static let arabic = Self(rawValue: 1 << 5)
  package static let devanagari = Self(rawValue: 1 << 6)
  package static let bengali = Self(rawValue: 1 << 7)
  package static let gurmukhi = Self(rawValue: 1 << 8)
  package static let gujarati = Self(rawValue: 1 << 9)
  package static let oriya = Self(rawValue: 1 << 10)
  package static let tamil = Self(rawValue: 1 << 11)
  package static let telugu = Self(rawValue: 1 << 12)
  package static let kannada = Self(rawValue: 1 << 13)
  package static let malayalam = Self(rawValue: 1 << 14)
  package static let sinhala = Self(rawValue: 1 << 15)
  package static let thai = Self(rawValue: 1 << 16)
  package static let lao = Self(rawValue: 1 << 17)
  package static let tibetan = Self(rawValue: 1 << 18)
  package static let myanmar = Self(rawValue: 1 << 19)
  package static let georgian = Self(rawValue: 1 << 20)
  package static let ethiopic = Self(rawValue: 1 << 21)
  package static let khmer = Self(rawValue: 1 << 22)
  package static let hangul = Self(rawValue: 1 << 23)
  package static let kana = Self(rawValue: 1 << 24)
  package static let han = Self(rawValue: 1 << 25)
  package static let thaana = Self(rawValue: 1 << 26)
  /// Any other.
  package static let other = Self(rawValue: 1 << 31)

  /// The script of a letter; blocks of Unicode suffice for this.
  package init(of letter: Unicode.Scalar) {
    self =
      switch letter.value {
      case 0..<0x0370, 0x1D00..<0x1DC0, 0x1E00..<0x1F00, 0x2C60..<0x2C80, 0xA720..<0xA800, 0xAB30..<0xAB70,
        0xFB00..<0xFB07, 0xFF21...0xFF5A:
        .latin
      case 0x0370..<0x0400, 0x1F00..<0x2000: .greek
      case 0x0400..<0x0530, 0x1C80..<0x1C90, 0x2DE0..<0x2E00, 0xA640..<0xA6A0: .cyrillic
      case 0x0530..<0x0590: .armenian
      case 0x0590..<0x0600, 0xFB1D..<0xFB50: .hebrew
      case 0x0600..<0x0700, 0x0750..<0x0780, 0x08A0..<0x0900, 0xFB50..<0xFE00, 0xFE70..<0xFF00: .arabic
      case 0x0780..<0x07C0: .thaana
      case 0x0900..<0x0980, 0xA8E0..<0xA900: .devanagari
      case 0x0980..<0x0A00: .bengali
      case 0x0A00..<0x0A80: .gurmukhi
      case 0x0A80..<0x0B00: .gujarati
      case 0x0B00..<0x0B80: .oriya
      case 0x0B80..<0x0C00: .tamil
      case 0x0C00..<0x0C80: .telugu
      case 0x0C80..<0x0D00: .kannada
      case 0x0D00..<0x0D80: .malayalam
      case 0x0D80..<0x0E00: .sinhala
      case 0x0E00..<0x0E80: .thai
      case 0x0E80..<0x0F00: .lao
      case 0x0F00..<0x1000: .tibetan
      case 0x1000..<0x10A0, 0xA9E0..<0xAA00, 0xAA60..<0xAA80: .myanmar
      case 0x10A0..<0x1100, 0x1C90..<0x1CC0, 0x2D00..<0x2D30: .georgian
      case 0x1200..<0x13A0, 0x2D80..<0x2DE0, 0xAB00..<0xAB30: .ethiopic
      case 0x1780..<0x1800, 0x19E0..<0x1A00: .khmer
      case 0x1100..<0x1200, 0x3130..<0x3190, 0xA960..<0xA980, 0xAC00..<0xD800, 0xFFA0..<0xFFE0: .hangul
      case 0x3040..<0x3100, 0x31F0..<0x3200, 0xFF66..<0xFFA0, 0x1B000..<0x1B170: .kana
      case 0x3005...0x3007, 0x3100..<0x3130, 0x31A0..<0x31C0, 0x3400..<0x4DC0, 0x4E00..<0xA000, 0xF900..<0xFB00,
        0x20000..<0x40000:
        .han
      default: .other
      }
  }

  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The scripts of a text's letters.
  package init(in text: String) {
    var found: Self = []
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic { found.insert(Self(of: scalar)) }
    self = found
  }
}

extension LanguageScripts {
  /// What people call each script, the rest last.
  package static let names: [(script: Self, name: String)] = [
    (.latin, "Latin"), (.greek, "Greek"), (.cyrillic, "Cyrillic"), (.armenian, "Armenian"), (.hebrew, "Hebrew"),
    (.arabic, "Arabic"), (.devanagari, "Devanagari"), (.bengali, "Bengali"), (.gurmukhi, "Gurmukhi"),
    (.gujarati, "Gujarati"), (.oriya, "Odia"), (.tamil, "Tamil"), (.telugu, "Telugu"), (.kannada, "Kannada"),
    (.malayalam, "Malayalam"), (.sinhala, "Sinhala"), (.thai, "Thai"), (.lao, "Lao"), (.tibetan, "Tibetan"),
    (.myanmar, "Burmese"), (.georgian, "Georgian"), (.ethiopic, "Ethiopic"), (.hangul, "Hangul"),
    (.kana, "Kana"), (.han, "Han"), (.khmer, "Khmer"), (.thaana, "Thaana"), (.other, "other"),
  ]
}
