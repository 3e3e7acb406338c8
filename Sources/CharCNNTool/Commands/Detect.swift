#if Tool
internal import ArgumentParser
internal import CharCNN
internal import CharCNNFiles
import CharCNNNetworks
import CharCNNText

/// `charcnn detect`.
struct Detect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tell the language of texts, or of parts of them.",
    discussion: """
      Takes a classifier whose labels are languages: train one on a folder with a file for each language, and with \
      --set cuts=0.6 ngramBayes=0.03, so that it learns single words too. Texts are arguments, or lines of standard input. Each gives one \
      line: the language, a tab and its probability; "unknown" (in JSON null) where nothing is likely enough or the letters are foreign. \
      With --spans each part in one language is a line: number of the text, where the part begins and ends, \
      language, probability, and the part; places count Unicode scalars from 0, as Python does. With --calibrate nothing is detected: minimumProbability is set so that a part of some \
      texts in known languages is answered, and a model with this setting is written, where it is the default from then on.

      Example:
        charcnn train sentences --output languages.charcnn --set cuts=0.6 ngramBayes=0.03
        charcnn detect languages.charcnn "Wo ist der Bahnhof?"
        charcnn detect languages.charcnn --spans "He said: ich weiss es nicht."
        charcnn detect languages.charcnn --languages deu,nld,swe --hints deu=0.6 < lines.txt
        charcnn detect languages.charcnn --calibrate held-out --answering 0.95 --output calibrated.charcnn
      """)

  @Argument(help: "A model bundle.")
  var bundle: String

  @Argument(help: "Texts; none, or - alone, reads standard input, a text a line.")
  var texts: [String] = []

  @Flag(help: "Cut the texts into parts of one language each.")
  var spans = false

  @Option(help: ArgumentHelp("The only languages that may be an answer.", valueName: "a,b,…"))
  var languages: String?

  @Option(help: ArgumentHelp("How likely languages are beforehand.", valueName: "a=0.6,b=0.2,…"))
  var hints: String?

  @Option(parsing: .unconditional, help: "Number of languages for each text.")
  var top = 1

  @Option(
    name: .customLong("set"), parsing: .upToNextOption,
    help: ArgumentHelp("Settings: minimumProbability, minimumKnownShare, switchCost.", valueName: "key=value"))
  var assignments: [String] = []

  @Option(
    help: ArgumentHelp(
      "Texts in known languages to set minimumProbability by: a file, or a folder, as for train.", valueName: "data"))
  var calibrate: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Part of these texts that is to be answered. (default: 0.95)", valueName: "share"))
  var answering: Double?

  @Option(help: ArgumentHelp("The calibrated model to write.", valueName: "bundle"))
  var output: String?

  @Flag(help: "Replace an existing model.")
  var overwrite = false

  @OptionGroup var reading: DataArguments
  @OptionGroup var computing: ComputingArguments

  @Flag(help: "Write a JSON object for each text; with --calibrate one object.")
  var json = false

  func validate() throws {
    if top < 1 { throw ValidationError("--top must be at least 1, not \(top)") }
    if spans, top > 1 { throw ValidationError("--top goes with whole texts, not with --spans") }
    if let answering, !(answering > 0 && answering <= 1) {
      throw ValidationError("--answering must be above 0 and at most 1, not \(answering)")
    }
    if calibrate == nil, answering != nil || overwrite {
      throw ValidationError("--answering and --overwrite go with --calibrate and --output")
    }
    if calibrate != nil, top > 1 { throw ValidationError("--calibrate detects nothing, so --top has no effect") }
    if calibrate == nil, !spans, assignments.contains(where: { $0.hasPrefix("switchCost=") }) {
      throw ValidationError("switchCost is for the parts of texts and goes with --spans")
    }
    if calibrate != nil, assignments.contains(where: { $0.hasPrefix("minimumProbability=") }) {
      throw ValidationError("--calibrate sets minimumProbability itself; choose --answering")
    }
    try TextArguments.refuseFiles(texts) { "charcnn detect \(ShellText.quoted(bundle)) < \($0)" }
    if (calibrate == nil) != (output == nil) { throw ValidationError("--calibrate and --output go together") }
    if calibrate != nil, !texts.isEmpty || spans {
      throw ValidationError("--calibrate takes no texts to detect and no --spans")
    }
    if calibrate == nil, reading.isGiven { throw ValidationError("--text, --label and --format go with --calibrate") }
  }

  func run() throws {
    var detector = try detector()
    if let calibrate, let output { return try write(&detector, calibratedOn: calibrate, to: output) }
    var (number, cut) = (0, 0)
    func answer(_ texts: [String]) throws {
      var output = StandardOutput()
      let detections = spans ? [] : detector.detections(for: texts, maximumCount: top)
      cut += detections.count { $0.wasCut }
      for (place, text) in texts.enumerated() {
        number += 1
        if spans {
          try DetectedLanguages.write(detector.spans(in: text), of: text, number: number, json: json, to: &output)
        } else {
          try DetectedLanguages.write(detections[place], of: text, json: json, to: &output)
        }
      }
      try output.flush()
    }
    if !texts.isEmpty, texts != ["-"] { try answer(texts) } else { try TextLines(path: nil).forEachPiece(answer) }
    if cut > 0 {
      let classifier = detector.classifier
      let limit = Numbers.grouped(max(classifier.textSettings.maximumLength, classifier.ngramLength ?? 0))
      Console(isQuiet: false).say(
        "warning: \(cut == 1 ? "1 text" : "\(Numbers.grouped(cut)) texts") cut to the first \(limit) characters")
    }
  }

  private func write(_ detector: inout LanguageDetector, calibratedOn data: String, to output: String) throws {
    var texts: [String] = []
    try reading.source(data).forEachRecord { record, _ in texts.append(record.text) }
    try detector.calibrate(on: texts, answering: answering ?? Self.usualShare)
    try detector.write(to: output, overwrite: overwrite)
    let threshold = detector.settings.minimumProbability
    if json {
      return try StandardOutput.write(json: Calibration(output: output, minimumProbability: threshold))
    }
    try StandardOutput.write("minimumProbability\t\(threshold)\n")
  }

  /// Part of the texts that is answered where nobody says it.
  private static let usualShare = 0.95

  /// What `--calibrate --json` writes.
  private struct Calibration: Encodable {
    let output: String
    let minimumProbability: Double
  }

  private func detector() throws -> LanguageDetector {
    let classifier = try computing.open(TextClassifier.self, at: bundle, command: "detect")
    if classifier.allowsSeveralLabels {
      throw ValidationError("\(bundle) gives a text several labels, and a text is in one language; use charcnn predict")
    }
    var detector = LanguageDetector(classifier)
    let known = Set(detector.languages)
    func check(_ name: String) throws -> String {
      guard known.contains(name) else {
        throw ValidationError("\(bundle) does not know the language '\(name)'; see 'charcnn inspect'")
      }
      return name
    }
    if let languages {
      detector.languageConstraints = Set(try languages.split(separator: ",").map { try check(String($0)) })
    }
    for hint in hints?.split(separator: ",") ?? [] {
      let parts = hint.split(separator: "=").map(String.init)
      guard parts.count == 2, let share = Double(parts[1]), (0...1).contains(share) else {
        throw ValidationError("--hints needs language=probability, not '\(hint)'")
      }
      detector.languageHints[try check(parts[0])] = share
    }
    for assignment in assignments {
      let parts = assignment.split(separator: "=", maxSplits: 1).map(String.init)
      guard parts.count == 2 else { throw ValidationError("--set needs key=value, not '\(assignment)'") }
      try detector.settings.set(parts[0], to: parts[1])
    }
    try detector.settings.validate()
    return detector
  }
}

/// Lines of `charcnn detect`.
private enum DetectedLanguages {
  /// A language, or null where it is unknown: the key is always there.
  private struct Language: Encodable {
    let name: String?

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if let name { try container.encode(name) } else { try container.encodeNil() }
    }
  }

  private struct Whole: Encodable {
    struct Pair: Encodable {
      let language: String
      let probability: Double
    }

    let text: String
    let language: Language
    let hypotheses: [Pair]
  }

  private struct Parts: Encodable {
    struct Part: Encodable {
      let language: Language
      let start: Int
      let end: Int
      let utf8Start: Int
      let utf8End: Int
      let text: String
      let probability: Double
    }

    let text: String
    let spans: [Part]
  }

  private static let unknown = "unknown"

  static func write(
    _ detection: LanguageDetector.Detection, of text: String, json: Bool, to output: inout StandardOutput
  ) throws {
    if json {
      let pairs = detection.hypotheses.map {
        Whole.Pair(language: $0.label, probability: Decimals.toMillionths($0.probability))
      }
      return try output.append(json: Whole(text: text, language: Language(name: detection.language), hypotheses: pairs))
    }
    var fields = detection.hypotheses.map { "\(Predict.field($0.label))\t\(Numbers.fixed($0.probability))" }
    if detection.language == nil {
      fields = [unknown + "\t" + Numbers.fixed(detection.hypotheses.first?.probability ?? 0)] + fields.dropFirst()
    }
    output.append(fields.joined(separator: "\t") + "\n")
  }

  static func write(
    _ spans: [LanguageDetector.Span], of text: String, number: Int, json: Bool, to output: inout StandardOutput
  ) throws {
    var places = ScalarPlaces(text)
    if json {
      let parts = spans.map {
        let place = TextPlace($0.offsets, &places)
        return Parts.Part(
          language: Language(name: $0.language), start: place.start, end: place.end, utf8Start: place.utf8Start,
          utf8End: place.utf8End, text: String(text[$0.range]), probability: Decimals.toMillionths($0.probability))
      }
      return try output.append(json: Parts(text: text, spans: parts))
    }
    for span in spans {
      let scalars = places.range(span.offsets)
      let place = "\(number)\t\(scalars.lowerBound)\t\(scalars.upperBound)"
      let language = span.language.map(Predict.field) ?? unknown
      output.append(
        "\(place)\t\(language)\t\(Numbers.fixed(span.probability))\t\(String(text[span.range]).withEscapedControls)\n")
    }
  }

  /// Single precision has no more digits worth writing.
}
#endif
