#if Server
internal import ArgumentParser
internal import CharCNNFiles

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Options of the environment and of a file.
extension ServeOptions {
  /// Where a value may stand, and how it is read.
  private enum Kind { case value, list, flag, argument }

  private static let kinds: [(name: String, kind: Kind)] = [
    ("model", .argument), ("name", .list), ("models", .value), ("index", .list), ("index-texts", .list),
    ("host", .value), ("port", .value), ("threads", .value),
    ("precision", .value),
    ("reload", .value), ("api-key", .value), ("api-key-file", .value), ("certificate", .value),
    ("private-key", .value), ("origin", .list), ("control", .flag), ("body-limit", .value), ("text-limit", .value),
    ("explain-limit", .value), ("answer-limit", .value), ("header-limit", .value), ("batch", .value),
    ("queue-limit", .value),
    ("connections", .value), ("long-requests", .value), ("patience", .value), ("idle-time", .value),
    ("drain-time", .value), ("ending-time", .value), ("access-log", .flag), ("log-texts", .flag),
    ("log-level", .value), ("log-format", .value),
  ]

  /// The names of all options.
  static var names: [String] { kinds.map(\.name) }

  /// The variable of the environment for an option.
  static func variable(_ name: String) -> String {
    variablePrefix + String(name.uppercased().map { $0 == "-" ? "_" : $0 })
  }

  /// The options of the command line, and where they say nothing those of the environment, and then of a file.
  ///
  /// - Throws: `Failure` that says where a value stands that is none.
  static func all(
    _ options: ServeOptions, config: String?,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws -> ServeOptions {
    var all = options
    var sources = [try environmental(environment)]
    if let config = config ?? environment[variable("config")] { sources.append(try configured(config)) }
    for source in sources { all.fill(from: source) }
    return all
  }

  private static let variablePrefix = "CHARCNN_SERVE_"

  /// Variables that Kubernetes sets in every container beside a service called `charcnn-serve` or `charcnn-serve-…`: they look like options, and tell
  /// where that service listens.
  static func links(in environment: [String: String]) -> [String] {
    environment.keys.sorted().filter { name in
      guard name.hasPrefix(variablePrefix) else { return false }
      let words = name.dropFirst(variablePrefix.count).split(separator: "_").map(String.init)
      if words.last == "PORT", environment[name].map(isAddress) == true { return true }
      return words.indices.contains { place in
        guard place + 1 < words.count else { return false }
        let next = words[place + 1]
        return words[place] == "SERVICE" && ["HOST", "PORT"].contains(next)
          || words[place] == "PORT" && Int(next) != nil
      }
    }
  }

  private static func isAddress(_ value: String) -> Bool {
    ["tcp://", "udp://", "sctp://"].contains { value.hasPrefix($0) }
  }

  private static func environmental(_ environment: [String: String]) throws -> ServeOptions {
    var all = ServeOptions.none
    let links = links(in: environment)
    for (name, kind) in kinds {
      guard let value = environment[variable(name)], !links.contains(variable(name)) else { continue }
      let isSeveral = kind == .list || kind == .argument
      let values = isSeveral ? value.split(separator: ",").map(String.init) : [value]
      all.fill(fromSameSource: try parsed(name, kind, values, from: variable(name)))
    }
    let known = Set(kinds.map { variable($0.name) } + [variable("config")])
    let unknown = environment.keys.sorted().first {
      $0.hasPrefix(variablePrefix) && !known.contains($0) && !links.contains($0)
    }
    if let unknown {
      throw Failure(.usage, "\(unknown): there is no such option; see charcnn serve --help")
    }
    return all
  }

  private static func configured(_ path: String) throws -> ServeOptions {
    guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
      throw Failure(.noInput, "\(path): cannot be read")
    }
    let value: JSONValue
    do throws(JSONParser.Failure) {
      value = try Array(bytes).withUnsafeBufferPointer { bytes throws(JSONParser.Failure) in
        try JSONParser.parse(UnsafeRawBufferPointer(bytes))
      }
    } catch {
      throw Failure(.data, "\(path): is no JSON: \(error.text)")
    }
    guard case .object(let members) = value else { throw Failure(.data, "\(path): has no object with options") }
    var all = ServeOptions.none
    for member in members {
      let place = "\(path): \(member.name)"
      guard let kind = kinds.first(where: { $0.name == member.name })?.kind else {
        throw Failure(.data, "\(place): there is no such option; there are \(names.joined(separator: ", "))")
      }
      all.fill(fromSameSource: try parsed(member.name, kind, try texts(of: member.value, place), from: place))
    }
    return all
  }

  private static func texts(of value: JSONValue, _ place: String) throws -> [String] {
    switch value {
    case .string(let text): return [text]
    case .integer(let number): return ["\(number)"]
    case .number(let text): return [text]
    case .bool(let flag): return ["\(flag)"]
    case .array(let values): return try values.flatMap { try texts(of: $0, place) }
    case .null, .object: throw Failure(.data, "\(place): must be a text, a number, true, false or a list of texts")
    }
  }

  /// Has the command line's parser read a value, so that it means the same everywhere.
  private static func parsed(
    _ name: String, _ kind: Kind, _ values: [String], from place: String
  ) throws -> ServeOptions {
    var arguments: [String] = []
    switch kind {
    case .argument: arguments = ["--"] + values
    case .list: arguments = values.map { "--\(name)=\($0)" }
    case .value:
      guard values.count == 1 else { throw Failure(.usage, "\(place): takes one value, not \(values.count)") }
      arguments = ["--\(name)=\(values[0])"]
    case .flag:
      switch values.count == 1 ? values[0].lowercased() : "" {
      case "true", "1", "yes", "on": arguments = ["--\(name)"]
      case "false", "0", "no", "off": arguments = ["--no-\(name)"]
      default: throw Failure(.usage, "\(place): must be true or false")
      }
    }
    do {
      return try parse(arguments)
    } catch {
      throw Failure(.usage, "\(place): \(message(for: error))")
    }
  }

  private static var none: ServeOptions {
    // Nothing is required, so that nothing can be missing.
    (try? parse([])) ?? ServeOptions()
  }

  /// Takes what is not said here from another source. Names belong to the bundles that stand beside them.
  private mutating func fill(from other: ServeOptions) {
    var other = other
    if !model.isEmpty || models != nil { (other.model, other.models, other.name) = ([], nil, []) }
    fill(fromSameSource: other)
  }

  /// Takes what is not said here.
  private mutating func fill(fromSameSource other: ServeOptions) {
    if model.isEmpty { model = other.model }
    models = models ?? other.models
    if name.isEmpty { name = other.name }
    if apiKey == nil, apiKeyFile == nil { (apiKey, apiKeyFile) = (other.apiKey, other.apiKeyFile) }
    if origin.isEmpty { origin = other.origin }
    if index.isEmpty { index = other.index }
    if indexTexts.isEmpty { indexTexts = other.indexTexts }
    host = host ?? other.host
    port = port ?? other.port
    threads = threads ?? other.threads
    precision = precision ?? other.precision
    reload = reload ?? other.reload
    certificate = certificate ?? other.certificate
    privateKey = privateKey ?? other.privateKey
    control = control ?? other.control
    bodyLimit = bodyLimit ?? other.bodyLimit
    textLimit = textLimit ?? other.textLimit
    explainLimit = explainLimit ?? other.explainLimit
    answerLimit = answerLimit ?? other.answerLimit
    headerLimit = headerLimit ?? other.headerLimit
    batch = batch ?? other.batch
    queueLimit = queueLimit ?? other.queueLimit
    connections = connections ?? other.connections
    longRequests = longRequests ?? other.longRequests
    patience = patience ?? other.patience
    idleTime = idleTime ?? other.idleTime
    drainTime = drainTime ?? other.drainTime
    endingTime = endingTime ?? other.endingTime
    accessLog = accessLog ?? other.accessLog
    logTexts = logTexts ?? other.logTexts
    logLevel = logLevel ?? other.logLevel
    logFormat = logFormat ?? other.logFormat
  }
}
#endif
