/// Words about settings, and about what a network does, in the languages in which they are explained.
package struct SettingWords: Sendable {
  /// A language in which they are explained.
  package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh"
  }

  /// In English.
  let english: String
  /// In Chinese.
  let chinese: String

  /// The same in both languages.
  package init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// The words in a language.
  package func text(_ language: Language) -> String { language == .english ? english : chinese }
}
