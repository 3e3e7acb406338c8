/// Settings of a network that has a gated body beside parts of its own. Those of the body are reached as if they were its
/// own, and stand beside them in files.
@dynamicMemberLookup
public protocol BodiedConfiguration: NetworkConfiguration {
  /// The embedding, the blocks, and what follows them.
  var gated: GatedConfiguration { get set }
  /// The default settings.
  init()
}

extension BodiedConfiguration {
  /// Rows of the embedding: characters of the alphabet, the unknown one included.
  public var alphabetSize: Int {
    get { gated.alphabetSize }
    set { gated.alphabetSize = newValue }
  }

  /// Number of classes.
  public var classes: Int {
    get { gated.classes }
    set { gated.classes = newValue }
  }

  /// The settings of the body, as if they were its own.
  public subscript<Value>(dynamicMember path: WritableKeyPath<GatedConfiguration, Value>) -> Value {
    get { gated[keyPath: path] }
    set { gated[keyPath: path] = newValue }
  }

  /// Reads all settings from one object.
  public init(from decoder: any Decoder) throws {
    self.init()
    try decodeSettings(from: decoder)
  }

  /// Writes all settings into one object, those of the body as well.
  public func encode(to encoder: any Encoder) throws { try encodeSettings(to: encoder) }

  /// Settings of the body, in this order.
  static func body(_ names: String...) -> [SettingKey<Self>] {
    names.flatMap { name in GatedConfiguration.settingKeys.filter { $0.name == name } }.map { $0.within(\.gated) }
  }
}
