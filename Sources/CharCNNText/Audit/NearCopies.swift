internal import CharCNNFiles

/// Finds texts that are nearly the same among many, in time that grows with their number and not with that of their pairs.
///
/// What is compared are the sets of three letters in a row. Texts whose smallest hash values agree in part are compared in full
/// (Broder 1997, "On the resemblance and containment of documents"; one value for each of 32 ranges of a hash, and ranges without a
/// value borrow one: Shrivastava 2017, "Optimal Densification for Fast and Accurate Minwise Hashing"; bands of values as in Leskovec,
/// Rajaraman & Ullman, "Mining of Massive Datasets", chapter 3). Those that share four fifths of what both have are nearly the same.
struct NearCopies {
  /// The least part of all three-letter pieces of two texts that both have.
  static let least = 0.8
  /// Pieces that a text has at least: of shorter ones a single letter makes too much of a difference.
  private static let fewestPieces = 5
  /// Letters that are looked at, from the beginning.
  static let mostLetters = 16_384
  /// Texts of a run that others are compared with.
  private static let mostLeaders = 4
  private static let bands = 8

  /// Eight keys of four smallest values each; texts that share one are compared.
  typealias Signature = SIMD8<UInt64>

  private static let bins = 32

  /// The signature of a text's letters; nil for one that is too short.
  static func signature(of letters: [UInt32]) -> Signature? {
    guard letters.count >= fewestPieces + 2 else { return nil }
    var smallest = [UInt64](repeating: .max, count: bins)
    smallest.withUnsafeMutableBufferPointer { smallest in
      forEachPiece(of: letters) { piece in
        let bin = Int(piece >> 59)
        if piece < smallest[bin] { smallest[bin] = piece }
      }
    }
    let found = smallest
    for bin in 0..<bins where found[bin] == .max {
      // Of few pieces some bins get none. They borrow from another one, the same in every text that has none there.
      var generator = SplitMix64(seed: UInt64(bin))
      var source = bin
      while found[source] == .max { source = generator.next(below: bins) }
      smallest[bin] = found[source]
    }
    var signature = Signature()
    for band in 0..<bands {
      var hash = TextHash()
      for lane in band * 4..<band * 4 + 4 { hash.add(smallest[lane]) }
      signature[band] = hash.value
    }
    return signature
  }

  /// The distinct pieces of a text's letters, as hash values in order.
  static func pieces(of letters: [UInt32]) -> [UInt32] {
    var all: [UInt32] = []
    all.reserveCapacity(letters.count)
    forEachPiece(of: letters) { all.append(UInt32(truncatingIfNeeded: $0 >> 32)) }
    all.sort()
    var distinct: [UInt32] = []
    for piece in all where piece != distinct.last { distinct.append(piece) }
    return distinct
  }

  @inline(__always)
  private static func forEachPiece(of letters: [UInt32], _ body: (UInt64) -> Void) {
    letters.withUnsafeBufferPointer { letters in
      for place in 2..<max(letters.count, 2) {
        var hash = TextHash()
        hash.add(UInt64(letters[place - 2]) << 42 | UInt64(letters[place - 1]) << 21 | UInt64(letters[place]))
        body(hash.value)
      }
    }
  }

  /// Whether two sets of pieces share as much as near copies do.
  static func areAlike(_ first: [UInt32], _ second: [UInt32]) -> Bool {
    let (fewer, more) = (min(first.count, second.count), max(first.count, second.count))
    guard fewer >= fewestPieces, Double(fewer) >= least * Double(more) else { return false }
    let shared = sharedCount(first, second)
    return Double(shared) >= least * Double(first.count + second.count - shared)
  }

  /// The first text of each text's group of near copies.
  let roots: [Int32]
  /// Whether texts were so much alike that not all were compared.
  let isCut: Bool

  /// - Parameters:
  ///   - signatures: Of each text; nil for those that are not compared.
  ///   - pieces: Reads the pieces of a text.
  ///   - progress: Receives the part that is done.
  /// - Throws: What reading throws.
  init(
    _ signatures: [Signature?], pieces: (Int) throws -> [UInt32], progress: (Double) throws -> Void
  ) rethrows {
    var groups = DisjointSets(count: signatures.count)
    var isCut = false
    // A file of texts that are all made of one template would have them compared for hours.
    var left = 4 * signatures.count + 100_000
    for band in 0..<Self.bands {
      var order: [(key: UInt64, text: Int32)] = []
      for (text, signature) in signatures.enumerated() {
        if let signature { order.append((signature[band], Int32(text))) }
      }
      order.sort { ($0.key, $0.text) < ($1.key, $1.text) }
      var start = 0
      while start < order.count {
        var end = start + 1
        while end < order.count, order[end].key == order[start].key { end += 1 }
        if end - start > 1 {
          try Self.compare(order[start..<end].map(\.text), pieces, &groups, &left, &isCut)
        }
        start = end
        if start % 4_096 == 0 {
          try progress((Double(band) + Double(start) / Double(max(order.count, 1))) / Double(Self.bands))
        }
      }
      try progress(Double(band + 1) / Double(Self.bands))
    }
    roots = groups.firsts()
    self.isCut = isCut
  }

  private static func compare(
    _ texts: [Int32], _ pieces: (Int) throws -> [UInt32], _ groups: inout DisjointSets, _ left: inout Int,
    _ isCut: inout Bool
  ) rethrows {
    var leaders: [(text: Int32, pieces: [UInt32])] = []
    for text in texts {
      let group = groups.first(of: text)
      if leaders.contains(where: { groups.first(of: $0.text) == group }) { continue }
      guard left > 0 else {
        isCut = true
        return
      }
      let own = try pieces(Int(text))
      left -= 1
      if let leader = leaders.first(where: { areAlike($0.pieces, own) }) {
        groups.join(leader.text, text)
      } else if leaders.count < mostLeaders {
        leaders.append((text, own))
      }
    }
  }
}
