internal import ArgumentParser

/// A time on the command line: `90`, `90s`, `10m`, `1h30m`.
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
    guard let seconds = Self.seconds(in: text), (least...Self.longest).contains(seconds) else {
      let from = least == 0 ? "none" : "a second"
      throw ValidationError("a time is written 90, 90s, 10m or 1h30m, from \(from) to a year")
    }
    duration = .seconds(seconds)
  }

  /// Numbers with units, the greatest unit first; a last number without a unit counts seconds.
  private static func seconds(in text: String) -> Int? {
    var total = 0
    var number = ""
    var smallest = Int.max
    for character in text.last?.isNumber == true ? text + "s" : text {
      if character.isASCII, character.isNumber {
        number.append(character)
        continue
      }
      guard let unit = units[character], unit < smallest, let count = Int(number), count <= longest else { return nil }
      total += count * unit
      smallest = unit
      number = ""
    }
    return total
  }

  private static let units: [Character: Int] = ["h": 3600, "m": 60, "s": 1]
}
