#if Tool
/// The name of a country, language or currency in some language.
package struct LocaleName: Hashable, Sendable {
  /// The name.
  package var text: String
  /// The code of the language it is in, such as `fr`.
  package var language: String
  /// What it names: `region/FR`, `language/de`, `currency/EUR`.
  package var key: String

  /// A name.
  package init(text: String, language: String, key: String) {
    self.text = text
    self.language = language
    self.key = key
  }
}
#endif
