extension String {
  /// A name from a file as it appears in a message: quoted and cut to a readable length.
  package var inQuotes: String { count <= 80 ? "'\(self)'" : "'\(prefix(79))…'" }
}
