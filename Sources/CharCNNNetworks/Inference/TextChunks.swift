/// How a text is cut into chunks.
package enum TextChunks {
  /// Number of chunks of a text: none is longer than `chunkLength`.
  package static func count(characters: Int, chunkLength: Int) -> Int {
    max((characters + chunkLength - 1) / chunkLength, 1)
  }

  /// Characters of a chunk; lengths differ by one at most.
  package static func range(_ chunk: Int, of count: Int, characters: Int) -> Range<Int> {
    chunk * characters / count..<(chunk + 1) * characters / count
  }
}
