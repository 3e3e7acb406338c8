/// What somebody may have meant who wrote a name that does not exist.
package enum Spelling {
  /// The known name that is nearest to a name: with the fewest letters to insert, delete, replace or exchange with the next
  /// one, of equals the first.
  ///
  /// - Returns: Nil where none is near: at most a third of the letters may differ, and of short names one.
  package static func nearest(to name: String, in known: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased())
    let limit = max(1, wanted.count / 3)
    var best: (name: String, distance: Int)?
    for candidate in known where candidate != name {
      let own = Array(candidate.lowercased())
      // What is cut off or left out at the end is a common slip.
      let isBeginning = wanted.count >= 3 && own.starts(with: wanted)
      let distance = isBeginning ? 1 : self.distance(wanted, own)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  private static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var rows = [Array(0...right.count)]
    for row in 1..<left.count + 1 {
      var line = [row]
      for column in 1..<right.count + 1 {
        let isSame = left[row - 1] == right[column - 1]
        var least = min(rows[row - 1][column] + 1, line[column - 1] + 1, rows[row - 1][column - 1] + (isSame ? 0 : 1))
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          least = min(least, rows[row - 2][column - 2] + 1)
        }
        line.append(least)
      }
      rows.append(line)
    }
    return rows[left.count][right.count]
  }

  /// `did you mean filters? ` before a list of what there is; empty where no name is near.
  package static func question(_ name: String, _ known: some Sequence<String>) -> String {
    nearest(to: name, in: known).map { "did you mean \($0)? " } ?? ""
  }
}
