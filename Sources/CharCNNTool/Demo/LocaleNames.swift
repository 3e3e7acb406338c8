#if Tool
internal import CharCNN
import CharCNNText
internal import Foundation

/// A data set that every machine has: the names of countries, languages and currencies in about a hundred languages, from
/// the Unicode locale data (CLDR) that Foundation brings. To tell the language of a name is a task to try a model on.
///
/// The list depends on the version of that data, its order on nothing else.
package struct LocaleNames: Hashable, Sendable {
  /// The names, by language, then as countries, languages and currencies by their codes.
  package var names: [LocaleName]

  /// A collection of names.
  package init(names: [LocaleName]) {
    self.names = names
  }

  /// The codes of the languages, sorted.
  package var languages: [String] { Set(names.map(\.language)).sorted() }

  /// The English name of a language, such as "French" for `fr`; the code if there is none.
  package static func englishName(ofLanguage code: String) -> String {
    Locale(identifier: "en").localizedString(forLanguageCode: code) ?? code
  }

  /// Reads the names from Foundation, in about a second.
  ///
  /// Only base languages count, not their regional or script variants. For what a language has no name of its own,
  /// Foundation answers in English or with the code: such names are left out (and with them those that are rightly spelt
  /// as in English), and a language that has fewer than half of the names is left out as a whole. One that shares 70 % or
  /// more of its names with an earlier one, in the order of the codes, counts as the same language in other words.
  /// - Parameter includesShared: Whether to keep names that several languages spell alike, which have no one right
  ///   answer.
  package static func collect(includesShared: Bool = false) -> LocaleNames {
    let keys = LocaleKey.all()
    let english = LocaleKey.names(of: keys, in: "en")
    let absent = LocaleKey.names(of: keys, in: "qaa")
    var taken: [(language: String, names: [String])] = []
    for language in baseLanguages() {
      let names = LocaleKey.names(of: keys, in: language)
      let own = names.indices.map { position in
        let name = names[position]
        let isFallback = language != "en" && (name == english[position] || name == absent[position])
        return isFallback || name == keys[position].code ? "" : name
      }
      let count = own.count { !$0.isEmpty }
      guard count * 2 >= keys.count else { continue }
      let repeats = taken.contains { other in
        own.indices.count { !own[$0].isEmpty && own[$0] == other.names[$0] } * 10 >= count * 7
      }
      if !repeats { taken.append((language, own)) }
    }
    var all: [LocaleName] = []
    for (language, names) in taken {
      for (key, name) in zip(keys, names) where !name.isEmpty {
        all.append(LocaleName(text: name, language: language, key: key.description))
      }
    }
    return LocaleNames(names: includesShared ? all : withoutShared(all))
  }

  /// The codes of two or three letters for which there is data of some kind.
  private static func baseLanguages() -> [String] {
    Set(Locale.availableIdentifiers).filter { code in
      (2...3).contains(code.utf8.count) && code.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }.sorted()
  }

  private static func withoutShared(_ names: [LocaleName]) -> [LocaleName] {
    var languages: [String: String] = [:]
    var shared: Set<String> = []
    for name in names {
      let folded = name.text.lowercased()
      if let other = languages.updateValue(name.language, forKey: folded), other != name.language {
        shared.insert(folded)
      }
    }
    return names.filter { !shared.contains($0.text.lowercased()) }
  }

  /// Splits by what is named: no country, language or currency has names in both parts. A held-out name that also stands
  /// in the first part for something else, in the same language, is left out.
  package func split(heldOutFraction: Double, seed: UInt64) -> (train: LocaleNames, heldOut: LocaleNames) {
    let keys = Set(names.map(\.key)).sorted()
    let kinds = Set(keys.map(Self.kind)).sorted()
    let numbers = keys.map { key in Int32(kinds.firstIndex(of: Self.kind(key)) ?? 0) }
    let chosen = stratifiedSplit(
      labels: numbers, validationFraction: heldOutFraction, seed: seed, maximumValidation: .max)
    let heldOutKeys = Set(chosen.validation.map { keys[$0] })
    let train = names.filter { !heldOutKeys.contains($0.key) }
    let known = Set(train.map { [$0.language, $0.text] })
    let heldOut = names.filter { heldOutKeys.contains($0.key) && !known.contains([$0.language, $0.text]) }
    return (LocaleNames(names: train), LocaleNames(names: heldOut))
  }

  private static func kind(_ key: String) -> String { String(key.prefix { $0 != "/" }) }

  /// The names as CSV (RFC 4180) with a header: text,language,key.
  package func csv() -> String {
    var result = "text,language,key\r\n"
    for name in names {
      result += [name.text, name.language, name.key].map(Self.quoted).joined(separator: ",") + "\r\n"
    }
    return result
  }

  private static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return field }
    return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
  }
}
#endif
