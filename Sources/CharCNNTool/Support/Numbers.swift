#if Tool
internal import CharCNNFiles

/// Numbers as people read them.
enum Numbers {
  /// `1234567` as `1,234,567`.
  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return number < 0 ? "-" + text : text
  }

  /// With a fixed number of decimals, always with a point.
  static func fixed(_ number: Double, decimals: Int = 4) -> String {
    Decimals.exact(number, decimals: decimals)
  }

  /// With as many decimals as it needs: `3`, `3.5`.
  static func plain(_ number: Double) -> String { Decimals.short(number) }

  /// `0.9312` as `93.1 %`.
  static func percent(_ share: Double) -> String {
    fixed(share * 100, decimals: 1) + " %"
  }

  /// `1234567` as `1.23 M`.
  static func short(_ number: Double) -> String {
    for (limit, unit) in [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")] where number >= limit {
      let value = number / limit
      return fixed(value, decimals: value < 10 ? 2 : value < 100 ? 1 : 0) + " " + unit
    }
    return fixed(number, decimals: 0)
  }

  /// Bytes as `1.2 MB`.
  static func bytes(_ count: Int) -> String {
    count < 1000 ? "\(count) bytes" : short(Double(count)) + "B"
  }

  /// Seconds as `8.3 s`, `2:05 min` or `1:10:00 h`.
  static func time(_ seconds: Double) -> String {
    if seconds < 60 { return fixed(max(seconds, 0), decimals: 1) + " s" }
    guard seconds < 1e9 else { return "very long" }
    let whole = Int(seconds.rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    if whole < 3600 { return "\(whole / 60):\(two(whole % 60)) min" }
    return "\(whole / 3600):\(two(whole / 60 % 60)):\(two(whole % 60)) h"
  }

  /// `63 characters`; fields beyond any whole number are rounded.
  static func receptiveField(_ field: Double, _ unit: String) -> String {
    Int(exactly: field).map { count($0, unit) } ?? "\(short(field)) \(unit)s"
  }

  /// `1 text`, `2 texts`.
  static func count(_ number: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(grouped(number)) \(number == 1 ? singular : plural ?? singular + "s")"
  }
}
#endif
