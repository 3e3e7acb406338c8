#if Tool
internal import ArgumentParser

/// A size on the command line: `800000`, `800kB`, `1MB`, `2.5MB`, `1GB`.
struct SizeArgument {
  let bytes: Int

  /// Reads a size from a byte to a terabyte.
  ///
  /// - Throws: `ValidationError` that tells the forms.
  init(parsing text: String) throws {
    let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    let unit = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
    // A point with digits on both sides, nothing else that Double reads.
    guard number.first?.isNumber == true, number.last?.isNumber == true, let count = Double(number),
      let factor = Self.units[unit], (1...1e12).contains(count * factor)
    else { throw ValidationError("a size is written 800000, 800kB, 1MB or 2.5MB, up to 1000GB") }
    bytes = Int(count * factor)
  }

  private static let units: [String: Double] = ["": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9]
}
#endif
