#if Tool
internal import Foundation

/// Something that has a name in many languages.
enum LocaleKey: CustomStringConvertible {
  case region(String)
  case language(String)
  case currency(String)

  /// The countries with codes of two letters, the languages with codes of two letters, and the currencies in use.
  static func all() -> [LocaleKey] {
    let regions = Locale.Region.isoRegions.map(\.identifier).filter { code in
      code.utf8.count == 2 && code.allSatisfy(\.isLetter)
    }
    let languages = Locale.LanguageCode.isoLanguageCodes.map(\.identifier).filter { $0.utf8.count == 2 }
    let currencies = Locale.commonISOCurrencyCodes
    return Set(regions).sorted().map(LocaleKey.region) + Set(languages).sorted().map(LocaleKey.language)
      + Set(currencies).sorted().map(LocaleKey.currency)
  }

  /// The names in a language, empty where there is none.
  static func names(of keys: [LocaleKey], in language: String) -> [String] {
    let locale = Locale(identifier: language)
    return keys.map { key in
      switch key {
      case .region(let code): locale.localizedString(forRegionCode: code) ?? ""
      case .language(let code): locale.localizedString(forLanguageCode: code) ?? ""
      case .currency(let code): locale.localizedString(forCurrencyCode: code) ?? ""
      }
    }
  }

  var code: String {
    switch self {
    case .region(let code), .language(let code), .currency(let code): code
    }
  }

  var description: String {
    switch self {
    case .region(let code): "region/" + code
    case .language(let code): "language/" + code
    case .currency(let code): "currency/" + code
    }
  }
}
#endif
