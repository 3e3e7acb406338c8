extension Double {
  /// Rounded to seven significant digits, which is what people read of a contribution; 0 where the number is too small to be scaled.
  package var toSevenDigits: Double {
    guard isFinite else { return self }
    if magnitude < 1e-290 { return 0 }
    var scale = 1.0
    while (self * scale).magnitude < 1e6 { scale *= 10 }
    while (self * scale).magnitude >= 1e7 { scale /= 10 }
    return (self * scale).rounded() / scale
  }
}
