#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

#if canImport(Darwin)
internal import MachO
#endif

/// What the machine has.
package enum Machine {
  /// Processor cores that work now.
  package static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
  /// Bytes of memory.
  package static var memory: UInt64 { ProcessInfo.processInfo.physicalMemory }

  /// The file of the program that runs; nil where the system does not tell.
  package static var executable: String? {
    #if canImport(Darwin)
    var size: UInt32 = 0
    _NSGetExecutablePath(nil, &size)
    var name = [CChar](repeating: 0, count: Int(size) + 1)
    guard _NSGetExecutablePath(&name, &size) == 0 else { return nil }
    let own = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    #elseif os(Linux)
    let own = "/proc/self/exe"
    #else
    return nil
    #endif
    #if canImport(Darwin) || os(Linux)
    guard let place = realpath(own, nil) else { return nil }
    defer { free(place) }
    return String(cString: place)
    #endif
  }
}
