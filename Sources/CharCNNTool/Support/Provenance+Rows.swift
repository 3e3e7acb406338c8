#if Tool
internal import CharCNN

extension ModelBundle.Provenance {
  /// Lines for people: name and value.
  var rows: [[String]] {
    var rows: [[String]] = []
    if let name = description?.name { rows.append(["name", name]) }
    if let note = description?.note { rows.append(["note", note]) }
    if let licence = description?.licence { rows.append(["licence", licence]) }
    if let training { rows.append(["training data", training.summary]) }
    if let validation { rows.append(["validation data", validation.summary]) }
    if let calibration { rows.append(["calibrated with", calibration.summary]) }
    if let limits { rows.append(["left out", limits.leftOut]) }
    rows.append(["made by", command.map { "\(program): \(Self.shown($0))" } ?? program])
    return rows
  }
}
#endif
