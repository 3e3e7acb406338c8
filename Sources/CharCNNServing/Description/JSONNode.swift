internal import CharCNNFiles

/// JSON as it is written in a program, with its members in their order.
indirect enum JSONNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  case text(String)
  case number(String)
  case flag(Bool)
  case list([JSONNode])
  case object([(name: String, value: JSONNode)])

  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number("\(value)") }
  init(floatLiteral value: Double) { self = .number("\(value)") }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(arrayLiteral elements: JSONNode...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, JSONNode)...) { self = .object(elements.map { (name: $0, value: $1) }) }

  /// As it is sent.
  var json: String {
    switch self {
    case .text(let text): JSONText.quoted(text)
    case .number(let digits): digits
    case .flag(let flag): "\(flag)"
    case .list(let nodes): "[\(nodes.map(\.json).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { "\(JSONText.quoted($0.name)):\($0.value.json)" }.joined(separator: ","))}"
    }
  }

  /// The same object with more members.
  func with(_ more: [(name: String, value: JSONNode)]) -> JSONNode {
    guard case .object(let members) = self else { return self }
    return .object(members + more)
  }
}
