import CharCNNText
import Foundation
import Testing

@Suite struct UnicodeTableTests {
  /// To bring the table up to a newer Unicode: CHARCNN_UNICODE_TABLE=Sources/CharCNNText/Units/UnicodeTable.swift.
  @Test func `the table of Unicode data is that of the platform`() throws {
    let platform = PlatformUnicode()
    if let path = ProcessInfo.processInfo.environment["CHARCNN_UNICODE_TABLE"] {
      try platform.source.write(toFile: path, atomically: true, encoding: .utf8)
      return
    }
    let ours = Decompositions.shared
    // A platform of another version knows more scalars or fewer; what both know never changes.
    func expectSame(_ name: String, _ ours: [UInt32: [UInt32]], _ theirs: [UInt32: [UInt32]]) {
      for (scalar, parts) in theirs where isShared(scalar) {
        #expect(ours[scalar] == parts, "\(name) of \(String(scalar, radix: 16))")
      }
      for scalar in ours.keys where isShared(scalar) {
        #expect(theirs[scalar] != nil, "\(name) of \(String(scalar, radix: 16))")
      }
    }
    func isShared(_ scalar: UInt32) -> Bool {
      guard let age = Unicode.Scalar(scalar)?.properties.age, let version = Double(UnicodeTable.version) else {
        return false
      }
      return Double(age.major) + Double(age.minor) / 10 <= version
    }
    expectSame("canonical decomposition", ours.canonical, platform.canonical)
    expectSame("compatibility decomposition", ours.compatibility, platform.compatibility)
    expectSame("lower case", ours.lowerCase, platform.lowerCase)
    #expect(ours.marks.filter(isShared) == platform.marks.filter(isShared))
    #expect(Set(ours.exclusions).filter(isShared) == Set(platform.exclusions).filter(isShared))
  }
}
