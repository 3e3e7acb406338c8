/// What copies of texts mean for a training, cheap enough to be told before every one.
package enum CopyFindings {
  /// A line, and whether it is grave.
  package typealias Line = (line: String, isGrave: Bool)

  /// Part of the texts that have to be copies of others for a line.
  private static let fewest = 0.01

  /// The lines.
  ///
  /// - Parameters:
  ///   - copies: The texts to learn from.
  ///   - held: Those to validate with; nil where they are some of the others.
  package static func lines(_ copies: TextCopies, held: TextCopies?) -> [Line] {
    var lines: [Line] = []
    if let held {
      let leaked = copies.texts(of: held)
      if let first = leaked.first {
        lines.append(
          (
            "\(leaked.count) of \(held.count) validation texts \(leaked.count == 1 ? "stands" : "stand") among those to learn from (but for case and punctuation; text \(first.text + 1) is text \(first.copy + 1) there), so that the accuracy is too high; remove them, or split anew with `Examples.split`",
            true
          ))
      }
    }
    let groups = copies.groups()
    let conflicts = groups.filter(copies.isContradictory)
    if let first = conflicts.first {
      lines.append(
        (
          "\(conflicts.count) \(conflicts.count == 1 ? "text stands" : "texts stand") under two labels or more (but for case and punctuation; texts \(numbers(first))); give all copies the right label",
          true
        ))
    }
    let repeated = groups.reduce(0) { $0 + $1.count - 1 }
    if let first = groups.first, Double(repeated) >= fewest * Double(copies.count) {
      lines.append(
        (
          "\(repeated) \(repeated == 1 ? "text repeats" : "texts repeat") an earlier one (but for case and punctuation; texts \(numbers(first)))"
            + (held == nil ? ", so that copies of texts that are learned may be split off for validation" : "")
            + "; keep one of each" + (held == nil ? ", or split with `Examples.split`" : ""), false
        ))
    }
    return lines
  }

  private static func numbers(_ group: TextCopies.Group) -> String {
    let shown = group.prefix(3).map { String($0 + 1) }
    return group.count > 3
      ? shown.joined(separator: ", ") + ", …" : shown.joined(separator: shown.count == 2 ? " and " : ", ")
  }
}
