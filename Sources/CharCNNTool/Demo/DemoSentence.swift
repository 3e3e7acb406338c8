#if Tool
/// A sentence that no list of names contains, with the code of its language.
struct DemoSentence {
  let language: String
  let text: String

  static let all = [
    DemoSentence(language: "en", text: "The children are playing in the garden behind the house."),
    DemoSentence(language: "de", text: "Morgen früh fahren wir mit dem Zug nach Hamburg."),
    DemoSentence(language: "fr", text: "Je voudrais un café et deux croissants, s'il vous plaît."),
    DemoSentence(language: "es", text: "Mañana vamos a comer con mis abuelos en el pueblo."),
    DemoSentence(language: "fi", text: "Huomenna menemme metsään keräämään mustikoita."),
    DemoSentence(language: "tr", text: "Yarın sabah erkenden pazara gideceğiz."),
    DemoSentence(language: "pl", text: "Dziś wieczorem pójdziemy razem do kina."),
    DemoSentence(language: "el", text: "Το πρωί πίνω πάντα έναν καφέ στο μπαλκόνι."),
    DemoSentence(language: "ja", text: "明日は友達と海へ行きます。"),
    DemoSentence(language: "ko", text: "오늘 저녁에는 집에서 책을 읽을 거예요."),
  ]
}
#endif
