/// The name of a country, language or currency in some language.
public struct LocaleName: Hashable, Sendable {
  /// The name.
  public var text: String
  /// The code of the language it is in, such as `fr`.
  public var language: String
  /// What it names: `region/FR`, `language/de`, `currency/EUR`.
  public var key: String

  /// A name.
  public init(text: String, language: String, key: String) {
    self.text = text
    self.language = language
    self.key = key
  }
}
