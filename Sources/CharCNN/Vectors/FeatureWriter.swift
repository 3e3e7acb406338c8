public import CharCNNFiles
import CharCNNNetworks
public import CharCNNStorage
import CharCNNText

/// Writes the features of texts to a file as they come: all of it or none.
///
/// ```swift
/// let writer = try FeatureWriter("reviews.npy", of: classifier, FeatureOptions(level: .text))
/// try writer.append(["A film to remember.", "Never again."])
/// try writer.finish()
/// ```
public final class FeatureWriter {
  private enum Destination {
    case vectors(VectorFileWriter, keepsNumbers: Bool)
    case lines(AtomicStream)
  }

  /// Texts so far.
  public private(set) var texts = 0
  /// Vectors so far.
  public private(set) var vectors = 0
  /// Numbers of a vector.
  public let dimension: Int

  private let path: String
  private var isFinished = false
  private let extractor: any FeatureExtractor
  private let options: FeatureOptions
  private let destination: Destination
  private var starts: [Int64] = [0]
  /// By Unicode scalars, and by bytes of UTF-8.
  private var ranges: [Int64] = []
  private var utf8Ranges: [Int64] = []

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - location: The file, a path or a URL.
  ///   - format: Its format; nil goes by the ending of its name.
  ///   - extractor: The model.
  ///   - options: Which vectors.
  ///   - overwrite: Replaces a file that is there.
  /// - Throws: ``ConfigurationError`` where the model has no such vectors or the name has no known ending; `StorageError`
  ///   when something is there already, or the disk refuses.
  public init(
    _ location: some FileLocation, format: Format? = nil, of extractor: any FeatureExtractor,
    _ options: FeatureOptions = FeatureOptions(), overwrite: Bool = false
  ) throws {
    let path = location.filePath
    guard let format = format ?? Format(path: path) else {
      throw ConfigurationError(
        setting: "\"\(path)\"",
        problem: "ends with no format: \(Format.allCases.map { ".\($0.rawValue)" }.joined(separator: ", "))")
    }
    self.path = path
    self.extractor = extractor
    self.options = options
    dimension = try extractor.featureDimension(options)
    switch format {
    case .safetensors:
      destination = .vectors(
        try VectorFileWriter(path, format: .safetensors, columns: dimension, overwrite: overwrite), keepsNumbers: true)
    case .npy:
      destination = .vectors(
        try VectorFileWriter(path, format: .npy, columns: dimension, overwrite: overwrite), keepsNumbers: false)
    case .jsonLines: destination = .lines(try AtomicStream(path, overwrite: overwrite))
    }
  }

  /// Adds the features of texts.
  ///
  /// - Throws: `StorageError` when the disk refuses.
  public func append(_ texts: [String]) throws {
    try checkOpen()
    let features = try extractor.features(of: texts, options)
    self.texts += texts.count
    for (text, feature) in zip(texts, features) {
      vectors += feature.ranges.count
      guard case .vectors(let writer, let keepsNumbers) = destination else { continue }
      try writer.append(feature.values)
      guard keepsNumbers else { continue }
      starts.append(Int64(vectors))
      if options.level != .text {
        ranges += Self.scalars(feature.ranges, of: text).flatMap { [Int64($0.lowerBound), Int64($0.upperBound)] }
        utf8Ranges += feature.ranges.flatMap { [Int64($0.lowerBound), Int64($0.upperBound)] }
      }
    }
    if case .lines(let stream) = destination {
      try stream.write(zip(texts, features).flatMap { Self.line($0, $1, level: options.level) })
    }
  }

  /// Completes the file and gives it its name.
  ///
  /// - Throws: `StorageError` when the disk refuses.
  public func finish() throws(StorageError) {
    try checkOpen()
    isFinished = true
    switch destination {
    case .lines(let stream): try stream.commit()
    case .vectors(let writer, let keepsNumbers):
      guard keepsNumbers else { return try writer.finish() }
      var numbers: [VectorFileWriter.Numbers] = [("texts", [starts.count], starts)]
      if options.level != .text {
        numbers += [("ranges", [vectors, 2], ranges), ("utf8Ranges", [vectors, 2], utf8Ranges)]
      }
      try writer.finish(numbers)
    }
  }

  private func checkOpen() throws(StorageError) {
    guard isFinished else { return }
    throw StorageError(
      .notWritable, path: path, problem: "is finished already", advice: "begin another file for further texts")
  }

  private static func scalars(_ ranges: [Range<Int>], of text: String) -> [Range<Int>] {
    var places = ScalarPlaces(text)
    return ranges.map { places.range($0) }
  }

  /// A text's features as a line of JSON: `{"text":…,"vector":[…]}`, or of words and characters
  /// `{"text":…,"ranges":[[…]],"utf8Ranges":[[…]],"vectors":[[…]]}`, where `ranges` count Unicode scalars.
  public static func line(_ text: String, _ features: TextFeatures, level: FeatureOptions.Level) -> [UInt8] {
    func list(_ index: Int) -> String { "[" + features[index].map { $0.description }.joined(separator: ",") + "]" }
    var line = "{\"text\":\(JSONText.quoted(text)),"
    if level == .text {
      line += "\"vector\":\(list(0))}\n"
    } else {
      func places(_ ranges: [Range<Int>]) -> String {
        "[" + ranges.map { "[\($0.lowerBound),\($0.upperBound)]" }.joined(separator: ",") + "]"
      }
      let vectors = features.ranges.indices.map(list).joined(separator: ",")
      line += "\"ranges\":\(places(scalars(features.ranges, of: text))),"
      line += "\"utf8Ranges\":\(places(features.ranges)),\"vectors\":[\(vectors)]}\n"
    }
    return Array(line.utf8)
  }
}
