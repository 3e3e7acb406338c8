/// Scripts, as far as languages are told apart by them.
struct LanguageScripts: OptionSet, Hashable {
  let rawValue: UInt32

  static let latin = Self(rawValue: 1 << 0)
  static let greek = Self(rawValue: 1 << 1)
  static let cyrillic = Self(rawValue: 1 << 2)
  static let armenian = Self(rawValue: 1 << 3)
  static let hebrew = Self(rawValue: 1 << 4)
  static let arabic = Self(rawValue: 1 << 5)
  static let devanagari = Self(rawValue: 1 << 6)
  static let bengali = Self(rawValue: 1 << 7)
  static let gurmukhi = Self(rawValue: 1 << 8)
  static let gujarati = Self(rawValue: 1 << 9)
  static let oriya = Self(rawValue: 1 << 10)
  static let tamil = Self(rawValue: 1 << 11)
  static let telugu = Self(rawValue: 1 << 12)
  static let kannada = Self(rawValue: 1 << 13)
  static let malayalam = Self(rawValue: 1 << 14)
  static let sinhala = Self(rawValue: 1 << 15)
  static let thai = Self(rawValue: 1 << 16)
  static let lao = Self(rawValue: 1 << 17)
  static let tibetan = Self(rawValue: 1 << 18)
  static let myanmar = Self(rawValue: 1 << 19)
  static let georgian = Self(rawValue: 1 << 20)
  static let ethiopic = Self(rawValue: 1 << 21)
  static let khmer = Self(rawValue: 1 << 22)
  static let hangul = Self(rawValue: 1 << 23)
  static let kana = Self(rawValue: 1 << 24)
  static let han = Self(rawValue: 1 << 25)
  static let thaana = Self(rawValue: 1 << 26)
  /// Any other.
  static let other = Self(rawValue: 1 << 31)

  /// The script of a letter; blocks of Unicode suffice for this.
  init(of letter: Unicode.Scalar) {
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

  init(rawValue: UInt32) { self.rawValue = rawValue }

  /// The scripts of a text's letters.
  init(in text: String) {
    var found: Self = []
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic { found.insert(Self(of: scalar)) }
    self = found
  }
}

extension LanguageScripts {
  /// The scripts that a language is written in, by the name of its label: a script that the name says (`srp-Latn`), or what
  /// is known of the language's code (ISO 639, two or three letters).
  ///
  /// - Returns: Nil where nothing is known: for languages of several scripts and for names that are no code. Then any text
  ///   may be in the language.
  static func scripts(ofLanguage label: String) -> Self? {
    let parts = label.lowercased().split { $0 == "-" || $0 == "_" }.map(String.init)
    guard let language = parts.first else { return nil }
    for part in parts.dropFirst() where part.utf8.count == 4 {
      if let script = named[part] { return script }
    }
    return byLanguage[language]
  }

  /// Codes of scripts (ISO 15924).
  private static let named: [String: Self] = [
    "latn": .latin, "cyrl": .cyrillic, "grek": .greek, "armn": .armenian, "hebr": .hebrew, "arab": .arabic,
    "deva": .devanagari, "beng": .bengali, "guru": .gurmukhi, "gujr": .gujarati, "orya": .oriya, "taml": .tamil,
    "telu": .telugu, "knda": .kannada, "mlym": .malayalam, "sinh": .sinhala, "thai": .thai, "laoo": .lao,
    "tibt": .tibetan, "mymr": .myanmar, "geor": .georgian, "ethi": .ethiopic, "khmr": .khmer, "kore": [.hangul, .han],
    "hang": .hangul, "jpan": [.kana, .han], "hans": .han, "hant": .han, "hani": .han, "thaa": .thaana,
  ]

  /// Languages that are written in one script, or in scripts that stand together. Those of several, such as Serbian, Uzbek
  /// and Panjabi, are left out.
  private static let byLanguage: [String: Self] = {
    let groups: [(Self, String)] = [
      (
        .latin,
        """
        en eng de deu ger fr fra fre es spa pt por it ita nl nld dut af afr ca cat gl glg eu eus baq ro ron rum da dan sv swe \
        no nb nob nn nno is isl ice fo fao fi fin et est lv lav lt lit pl pol cs ces cze sk slk slo sl slv hr hrv hu hun sq sqi \
        alb mt mlt ga gle gd gla cy cym wel br bre lb ltz fy fry oc oci co cos la lat eo epo id ind fil tl tgl jv jav su sun \
        ceb vi vie sw swa so som zu zul xh xho st sot nso tn tsn ts tso ss ssw ve ven nr nbl nde sna rw kin rn run lg lug ny \
        nya ig ibo yo yor wo wol ee ewe ln lin mg mlg mi mri mao sm smo to ton ty tah fj fij haw hmn ht hat qu que ay aym gn \
        grn bem om orm
        """
      ),
      (.greek, "el ell gre"), (.cyrillic, "ru rus uk ukr be bel bg bul mk mkd mac ba bak ky kir tg tgk cv chv"),
      (.armenian, "hy hye arm"), (.hebrew, "he heb iw yi yid"),
      (.arabic, "ar ara arb arz apc ary fa fas per pes prs ur urd ps pus ckb ug uig"),
      (.devanagari, "hi hin mr mar ne nep npi"), (.bengali, "bn ben as asm"), (.gujarati, "gu guj"),
      (.oriya, "or ori ory"), (.tamil, "ta tam"), (.telugu, "te tel"), (.kannada, "kn kan"), (.malayalam, "ml mal"),
      (.sinhala, "si sin"), (.thai, "th tha"), (.lao, "lo lao"), (.tibetan, "bo bod tib dz dzo"),
      (.myanmar, "my mya bur"), (.georgian, "ka kat geo"), (.ethiopic, "am amh ti tir"), (.khmer, "km khm"),
      (.thaana, "dv div"), ([.hangul, .han], "ko kor"), ([.kana, .han], "ja jpn"), (.han, "zh zho chi cmn yue wuu"),
    ]
    var table: [String: Self] = [:]
    for (scripts, codes) in groups { for code in codes.split(separator: " ") { table[String(code)] = scripts } }
    return table
  }()
}
