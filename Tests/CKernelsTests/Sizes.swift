/// Matrices that the row by row operations are tried with.
struct Size: Sendable {
  let rows: Int
  let columns: Int
  /// Added to every leading dimension.
  let gap: Int

  var name: String { "\(rows) x \(columns)\(gap > 0 ? ", gap \(gap)" : "")" }
  var isSmall: Bool { rows * columns <= 300 }
}

let sizes: [Size] = [
  Size(rows: 0, columns: 5, gap: 0), Size(rows: 1, columns: 1, gap: 0), Size(rows: 5, columns: 2, gap: 0),
  Size(rows: 3, columns: 7, gap: 1), Size(rows: 4, columns: 16, gap: 0), Size(rows: 6, columns: 17, gap: 3),
  Size(rows: 9, columns: 32, gap: 0), Size(rows: 7, columns: 100, gap: 5), Size(rows: 150, columns: 33, gap: 0),
  Size(rows: 2, columns: 515, gap: 2),
]
