import CharCNNText

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
