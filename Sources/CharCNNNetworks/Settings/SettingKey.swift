/// One of the settings of a group: its name, where it lies, and how it is written.
public struct SettingKey<Group>: Sendable {
  /// Name on the command line and in files.
  public let name: String
  /// The names of its values; nil for numbers and lists.
  let choices: [String]?
  /// Its value as text.
  let text: @Sendable (Group) -> String
  /// Sets it to what a text means; false where the text means nothing that it can be.
  let change: @Sendable (inout Group, String) -> Bool
  let encode: @Sendable (Group, inout KeyedEncodingContainer<SettingName>) throws -> Void
  let decode: @Sendable (inout Group, KeyedDecodingContainer<SettingName>) throws -> Void

  /// A setting.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - path: Where it lies, which may be in a part of the group.
  ///   - usual: The value that files leave out, and which they mean where they say nothing; nil for that of the type, if any.
  ///   - isPossible: Whether it can be so at all. What depends on other settings is for the group's validation.
  public init<Value: SettingValue>(
    _ name: String, _ path: any WritableKeyPath<Group, Value> & Sendable, leftOut usual: Value? = nil,
    where isPossible: @escaping @Sendable (Value) -> Bool = { _ in true }
  ) {
    self.name = name
    choices = Value.settingChoices
    text = { $0[keyPath: path].settingText }
    change = { group, text in
      guard let value = Value(settingText: text), isPossible(value) else { return false }
      group[keyPath: path] = value
      return true
    }
    let key = SettingName(stringValue: name)
    encode = { group, container in
      let value = group[keyPath: path]
      let isLeftOut = usual.map { $0.settingText == value.settingText } ?? value.isLeftOut
      if !isLeftOut { try container.encode(value, forKey: key) }
    }
    decode = { group, container in
      if let leftOut = usual ?? Value.leftOut, !container.contains(key) {
        group[keyPath: path] = leftOut
      } else if let null = Value.leftOut ?? usual, try container.decodeNil(forKey: key) {
        // What null means is for the type to say: none, of an optional value, whatever files leave out.
        group[keyPath: path] = null
      } else {
        group[keyPath: path] = try container.decode(Value.self, forKey: key)
      }
    }
  }
}

extension SettingKey {
  /// The same setting of something that the group is a part of.
  public func within<Whole>(_ path: any WritableKeyPath<Whole, Group> & Sendable) -> SettingKey<Whole> {
    SettingKey<Whole>(
      name: name, choices: choices, text: { text($0[keyPath: path]) },
      change: { change(&$0[keyPath: path], $1) }, encode: { try encode($0[keyPath: path], &$1) },
      decode: { try decode(&$0[keyPath: path], $1) })
  }

  private init(
    name: String, choices: [String]?, text: @escaping @Sendable (Group) -> String,
    change: @escaping @Sendable (inout Group, String) -> Bool,
    encode: @escaping @Sendable (Group, inout KeyedEncodingContainer<SettingName>) throws -> Void,
    decode: @escaping @Sendable (inout Group, KeyedDecodingContainer<SettingName>) throws -> Void
  ) {
    self.name = name
    self.choices = choices
    self.text = text
    self.change = change
    self.encode = encode
    self.decode = decode
  }
}

/// The name of a setting in files.
struct SettingName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
