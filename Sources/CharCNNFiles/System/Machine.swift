#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What the machine has.
package enum Machine {
  /// Processor cores that work now.
  package static var cores: Int { ProcessInfo.processInfo.activeProcessorCount }
  /// Bytes of memory.
  package static var memory: UInt64 { ProcessInfo.processInfo.physicalMemory }
}
