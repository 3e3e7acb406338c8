import CharCNN
import Foundation
import TestSupport
import Testing

/// A detector of five languages, trained on a few sentences.
@Suite struct LanguageDetectorTests {
  private static let sentences: [(language: String, texts: [String])] = [
    (
      "en",
      [
        "the weather is fine this morning", "we walked along the river until it was dark",
        "she has written a letter to her brother", "there is nothing in the house that they would want",
        "what are you doing with those old books", "the children were playing in the street",
        "he could not remember where the key was", "this is the best bread which I have eaten",
        "I think that it will rain again tomorrow", "they should have told us about the train",
      ]
    ),
    (
      "de",
      [
        "das Wetter ist heute morgen sehr schön", "wir gingen am Fluss entlang, bis es dunkel wurde",
        "sie hat ihrem Bruder einen Brief geschrieben", "es gibt nichts im Haus, was sie haben wollten",
        "was machst du mit diesen alten Büchern", "die Kinder spielten auf der Straße",
        "er konnte sich nicht erinnern, wo der Schlüssel war", "das ist das beste Brot, das ich gegessen habe",
        "ich glaube, dass es morgen wieder regnen wird", "sie hätten uns über den Zug etwas sagen sollen",
      ]
    ),
    (
      "fr",
      [
        "le temps est très beau ce matin", "nous avons marché le long de la rivière jusqu'à la nuit",
        "elle a écrit une lettre à son frère", "il n'y a rien dans la maison qu'ils voudraient",
        "que fais-tu avec ces vieux livres", "les enfants jouaient dans la rue",
        "il ne pouvait pas se rappeler où était la clé", "c'est le meilleur pain que j'aie mangé",
        "je crois qu'il va encore pleuvoir demain", "ils auraient dû nous parler du train",
      ]
    ),
    (
      "ru",
      [
        "сегодня утром очень хорошая погода", "мы шли вдоль реки, пока не стало темно",
        "она написала письмо своему брату", "в доме нет ничего, что им было бы нужно",
        "что ты делаешь с этими старыми книгами", "дети играли на улице",
        "он не мог вспомнить, где был ключ", "это лучший хлеб, который я ел",
        "я думаю, что завтра опять будет дождь", "они должны были сказать нам о поезде",
      ]
    ),
    (
      "zh",
      [
        "今天早上天气很好", "我们沿着河走到天黑", "她给她的哥哥写了一封信", "房子里没有他们想要的东西", "你用这些旧书做什么",
        "孩子们在街上玩", "他不记得钥匙在哪里", "这是我吃过的最好的面包", "我想明天又会下雨", "他们应该告诉我们火车的事",
      ]
    ),
  ]

  private static let trained = Result {
    var options = try ToyTexts.options("epochs=60", "cuts=0.7", "ngramDropout=0", "minimumCount=1", "patience=none")
    options.threads = 1
    let texts = sentences.flatMap { language, texts in texts.map { ($0, language) } }
    return try TextClassifier.train(on: Examples(texts), validation: Examples(texts), options: options).model
  }

  private func detector() throws -> LanguageDetector { LanguageDetector(try Self.trained.get()) }

  @Test func `whole sentences and pieces of them get their language`() throws {
    let detector = try detector()
    for (language, texts) in Self.sentences {
      for text in texts { #expect(detector.dominantLanguage(for: text) == language) }
    }
    #expect(detector.dominantLanguage(for: "the old river in the morning") == "en")
    #expect(detector.dominantLanguage(for: "das alte Haus am Fluss") == "de")
    #expect(detector.dominantLanguage(for: "我们写信") == "zh")
  }

  @Test(arguments: ["", "  ", "12 345 !?", "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", "ελληνικά"])
  func `numbers and foreign letters are unknown`(text: String) throws {
    #expect(try detector().dominantLanguage(for: text) == nil)
  }

  @Test func `an unlikely answer is unknown, whatever the hypotheses`() throws {
    var detector = try detector()
    detector.settings.minimumProbability = 1
    let detection = detector.detections(for: ["the children"], maximumCount: 2)[0]
    #expect(detection.language == nil && detection.hypotheses.first?.label == "en")
    #expect(detection.hypotheses.count == 2)
  }

  @Test func `calibration answers the part that was asked for`() throws {
    var detector = try detector()
    let words = Self.sentences.flatMap { _, texts in texts.flatMap { $0.split(separator: " ").map(String.init) } }
    for share in [0.5, 0.9, 1] {
      try detector.calibrate(on: words, answering: share)
      let answered = Double(detector.detections(for: words).count { $0.language != nil })
      #expect(abs(answered / Double(words.count) - share) < 0.03)
    }
  }

  @Test func `the settings are stored with the model, also in 8-bit integers`() throws {
    var detector = try detector()
    detector.settings.minimumProbability = 0.75
    detector.settings.switchCost = 5
    let folder = try TemporaryFolder()
    try detector.write(to: folder.path("a.charcnn"))
    let opened = try LanguageDetector(contentsOf: folder.path("a.charcnn"), threads: 1)
    #expect(opened.settings == detector.settings)
    #expect(LanguageDetector(try opened.classifier.quantized()).settings == detector.settings)
    // A plain model has the defaults, and what was opened keeps its settings when it is written as a classifier.
    #expect(try self.detector().settings == LanguageDetector.Settings())
    try opened.classifier.write(to: folder.path("b.charcnn"))
    #expect(try LanguageDetector(contentsOf: folder.path("b.charcnn"), threads: 1).settings == detector.settings)
    detector.settings.switchCost = -1
    #expect(throws: ConfigurationError.self) { try detector.write(to: folder.path("c.charcnn")) }
  }

  @Test func `constraints and hints change the answer as they should`() throws {
    var detector = try detector()
    detector.languageConstraints = ["fr", "de"]
    let best = detector.detections(for: ["the weather"], maximumCount: 9)[0].hypotheses
    #expect(Set(best.map(\.label)) == ["fr", "de"])
    #expect(abs(best.reduce(0) { $0 + $1.probability } - 1) < 1e-6)

    detector.languageConstraints = []
    let before = detector.detections(for: ["die"], maximumCount: 5)[0].hypotheses
    detector.languageHints = ["fr": 0.9]
    let after = detector.detections(for: ["die"], maximumCount: 5)[0].hypotheses
    func french(_ all: [Hypothesis]) -> Double { all.first { $0.label == "fr" }?.probability ?? 0 }
    func ratio(_ all: [Hypothesis]) -> Double { french(all) / (1 - french(all)) }
    // 0.9 against what the four others share.
    #expect(abs(ratio(after) / ratio(before) / (0.9 / 0.025) - 1) < 1e-3)
  }

  @Test func `pieces of a text add up`() throws {
    var detector = try detector()
    #expect(detector.dominantLanguage == nil && detector.languageHypotheses(withMaximum: 3).isEmpty)
    detector.processString("les enfants")
    detector.processString("jouaient dans la rue")
    #expect(detector.dominantLanguage == "fr")
    #expect(detector.languageHypotheses(withMaximum: 2).count == 2)
    detector.reset()
    #expect(detector.dominantLanguage == nil)
  }

  @Test func `a mixed text is cut where the language changes`() throws {
    let detector = try detector()
    let text = "  what are you doing with those old books — мы шли вдоль реки, пока не стало темно 我们沿着河走到天黑\n"
    let spans = detector.spans(in: text)
    #expect(spans.map(\.language) == ["en", "ru", "zh"])
    for span in spans {
      let utf8 = Array(text.utf8)[span.offsets]
      #expect(String(decoding: utf8, as: UTF8.self) == String(text[span.range]))
      #expect((0.5...1).contains(span.probability))
    }
    #expect(spans.first?.offsets.lowerBound == 2)
    #expect(spans.last.map { String(text[$0.range]) } == "我们沿着河走到天黑")
  }

  @Test func `spans cover all words, in order`() throws {
    let detector = try detector()
    for text in ["", " \n ", "42", "die Kinder", "🙂 the children 12:30", "a b c d e f g"] {
      let spans = detector.spans(in: text)
      #expect(spans.isEmpty == text.allSatisfy(\.isWhitespace))
      #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
      let covered = spans.map { text[$0.range] }.joined().filter { !$0.isWhitespace }
      #expect(covered == text.filter { !$0.isWhitespace })
    }
    #expect(detector.spans(in: "42 — 17").map(\.language) == [nil])
  }

  @Test func `the highest cost of a change leaves one span`() throws {
    var detector = try detector()
    detector.settings.switchCost = 1_000
    #expect(detector.spans(in: "the children были дома").count == 1)
    detector.settings.switchCost = -1
    #expect(throws: ConfigurationError.self) { try detector.settings.validate() }
  }

  /// A detector that has two varieties of English, which nothing tells apart.
  private static let withVarieties = Result {
    var options = try ToyTexts.options("epochs=60", "cuts=0.7", "ngramDropout=0", "minimumCount=1", "patience=none")
    options.threads = 1
    let texts = sentences.flatMap { language, texts in
      (language == "en" ? ["en-GB", "en-US"] : [language]).flatMap { label in texts.map { ($0, label) } }
    }
    return try TextClassifier.train(on: Examples(texts), validation: Examples(texts), options: options).model
  }

  /// Hints that bring about these probabilities of a text.
  private func hints(_ detector: LanguageDetector, _ text: String, _ wanted: [String: Double]) -> [String: Double] {
    let all = detector.detections(for: [text], maximumCount: detector.languages.count)[0].hypotheses
    return Dictionary(
      uniqueKeysWithValues: all.map { ($0.label, (wanted[$0.label] ?? 0) / max($0.probability, 1e-12)) })
  }

  @Test func `varieties count together, in the answer as in the threshold`() throws {
    var detector = LanguageDetector(try Self.withVarieties.get())
    let text = "the weather"
    detector.languageHints = hints(detector, text, ["fr": 0.4, "en-GB": 0.28, "en-US": 0.32])
    detector.settings.minimumProbability = 0.55
    let detection = detector.detections(for: [text], maximumCount: 3)[0]
    #expect(detection.language == "en-US")
    #expect(detection.hypotheses.map(\.label) == ["en-US", "fr", "en-GB"])
    detector.settings.minimumProbability = 0.65
    #expect(detector.dominantLanguage(for: text) == nil)
    detector.languageConstraints = ["fr", "en-GB"]
    detector.settings.minimumProbability = 0.5
    #expect(detector.dominantLanguage(for: text) == "fr")
    detector.languageConstraints = ["klingon"]
    let none = detector.detections(for: [text], maximumCount: 3)[0]
    #expect(none.language == nil && none.hypotheses.isEmpty)
  }

  @Test func `calibration answers the part that was asked for, with varieties and with texts that are refused anyway`()
    throws
  {
    var detector = LanguageDetector(try Self.withVarieties.get())
    let words = Self.sentences.flatMap { _, texts in texts.flatMap { $0.split(separator: " ").map(String.init) } }
    detector.languageHints = ["fr": 0.3, "de": 0.1, "ru": 0.1, "zh": 0.1, "en-GB": 0.2, "en-US": 0.2]
    let foreign = [String](repeating: "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ", count: words.count / 2)
    for (texts, share) in [(words, 0.5), (words, 0.9), (words, 1), (words + foreign, 0.3), (words + foreign, 0.6)] {
      detector.settings.minimumProbability = 0
      try detector.calibrate(on: texts, answering: share)
      let answered = Double(detector.detections(for: texts).count { $0.language != nil })
      #expect(abs(answered / Double(texts.count) - share) < 0.03, "\(share)")
    }
    try detector.calibrate(on: words + foreign, answering: 1)
    #expect(detector.detections(for: words + foreign).count { $0.language != nil } == words.count)
  }

  @Test(arguments: ["the children 😀😀😀😀😀😀😀😀😀😀😀😀", "★★★★★★★★★★★★★★ the children ★", "the children ①²⑳⓪ 😀\u{1F3FD}"])
  func `emoji and symbols are no letters`(text: String) throws {
    var detector = try detector()
    detector.settings.minimumProbability = 0
    #expect(detector.dominantLanguage(for: text) != nil)
    #expect(detector.dominantLanguage(for: "ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ the 😀") == nil)
    #expect(detector.dominantLanguage(for: "12 😀😀") == nil)
  }

  @Test(
    arguments: [
      "QQQQ XXXX ZZZZ", "C++ Java Python SQL HTML", "@user123 #hashtag lol", "ＨＥＬＬＯ", "qwzx vbnm zzzz", "12 abc",
    ])
  func `Latin letters are in no language of another script`(text: String) throws {
    var detector = try detector()
    detector.settings.minimumProbability = 0
    detector.settings.minimumKnownShare = 0
    let detection = detector.detections(for: [text], maximumCount: 9)[0]
    #expect(Set(detection.hypotheses.map(\.label)) == ["en", "de", "fr"])
    #expect(detection.hypotheses.reduce(0) { $0 + $1.probability } <= 1.000_001)
    detector.languageConstraints = ["zh", "ru"]
    #expect(detector.dominantLanguage(for: text) == nil)
  }

  @Test func `languages of one of several scripts in a text are possible`() throws {
    let detections = try detector().detections(for: ["我 the", "река 书"], maximumCount: 9)
    #expect(Set(detections[0].hypotheses.map(\.label)) == ["en", "de", "fr", "zh"])
    #expect(Set(detections[1].hypotheses.map(\.label)) == ["ru", "zh"])
  }

  @Test func `addresses, mentions and hashtags are not judged`() throws {
    let detector = try detector()
    for address in [
      "https://www.example.com/der-alte-fluss?q=das+Wetter", "www.example.com/river", "name.surname@example.org",
      "@das_Wetter", "#DasWetterIstSchön", "http://example.com.", "(https://example.com)",
    ] {
      #expect(detector.dominantLanguage(for: address) == nil, "\(address)")
      let text = "she has written a letter to her brother"
      let alone = detector.detections(for: ["\(text)  "], maximumCount: 3)[0]
      let together = detector.detections(for: ["\(text) \(address)"], maximumCount: 3)[0]
      #expect(together.language == alone.language, "\(address)")
    }
    #expect(detector.dominantLanguage(for: "今天天气很好https://example.com/weather今天早上天气很好") == "zh")
    let text = "she has written a letter https://example.com/a"
    #expect(detector.spans(in: text).map(\.language) == ["en"])
  }

  @Test(arguments: ["ngramTraining=steps", "ngramLength=60"])
  func `no more of a text is judged than the model reads`(ngrams: String) throws {
    var options = try ToyTexts.options(
      "epochs=60", "cuts=0.7", "minimumCount=1", "patience=none", "maximumLength=60", ngrams)
    options.threads = 1
    let texts = Self.sentences.flatMap { language, texts in texts.map { ($0, language) } }
    let detector = LanguageDetector(
      try TextClassifier.train(on: Examples(texts), validation: Examples(texts), options: options).model)
    let beginning = "the weather is fine this morning and the children play there"
    #expect(beginning.count == 60)
    let alone = detector.detections(for: [beginning], maximumCount: 9)[0]
    #expect(!alone.wasCut && alone.language == "en")
    for rest in ["ᏣᎳᎩ ", "река ", "12 ", "@a "] {
      let long = detector.detections(for: [beginning + String(repeating: rest, count: 200)], maximumCount: 9)[0]
      #expect(long.wasCut && long.language == alone.language && long.hypotheses == alone.hypotheses, "\(rest)")
    }
    // Letters after the part that is read are no letters.
    let digits = String(repeating: "1 ", count: 40) + beginning
    #expect(detector.dominantLanguage(for: digits) == nil)
    #expect(detector.classifier.cuts(digits) && !detector.classifier.cuts(beginning))
    // Parts are taken of all of it.
    #expect(detector.spans(in: digits + String(repeating: " река", count: 40)).last?.offsets.upperBound ?? 0 > 400)
  }
}
