/// The version of the library and its tool.
package enum ProgramVersion {
  /// As `charcnn --version` says it.
  package static let current = "0.1.0"
}
