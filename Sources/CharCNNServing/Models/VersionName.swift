/// The order of versions by their names.
enum VersionName {
  /// Whether a version is older than another one. Digits in it count as numbers, so that `v10` is newer than `v9` and `1.10` than `1.9`; a number is newer
  /// than a word. Names of which this does not tell, such as `01` and `1`, are ordered as texts, because one of them must be the newest.
  static func isEarlier(_ first: String, _ second: String) -> Bool {
    let (ours, theirs) = (parts(first), parts(second))
    for (our, their) in zip(ours, theirs) {
      switch (our.isNumber, their.isNumber) {
      case (true, true):
        if our.text.count != their.text.count { return our.text.count < their.text.count }
        if our.text != their.text { return our.text < their.text }
      case (false, false): if our.text != their.text { return our.text < their.text }
      case (let isNumber, _): return !isNumber
      }
    }
    return ours.count == theirs.count ? first < second : ours.count < theirs.count
  }

  /// Runs of digits, without zeros in front, and what stands between them. Their length does not matter: a version may be a date or a digest.
  private static func parts(_ name: String) -> [(isNumber: Bool, text: String)] {
    var parts: [(isNumber: Bool, text: String)] = []
    for character in name {
      let isDigit = ("0"..."9").contains(character)
      if parts.last?.isNumber == isDigit {
        parts[parts.count - 1].text.append(character)
      } else {
        parts.append((isDigit, String(character)))
      }
    }
    return parts.map { ($0.isNumber, $0.isNumber ? String($0.text.drop { $0 == "0" }) : $0.text) }
  }
}
