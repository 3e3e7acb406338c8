import Foundation

/// Replaces the first bytes of a file without making a new one, as an editor does that changes a file in use.
func overwriteInPlace(_ path: String, _ text: String) throws {
  let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  try handle.write(contentsOf: Data(text.utf8))
  try handle.close()
}
