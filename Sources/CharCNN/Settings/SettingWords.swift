/// Words about settings in the languages in which they are explained.
package struct SettingWords: Sendable {
  /// A language in which settings are explained.
  package enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case chinese = "zh"
  }

  /// In English.
  let english: String
  /// In Chinese.
  let chinese: String

  init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  /// The words in a language.
  package func text(_ language: Language) -> String { language == .english ? english : chinese }
}
