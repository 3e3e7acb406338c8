/// Takes normalized scalars as they come; see ``Normalizer``.
protocol ScalarSink {
  /// Takes one scalar with the UTF-8 range of its original; false to have no more.
  mutating func take(_ scalar: UInt32, _ start: Int, _ end: Int) -> Bool
}

/// Brings UTF-8 text to normalized, case folded scalars, from left to right and no further than asked.
///
/// Text is cut before every scalar that cannot combine with what precedes it. Nearly all chunks are then one scalar,
/// whose result is a table entry; the others are decomposed, ordered and composed.
///
/// Scalars that are left out belong to the chunk around them and are passed over in it, so that what stands on their two
/// sides combines as if they were not there. No unit is made of them; the range of one that was composed across them spans
/// them.
struct Normalizer: Sendable {
  /// Chunks longer than this are normalized in pieces, so that a text of nothing but accents costs no more than
  /// another. Written language stays far below (UAX #15 calls 30 accents enough).
  static let chunkLimit = 4096

  private let settings: TextSettings

  /// Made when a text first needs them: it takes some milliseconds, which a program that reads one short text would notice.
  private var rules: NormalizationRules { .rules(for: settings) }

  init(settings: TextSettings) { self.settings = settings }

  /// Normalizes a text into a sink.
  func normalize<Sink: ScalarSink>(_ text: String, into sink: inout Sink) {
    var text = text
    text.withUTF8 { normalize($0, into: &sink) }
  }

  /// Normalizes valid UTF-8 into a sink.
  @inline(__always)
  private func normalize<Sink: ScalarSink>(_ bytes: UnsafeBufferPointer<UInt8>, into sink: inout Sink) {
    if bytes.allSatisfy({ $0 < 0x80 }) { return take(ascii: bytes, into: &sink) }
    let rules = rules
    rules.entries.pages.withUnsafeBufferPointer { pages in
      rules.entries.values.withUnsafeBufferPointer { values in
        var scratch = NormalizedChunk()
        var position = 0
        while position < bytes.count {
          let (value, end) = UTF8Scan.scalar(in: bytes, at: position)
          let entry = values[Int(pages[Int(value >> 8)]) + Int(value & 255)]
          // No ASCII combines with what precedes it or is left out; the first scalar that may be is the soft hyphen.
          var alone = true
          if end < bytes.count, bytes[end] >= 0xC2 {
            let next = UTF8Scan.scalar(in: bytes, at: end).value
            alone = values[Int(pages[Int(next >> 8)]) + Int(next & 255)] & NormalizationRules.joins == 0
          }
          if alone, entry < NormalizationRules.expands {
            guard sink.take(entry == 0 ? value : entry, position, end) else { return }
            position = end
          } else {
            position = normalizeChunk(of: bytes, from: position, by: rules, scratch: &scratch)
            for index in scratch.scalars.indices {
              guard sink.take(scratch.scalars[index], scratch.starts[index], scratch.ends[index]) else { return }
            }
          }
        }
      }
    }
  }

  /// ASCII is in every normal form as it is.
  private func take<Sink: ScalarSink>(ascii bytes: UnsafeBufferPointer<UInt8>, into sink: inout Sink) {
    for (position, byte) in bytes.enumerated() {
      let isCapital = settings.foldsCase && byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      guard sink.take(UInt32(isCapital ? byte | 0x20 : byte), position, position + 1) else { return }
    }
  }

  /// Normalizes the chunk that begins at `start`; gives back where it ends.
  @inline(never)
  private func normalizeChunk(
    of bytes: UnsafeBufferPointer<UInt8>, from start: Int, by rules: NormalizationRules,
    scratch: inout NormalizedChunk
  ) -> Int {
    scratch.removeAll()
    var position = start
    var count = 0
    while position < bytes.count, count < Self.chunkLimit {
      let (value, end) = UTF8Scan.scalar(in: bytes, at: position)
      let entry = Unicode.Scalar(value).map { rules.entries[$0] } ?? 0
      if entry & NormalizationRules.drops == 0 {
        guard count == 0 || entry & NormalizationRules.joins != 0 else { break }
        scratch.append(value, start: position, end: end, rules: rules)
        count += 1
      }
      position = end
    }
    if rules.composes { scratch.compose(rules.compositions) }
    return position
  }
}
