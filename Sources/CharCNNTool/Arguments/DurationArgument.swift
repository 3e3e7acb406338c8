internal import ArgumentParser

/// A time on the command line: `90`, `90s`, `10m`, `1h30m`.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration

  /// Nil unless it is a time of at least a second and at most a year.
  init?(argument: String) {
    var seconds = 0
    var number = ""
    var smallest = Int.max
    for character in argument {
      if character.isASCII, character.isNumber {
        number.append(character)
        continue
      }
      guard let unit = Self.seconds(in: character), unit < smallest, let count = Int(number), count < 1_000_000_000
      else { return nil }
      seconds += count * unit
      smallest = unit
      number = ""
    }
    if !number.isEmpty {
      // A number alone, or after minutes or hours, counts seconds.
      guard smallest > 1, let count = Int(number), count < 1_000_000_000 else { return nil }
      seconds += count
    }
    guard (1...366 * 86_400).contains(seconds) else { return nil }
    duration = .seconds(seconds)
  }

  private static func seconds(in unit: Character) -> Int? {
    switch unit {
    case "h": 3600
    case "m": 60
    case "s": 1
    default: nil
    }
  }
}
