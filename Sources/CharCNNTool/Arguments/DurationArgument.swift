#if Tool
internal import ArgumentParser

/// A time on the command line: `90`, `90s`, `1.5h`, `1h30m`.
struct DurationArgument {
  let duration: Duration

  private static let longest = 366 * 86_400

  /// Reads a time of at least a second and at most a year.
  ///
  /// - Throws: `ValidationError` that tells the forms.
  init(parsing text: String) throws {
    try self.init(parsing: text, atLeast: 1)
  }

  /// Reads a time of at least so many seconds and at most a year.
  ///
  /// - Throws: `ValidationError` that tells the forms.
  init(parsing text: String, atLeast least: Int) throws {
    guard let seconds = Self.seconds(in: text), (Double(least)...Double(Self.longest)).contains(seconds) else {
      let from = least == 0 ? "none" : "a second"
      throw ValidationError("a time is written 90, 90s, 10m, 1.5h or 1h30m, from \(from) to a year")
    }
    duration = .milliseconds(Int((seconds * 1_000).rounded()))
  }

  /// Numbers with units, the greatest unit first; a last number without a unit counts seconds.
  private static func seconds(in text: String) -> Double? {
    var total = 0.0
    var number = ""
    var smallest = Double.infinity
    for character in text.last?.isNumber == true ? text + "s" : text {
      if character.isASCII, character.isNumber || character == "." {
        number.append(character)
        continue
      }
      // A point with digits on both sides, nothing else that Double reads.
      guard number.first?.isNumber == true, number.last?.isNumber == true, let unit = units[character],
        unit < smallest, let count = Double(number)
      else { return nil }
      total += count * unit
      smallest = unit
      number = ""
    }
    return total
  }

  private static let units: [Character: Double] = ["h": 3600, "m": 60, "s": 1]
}
#endif
