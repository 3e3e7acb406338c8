internal import CharCNNCompute

/// Settings of a network that classifies texts, and the way from them to the network. The library's networks have such, and
/// so has one that is defined elsewhere: ``Architecture/init(_:)`` takes it, and ``Architecture/register(_:)`` lets files of
/// it be read.
public protocol TextNetworkConfiguration: NetworkConfiguration {
  /// Name of the architecture in files.
  static var architectureName: String { get }
  /// The network of these settings.
  ///
  /// - Throws: ``ConfigurationError`` where they do not make one.
  func makeNetwork() throws(ConfigurationError) -> any TextNetwork
  /// Floats that a training step keeps for each character of its batch, roughly and rather too few, to tell in advance whether
  /// a batch fits into memory; 0, as by default, where nobody has counted.
  var activationsPerCharacter: Double { get }
}

extension TextNetworkConfiguration {
  /// Not counted.
  public var activationsPerCharacter: Double { 0 }

  /// The settings as something that settings of other networks can be compared with.
  var asHashable: AnyHashable { AnyHashable(self) }
}

extension GatedConfiguration: TextNetworkConfiguration {
  public static var architectureName: String { "gated" }
  public func makeNetwork() throws(ConfigurationError) -> any TextNetwork { try GatedNetwork(self) }
}

extension MultikernelConfiguration: TextNetworkConfiguration {
  public static var architectureName: String { "gated-multikernel" }
  public func makeNetwork() throws(ConfigurationError) -> any TextNetwork { try MultikernelNetwork(self) }
}

extension KimConfiguration: TextNetworkConfiguration {
  public static var architectureName: String { "kim" }
  public func makeNetwork() throws(ConfigurationError) -> any TextNetwork { try KimNetwork(self) }
}

extension ZhangConfiguration: TextNetworkConfiguration {
  public static var architectureName: String { "zhang" }
  public func makeNetwork() throws(ConfigurationError) -> any TextNetwork { try ZhangNetwork(self) }
}

extension VDCNNConfiguration: TextNetworkConfiguration {
  public static var architectureName: String { "vdcnn" }
  public func makeNetwork() throws(ConfigurationError) -> any TextNetwork { try VDCNNNetwork(self) }
}

extension Architecture {
  /// The library's own.
  private static let ours: [any TextNetworkConfiguration.Type] = [
    GatedConfiguration.self, MultikernelConfiguration.self, KimConfiguration.self, ZhangConfiguration.self,
    VDCNNConfiguration.self, LoneNgramsConfiguration.self,
  ]

  private static let others = Guarded<[String: any TextNetworkConfiguration.Type]>([:])

  /// Makes a network known that is defined outside of the library, so that models and checkpoints of it can be opened in this
  /// process. Call it once, before that; a second time changes nothing.
  ///
  /// - Throws: ``ConfigurationError`` where another network has its name.
  public static func register(_ type: any TextNetworkConfiguration.Type) throws(ConfigurationError) {
    let name = type.architectureName
    let known =
      ours.first { $0.architectureName == name }
      ?? others.withLock { others in
        defer { if others[name] == nil { others[name] = type } }
        return others[name]
      }
    if let known, known != type {
      throw ConfigurationError(
        setting: "architectureName", problem: "is \"\(name)\", the name of another network",
        advice: "give the new one a name of its own")
    }
  }

  /// Checks that files of the network can be read again.
  ///
  /// - Throws: ``ConfigurationError`` where it was not registered, or another one has its name.
  package func validateName() throws(ConfigurationError) {
    guard let known = Self.configuration(named: name) else {
      throw ConfigurationError(
        setting: "architecture",
        problem: "\"\(name)\" is not known to this process",
        advice: "make it known with Architecture.register")
    }
    if known != type(of: configuration) {
      throw ConfigurationError(
        setting: "architecture", problem: "\"\(name)\" is the name of another network",
        advice: "give the new one a name of its own")
    }
  }

  /// The settings of the network of that name; nil for an unknown one.
  static func configuration(named name: String) -> (any TextNetworkConfiguration.Type)? {
    ours.first { $0.architectureName == name } ?? others.withLock { $0[name] }
  }
}
